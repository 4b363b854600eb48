package dev.tidemark.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of its own with little room, which can be filled up. It lies in memory, and is gone
 * with this process, however that ends.
 */
final class SmallDisk implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path folder;

    /** Takes it away when the pipe to it closes, as it does with us. */
    private final Process watchdog;

    private SmallDisk(Path folder) throws IOException {
        this.folder = folder;
        watchdog =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "cat; umount -l \"$0\"; rmdir \"$0\"",
                                folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
    }

    /** Where this process may not make one, the test is skipped, and says so. */
    static SmallDisk ofMebibytes(int size) throws IOException {
        Path folder = Files.createTempDirectory("tidemark-disk");
        try {
            Commands.run(
                    "mount", "-t", "tmpfs", "-o", "size=" + size + "m", "tidemark", "" + folder);
        } catch (IOException e) {
            Files.delete(folder);
            Assumptions.abort("no small file system could be made: " + e.getMessage());
        }
        return new SmallDisk(folder);
    }

    /** A new, empty folder on it. */
    Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    /** Leaves not a byte of room. */
    void fill() throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int size = CHUNK_BYTES; size > 0; size /= 2) {
            try (OutputStream out =
                    Files.newOutputStream(
                            ballast(),
                            java.nio.file.StandardOpenOption.CREATE,
                            java.nio.file.StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(chunk, 0, size);
                }
            } catch (IOException _) {
                // Perhaps there is room for less.
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(ballast());
    }

    @Override
    public void close() throws IOException {
        watchdog.getOutputStream().close();
        watchdog.onExit().join();
    }
}
