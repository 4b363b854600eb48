package dev.tidemark.cli.show;

import java.time.Duration;
import java.util.Locale;

/**
 * The end of a task or a run.
 *
 * @param what its name, as {@code flights 2001-02-03 extract}
 * @param took how long it ran
 * @param note what else there is to say: rows, an error; may be empty
 */
public record Ended(String what, Outcome outcome, Duration took, String note) {
    /** How it ended. */
    public enum Outcome {
        SUCCEEDED("✓", Tone.GOOD),
        FAILED("✗", Tone.BAD),
        SKIPPED("-", Tone.FAINT),
        CANCELLED("-", Tone.WARNING);

        private final String mark;
        private final Tone tone;

        Outcome(String mark, Tone tone) {
            this.mark = mark;
            this.tone = tone;
        }
    }

    /** One line, such as {@code succeeded flights 2001-02-03 extract, 1.2 s, 4,711 rows}. */
    String render(Terminal terminal) {
        String word = outcome.name().toLowerCase(Locale.ROOT);
        String sign = terminal.can(Terminal.Ability.UNICODE) ? outcome.mark + " " + word : word;
        String tail = note.isEmpty() ? "" : ", " + Line.clean(note);
        return outcome.tone.paint(sign, terminal)
                + " "
                + Line.clean(what)
                + ", "
                + Units.duration(took)
                + tail;
    }
}
