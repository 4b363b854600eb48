package dev.tidemark.bench;

/** Somebody else who does durable work, over the same server. */
interface Peer extends AutoCloseable {
    /** Its name and version. */
    String name();

    /** Tasks one after the other; returns how long all of them took. */
    double chainMillis(int tasks) throws Exception;

    /** Tasks that wait for nothing. */
    double widePerSecond(int tasks) throws Exception;

    @Override
    void close();
}
