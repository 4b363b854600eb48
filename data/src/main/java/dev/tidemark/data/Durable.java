package dev.tidemark.data;

import dev.tidemark.Classification;
import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files and folders that are still there after the power went. */
final class Durable {
    /** Ends the name of a file that is not complete yet. */
    static final String DRAFT = ".draft";

    private static final boolean FOLDERS_CAN_BE_SYNCED = File.separatorChar == '/';

    private Durable() {}

    /** Creates the folder and those above it that are missing. */
    static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createFolders(parent);
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        if (parent != null) {
            syncFolder(parent);
        }
    }

    /** Makes the names in a folder durable. Windows offers no such call, and needs none. */
    static void syncFolder(Path folder) throws IOException {
        if (FOLDERS_CAN_BE_SYNCED) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * Creates a file with these bytes, complete from its first moment, unless there is one of that
     * name. A link is the one call that refuses an existing name; an atomic move overwrites it. A
     * draft that a crash left may be a second name of a complete file: it is removed, never
     * written.
     *
     * @param draft a name in the folder that nobody else uses
     * @return whether it was created by this call
     */
    static boolean createOnlyIfAbsent(Path folder, String name, String draft, byte[] bytes)
            throws IOException {
        Path complete = folder.resolve(draft);
        Files.deleteIfExists(complete);
        try (FileChannel channel =
                FileChannel.open(
                        complete, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        try {
            Files.createLink(folder.resolve(name), complete);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new IOException(
                    folder + " is on a file system without hard links, which publishing needs", e);
        } finally {
            Files.deleteIfExists(complete);
        }
        syncFolder(folder);
        return true;
    }

    /** The same for an error that had to pass through code that knows none such. */
    static RuntimeException failed(String doing, UncheckedIOException error) {
        IOException cause = error.getCause();
        return cause == null ? error : failed(doing, cause);
    }

    /** What a failed call on files means for the attempt. */
    static RuntimeException failed(String doing, IOException cause) {
        if (Classification.isDiskFull(cause)) {
            return new TidemarkException(
                    ErrorCode.DISK_FULL,
                    doing
                            + ": the disk is full. Readers see what they saw before; make "
                            + "room and run again",
                    cause);
        }
        return new UncheckedIOException(doing + ": " + cause.getMessage(), cause);
    }
}
