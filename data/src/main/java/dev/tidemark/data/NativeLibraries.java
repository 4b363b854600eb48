package dev.tidemark.data;

import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The native parts of the database drivers, unpacked once a user instead of once a process.
 *
 * <p>Both drivers unpack theirs into the temp folder at every start, and leave it there when they
 * are killed: 72 MB each time for DuckDB. Where anything here does not work out, the driver does as
 * it always did.
 */
public final class NativeLibraries {
    /** What sqlite-jdbc asks for a folder that has its library. */
    private static final String SQLITE_FOLDER = "org.sqlite.lib.path";

    private NativeLibraries() {}

    /**
     * Lets SQLite load its library from the cache. Called before the first connection, by whoever
     * starts the program; cheap. DuckDB's is dealt with when a DuckDB file is first opened, since
     * that takes time.
     */
    public static void useCache() {
        if (System.getProperty(SQLITE_FOLDER) == null) {
            ofSqlite(NativeCache.ofUser())
                    .map(Path::getParent)
                    .ifPresent(folder -> System.setProperty(SQLITE_FOLDER, folder.toString()));
        }
    }

    static Optional<Path> ofSqlite(NativeCache cache) {
        String library = LibraryLoaderUtil.getNativeLibName();
        URL packed =
                SQLiteJDBCLoader.class.getResource(
                        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + library);
        return Optional.ofNullable(packed)
                .flatMap(
                        found ->
                                cache.unpacked(
                                        found, "sqlite-" + SQLiteJDBCLoader.getVersion(), library));
    }
}
