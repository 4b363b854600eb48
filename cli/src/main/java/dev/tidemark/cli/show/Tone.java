package dev.tidemark.cli.show;

/** What a colour means. Never the only sign of it: the text says the same. */
public enum Tone {
    PLAIN(""),
    GOOD("32"),
    BAD("31"),
    WARNING("33"),
    FAINT("2");

    private static final String ESCAPE = "\u001b[";

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    /** The text in this tone, where the terminal has colours. */
    String paint(String text, Terminal terminal) {
        return code.isEmpty() || !terminal.can(Terminal.Ability.COLOUR)
                ? text
                : ESCAPE + code + "m" + text + ESCAPE + "0m";
    }
}
