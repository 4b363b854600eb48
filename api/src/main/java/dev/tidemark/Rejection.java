package dev.tidemark;

/**
 * A row that did not pass, on its way to the dead letter.
 *
 * @param position where it stood among the rows read, from 1
 * @param reason why it did not pass
 */
public record Rejection(Row row, long position, String reason) {}
