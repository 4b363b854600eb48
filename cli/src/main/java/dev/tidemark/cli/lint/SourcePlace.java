package dev.tidemark.cli.lint;

/**
 * A line of a source.
 *
 * @param file its path as the user would write it; where it is not there, as for a jar, the path
 *     below the folder where packages begin
 * @param line from 1; 0 where it is not known
 */
public record SourcePlace(String file, int line) {}
