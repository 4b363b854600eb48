package dev.tidemark.cli;

/**
 * What the command line gave for an option or parameter: there is a value once it has been read.
 */
@FunctionalInterface
interface Given<T> {
    T value();
}
