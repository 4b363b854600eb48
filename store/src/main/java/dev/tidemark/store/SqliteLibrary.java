package dev.tidemark.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, unpacked once a user. The driver would unpack it into the temp folder at
 * every start, and leave it there when it is killed. Where this does not work out, it still does.
 */
final class SqliteLibrary {
    /** Where the driver looks first; whoever sets it knows better. */
    private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";

    private SqliteLibrary() {}

    static synchronized void useCache() {
        if (System.getProperty(FOLDER_PROPERTY) == null) {
            try {
                System.setProperty(FOLDER_PROPERTY, unpacked(cache()).toString());
            } catch (IOException | UnsupportedOperationException _) {
                // The driver unpacks by itself, as it does without us.
            }
        }
    }

    private static Path cache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || !Path.of(cache).isAbsolute()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(cache);
        return base.resolve("tidemark");
    }

    /** The folder with the library. The complete file appears by a rename. */
    static Path unpacked(Path cache) throws IOException {
        String library = LibraryLoaderUtil.getNativeLibName();
        Path folder = cache.resolve("sqlite-" + SQLiteJDBCLoader.getVersion()).toAbsolutePath();
        Path file = folder.resolve(library);
        if (!Files.isRegularFile(file)) {
            unpack(library, file);
        }
        return folder;
    }

    /** Only now does it matter which system this is; the driver starts a program to find out. */
    private static void unpack(String library, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path unfinished = Files.createTempFile(file.getParent(), "unpacking", ".part");
        try (InputStream packed =
                SQLiteJDBCLoader.class.getResourceAsStream(
                        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + library)) {
            if (packed == null) {
                throw new IOException("no SQLite library for this system");
            }
            Files.copy(packed, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
