package dev.tidemark.cli;

import dev.tidemark.ErrorCode;

/** How a command ended, for the shell. {@code docs/exit-codes.md} explains them. */
enum ExitCode {
    /** All that was asked for is done. */
    DONE(0),
    /** It ran, and something failed: a run, a proof; or a lint found something. */
    FAILED(1),
    /** The command line or a request makes no sense. */
    USAGE(2),
    /** The pipeline cannot be found, compiled or accepted. */
    PIPELINE(3),
    /** Another process has the home. */
    IN_USE(4),
    /** The store cannot be read or written; a full disk, mostly. */
    STORE(5),
    /** A mistake in Tidemark itself. */
    INTERNAL(70),
    /** Stopped by Ctrl-C: Java itself ends so. The same command goes on. */
    STOPPED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ExitCode of(ErrorCode code) {
        return switch (code) {
            case INVALID_DEFINITION, CYCLE, DUPLICATE_NAME, UNKNOWN_INPUT, UNLOADABLE_PIPELINE ->
                    PIPELINE;
            case INVALID_PARAMETER, INVALID_REQUEST, UNKNOWN_EFFECTS -> USAGE;
            case HOME_IN_USE, OWNERSHIP_LOST -> IN_USE;
            case DISK_FULL, STORE_FAILED -> STORE;
            case RESULT_TOO_LARGE,
                    RESULT_UNREADABLE,
                    FAN_OUT_TOO_LARGE,
                    INPUT_MISSING,
                    INPUT_UNREADABLE,
                    FENCED,
                    FOREIGN_ISSUER,
                    UNBALANCED,
                    EMPTY_OVER_DATA,
                    SAME_INPUT_AS_BEFORE,
                    OUTSIDE_INTERVAL,
                    SCHEMA_CHANGED,
                    CHECK_FAILED,
                    NOT_RECONCILED,
                    EVIDENCE_MISMATCH ->
                    FAILED;
        };
    }
}
