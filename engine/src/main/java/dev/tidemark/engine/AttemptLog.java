package dev.tidemark.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of one attempt: a file of lines. It is made when there is something to say: to make a
 * file costs more than all else that an attempt needs, and syncs of the store wait for it too.
 * Whatever goes wrong with it never changes a result; the log is then cut off, and says so where it
 * still can.
 */
final class AttemptLog implements AutoCloseable {
    /** Beyond this the log of one attempt is cut off. */
    private static final long MAX_BYTES = 64L << 20;

    private final Path path;
    private final InstantSource clock;

    /** Null until something is said. */
    private @Nullable OutputStream file;

    /** What was noted before. */
    private final List<Note> notes = new ArrayList<>();

    /** A line that is made when it is needed. */
    private record Note(Instant at, Supplier<String> text) {}

    private long written;
    private boolean broken;

    AttemptLog(Path path, InstantSource clock) {
        this.path = path;
        this.clock = clock;
    }

    /**
     * A line that stands in a log that has others; alone it says nothing that the store does not.
     */
    synchronized void note(Supplier<String> text) {
        if (file == null) {
            notes.add(new Note(clock.instant(), text));
        } else {
            line(text.get());
        }
    }

    /** Writes one line with the time in front. */
    synchronized void line(String text) {
        write(stamped(clock.instant(), text), 0, -1);
        flush();
    }

    private static byte[] stamped(Instant at, String text) {
        String line = at.truncatedTo(ChronoUnit.MILLIS) + " " + text + "\n";
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes bytes as they are: what the task's code printed. A negative length means all. */
    synchronized void write(byte[] bytes, int offset, int length) {
        int count = length < 0 ? bytes.length - offset : length;
        if (broken) {
            return;
        }
        try {
            OutputStream out = opened();
            if (written + count > MAX_BYTES) {
                out.write(
                        "… cut off: the log has reached its limit\n"
                                .getBytes(StandardCharsets.UTF_8));
                broken = true;
                out.flush();
                return;
            }
            out.write(bytes, offset, count);
            written += count;
        } catch (IOException e) {
            broken = true;
        }
    }

    private OutputStream opened() throws IOException {
        OutputStream open = file;
        if (open == null) {
            Files.createDirectories(path.getParent());
            // A list that is fanned out anew counts its attempts anew: what is there stays.
            open =
                    new BufferedOutputStream(
                            Files.newOutputStream(
                                    path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            file = open;
            for (Note note : notes) {
                open.write(stamped(note.at(), note.text().get()));
            }
        }
        return open;
    }

    synchronized void flush() {
        if (file == null) {
            return;
        }
        try {
            file.flush();
        } catch (IOException e) {
            broken = true;
        }
    }

    @Override
    public synchronized void close() {
        flush();
        broken = true;
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            // Nobody could be told, and the attempt's result stands.
        }
    }
}
