package dev.tidemark.cli.show;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows work while it goes on. On a terminal: a few lines at the bottom, redrawn when ticked, gone
 * at the end; only failures stay. Elsewhere: a line for each end of a task or run.
 *
 * <p>Belongs to one thread, the one that ticks it.
 */
public final class Progress implements AutoCloseable {
    /** The least time between two redraws, however often it is ticked. */
    public static final Duration REDRAW_EVERY = Duration.ofMillis(100);

    /** The least time between two plain lines, where nothing can be redrawn. */
    public static final Duration SAY_EVERY = Duration.ofSeconds(10);

    /** Running tasks beyond this are counted, not listed. */
    static final int MAX_RUNNING_SHOWN = 6;

    private static final int BAR_WIDTH = 24;
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final Terminal terminal;
    private final boolean live;
    private List<String> block = List.of();
    private int shown;
    private @Nullable Instant drawn;
    private @Nullable Instant said;

    public Progress(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
        this.live = terminal.can(Terminal.Ability.REDRAW);
    }

    /** Redraws, unless that was done a moment ago. */
    public void tick(Status status, Instant now) {
        if (!live) {
            say(status, now);
            return;
        }
        if (drawnLately(now)) {
            return;
        }
        drawn = now;
        block = lines(status);
        draw("");
    }

    /** A plain line now and then, where there is more than one interval to wait for. */
    private void say(Status status, Instant now) {
        if (said == null) {
            said = now;
        }
        Status.Measure measure = status.measure();
        boolean isLong = measure.total() > 1 && measure.done() < measure.total();
        if (isLong && Duration.between(said, now).compareTo(SAY_EVERY) >= 0) {
            said = now;
            line(Line.clean(status.title()) + ": " + counts(measure));
        }
    }

    /** Measured either way, so that a clock set back does not stop the picture. */
    private boolean drawnLately(Instant now) {
        return drawn != null && Duration.between(drawn, now).abs().compareTo(REDRAW_EVERY) < 0;
    }

    /** Something ended. On a terminal the next tick shows it, so only a failure gets a line. */
    public void ended(Ended ended) {
        if (!live || ended.outcome() == Ended.Outcome.FAILED) {
            line(ended.render(terminal));
        }
    }

    /** A line that stays, above what is redrawn. */
    public void line(String text) {
        draw(text + (live ? CLEAR_LINE : "") + "\n");
    }

    /** Erases what is redrawn, and leaves the lines that stay. */
    @Override
    public void close() {
        block = List.of();
        draw("");
    }

    /** Writes one frame at once, over the one before, so that nothing flickers. */
    private void draw(String above) {
        StringBuilder frame = new StringBuilder();
        if (shown > 0) {
            frame.append("\u001b[").append(shown).append('A');
        }
        frame.append(above);
        for (String line : block) {
            frame.append(line).append(CLEAR_LINE).append('\n');
        }
        if (shown > 0) {
            frame.append(CLEAR_BELOW);
        }
        shown = block.size();
        if (!frame.isEmpty()) {
            out.print(frame);
            out.flush();
        }
    }

    private List<String> lines(Status status) {
        List<String> lines = new ArrayList<>();
        lines.add(cut(Line.clean(status.title()) + "  " + measure(status)));
        List<Status.Running> running = status.running();
        for (Status.Running each : running.stream().limit(MAX_RUNNING_SHOWN).toList()) {
            lines.add(cut("  " + Line.clean(each.task()) + "  " + Units.duration(each.elapsed())));
        }
        if (running.size() > MAX_RUNNING_SHOWN) {
            lines.add(cut("  and " + (running.size() - MAX_RUNNING_SHOWN) + " more"));
        }
        status.last()
                .ifPresent(
                        last ->
                                lines.add(
                                        Tone.FAINT.paint(
                                                cut("  last: " + Line.clean(last)), terminal)));
        return lines;
    }

    private String measure(Status status) {
        Status.Measure measure = status.measure();
        if (measure.total() <= 0) {
            return Units.count(measure.done()) + " intervals";
        }
        long done = Math.clamp(measure.done(), 0, measure.total());
        int full = (int) (BAR_WIDTH * ((double) done / measure.total()));
        boolean unicode = terminal.can(Terminal.Ability.UNICODE);
        String bar =
                unicode
                        ? "█".repeat(full) + "░".repeat(BAR_WIDTH - full)
                        : "[" + "#".repeat(full) + "-".repeat(BAR_WIDTH - full) + "]";
        return bar + "  " + counts(measure);
    }

    private static String counts(Status.Measure measure) {
        long done = Math.clamp(measure.done(), 0, measure.total());
        return Units.count(done)
                + "/"
                + Units.count(measure.total())
                + " intervals"
                + measure.left()
                        .map(left -> ", about " + Units.duration(left) + " left")
                        .orElse("");
    }

    /** One column is left free: a full line would wrap on some terminals, and be counted as one. */
    private String cut(String line) {
        return Line.fit(line, terminal.columns() - 1, terminal);
    }
}
