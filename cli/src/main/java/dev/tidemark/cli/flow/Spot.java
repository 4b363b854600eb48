package dev.tidemark.cli.flow;

/**
 * A place in code.
 *
 * @param owner the class, with slashes
 * @param line in its source; 0 where it is not known
 */
public record Spot(String owner, int line) {}
