package dev.tidemark;

/**
 * The points between which an attempt can die. Each is reached once its work is durable, so a crash
 * there leaves exactly that much behind.
 */
public enum ProtocolStep {
    /** The attempt is running; user code has not begun. */
    STARTED,
    /** The partition is claimed in the target with the attempt's token. */
    CLAIMED,
    /** All rows lie where only this attempt looks. */
    STAGED,
    /** The checks on the staged rows passed. */
    CHECKED,
    /** The target's own commit made the new version visible. */
    PUBLISHED,
    /** User code returned; the engine has not heard of it yet. */
    RETURNED
}
