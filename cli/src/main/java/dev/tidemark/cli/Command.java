package dev.tidemark.cli;

import java.io.IOException;

/** Something that the program can be told to do. */
interface Command {
    /** How it is told. */
    Syntax syntax();

    /** Does it. By now the command line has been read. */
    ExitCode run() throws IOException;
}
