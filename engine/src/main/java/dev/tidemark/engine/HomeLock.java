package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Makes this process the one owner of a home. The lock is the operating system's: it ends with the
 * process, however that ends, so nothing is left to clean up after a crash.
 */
public final class HomeLock implements AutoCloseable {
    private static final int MAX_PID_LENGTH_BYTES = 20;

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the home.
     *
     * @throws TidemarkException {@link ErrorCode#HOME_IN_USE} where another process has it
     */
    public static HomeLock take(Home home) {
        Path file = home.lockFile();
        try {
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                String owner = owner(channel);
                channel.close();
                throw new TidemarkException(
                        ErrorCode.HOME_IN_USE,
                        home.root()
                                + " is in use by process "
                                + owner
                                + "; wait until it ends, or take another home with --home");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid())
                                    .getBytes(StandardCharsets.US_ASCII)));
            return new HomeLock(channel);
        } catch (IOException e) {
            throw new TidemarkException(
                    ErrorCode.STORE_FAILED, "cannot lock " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether some process has the home at this moment. */
    public static boolean isTaken(Home home) {
        try (FileChannel channel =
                FileChannel.open(
                        home.lockFile(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return lock(channel) == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return Files.exists(home.lockFile());
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(MAX_PID_LENGTH_BYTES);
        channel.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new TidemarkException(
                    ErrorCode.STORE_FAILED, "cannot release the home: " + e.getMessage(), e);
        }
    }
}
