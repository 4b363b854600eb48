package dev.tidemark.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A folder of the user's in which native libraries lie unpacked, each in a folder named after its
 * version. Two processes that unpack at the same time do not disturb each other: the complete file
 * appears by a rename.
 */
record NativeCache(Path folder) {
    private static final String OWNER_ONLY = "rwx------";

    /** {@code $XDG_CACHE_HOME/tidemark}, or {@code ~/.cache/tidemark}. */
    static NativeCache ofUser() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isBlank() || !Path.of(cache).isAbsolute()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(cache);
        return new NativeCache(base.resolve("tidemark"));
    }

    /** The library's file; empty where it can neither be found nor be unpacked. */
    Optional<Path> unpacked(URL packed, String version, String library) {
        try {
            Path directory = folder.resolve(version).toAbsolutePath();
            Path file = directory.resolve(library);
            URLConnection source = packed.openConnection();
            source.setUseCaches(false);
            try (InputStream bytes = source.getInputStream()) {
                long size = source.getContentLengthLong();
                if (size <= 0 || !Files.isRegularFile(file) || Files.size(file) != size) {
                    unpack(bytes, directory, file);
                }
            }
            return Optional.of(file);
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.empty();
        }
    }

    private void unpack(InputStream bytes, Path directory, Path file) throws IOException {
        createOwn(folder);
        createOwn(directory);
        Path unfinished = Files.createTempFile(directory, "unpacking", ".part");
        try {
            Files.copy(bytes, unfinished, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(
                    unfinished,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Only the user may put a library here: it is code. */
    private static void createOwn(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory);
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(OWNER_ONLY));
        }
    }
}
