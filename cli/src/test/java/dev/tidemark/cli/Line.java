package dev.tidemark.cli;

import java.io.IOException;
import java.util.List;

/** What lies between a process and the database, and can be cut without either being told. */
interface Line extends AutoCloseable {
    /** Where the database is for who is behind this line: host and port. */
    String database();

    /** What to start a program with, so that it is behind this line. */
    List<String> launcher();

    void cut() throws IOException;

    void mend() throws IOException;

    @Override
    void close() throws IOException;
}
