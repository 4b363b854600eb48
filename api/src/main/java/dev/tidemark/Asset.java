package dev.tidemark;

/**
 * A dataset that should exist: a table, a folder of files. Its name is stable and unique; lineage
 * and freshness hang on it.
 */
public interface Asset {
    /** The name, such as {@code flights/accepted}. */
    String name();

    /** An asset that is only a name: something outside that Tidemark does not read or write. */
    static Asset named(String name) {
        record Named(String name) implements Asset {}
        return new Named(Names.checkAsset(name));
    }
}
