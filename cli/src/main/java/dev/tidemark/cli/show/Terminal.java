package dev.tidemark.cli.show;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * What text is written to: a terminal of some width and abilities, or a file or pipe, which is
 * {@link #PLAIN}.
 *
 * @param columns how many characters fit on a line
 */
public record Terminal(int columns, Set<Ability> abilities) {
    /** What goes beyond lines of ASCII. */
    public enum Ability {
        /** Characters beyond ASCII. */
        UNICODE,
        COLOUR,
        /** Lines that were written can be written over. */
        REDRAW
    }

    /** A file or a pipe: no abilities, and no end of the line, so that nothing is cut. */
    public static final Terminal PLAIN = new Terminal(Integer.MAX_VALUE, Set.of());

    /** The width of a terminal that does not tell. */
    public static final int DEFAULT_COLUMNS = 80;

    /** The narrowest that is laid out for; below this lines wrap. */
    public static final int MIN_COLUMNS = 20;

    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    public Terminal {
        columns = Math.max(columns, MIN_COLUMNS);
        abilities = Set.copyOf(abilities);
    }

    public boolean can(Ability ability) {
        return abilities.contains(ability);
    }

    /** What standard output leads to. */
    public static Terminal ofStandardOutput() {
        return ofThisProcess(STANDARD_OUTPUT, "stdout.encoding");
    }

    /** What standard error leads to. */
    public static Terminal ofStandardError() {
        return ofThisProcess(STANDARD_ERROR, "stderr.encoding");
    }

    private static Terminal ofThisProcess(int descriptor, String encoding) {
        return of(
                System.getenv(),
                System.getProperty(encoding, ""),
                () -> TerminalDevice.isTerminal(Path.of("/proc/self/fd/" + descriptor)),
                () -> TerminalDevice.columns(DEFAULT_COLUMNS));
    }

    /** Judges by the environment; asks for the width only where that does not say it. */
    static Terminal of(
            Map<String, String> environment,
            String encoding,
            BooleanSupplier isTerminal,
            IntSupplier width) {
        if (!isTerminal.getAsBoolean()) {
            return PLAIN;
        }
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        if (encoding.equalsIgnoreCase("UTF-8")) {
            abilities.add(Ability.UNICODE);
        }
        if (!environment.getOrDefault("TERM", "").equals("dumb")) {
            abilities.add(Ability.REDRAW);
            // https://no-color.org: set to anything but nothing.
            if (environment.getOrDefault("NO_COLOR", "").isEmpty()) {
                abilities.add(Ability.COLOUR);
            }
        }
        String columns = environment.getOrDefault("COLUMNS", "");
        return new Terminal(
                columns.matches("[1-9]\\d{0,4}") ? Integer.parseInt(columns) : width.getAsInt(),
                abilities);
    }
}
