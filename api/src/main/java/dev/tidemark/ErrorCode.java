package dev.tidemark;

/**
 * Every error Tidemark raises by itself. The code is stable, the message may change.
 *
 * <p>{@code docs/errors.md} says for each what happened and what to do.
 */
public enum ErrorCode {
    /** A pipeline definition is not acceptable. */
    INVALID_DEFINITION(ErrorClass.PERMANENT),
    /** A pipeline's tasks wait for each other in a circle. */
    CYCLE(ErrorClass.PERMANENT),
    /** Two things in one pipeline have the same name. */
    DUPLICATE_NAME(ErrorClass.PERMANENT),
    /** A task takes something that its pipeline does not have. */
    UNKNOWN_INPUT(ErrorClass.PERMANENT),
    /** A parameter is unknown, missing, or not of its type. */
    INVALID_PARAMETER(ErrorClass.PERMANENT),
    /** A pipeline file cannot be found, compiled or loaded. */
    UNLOADABLE_PIPELINE(ErrorClass.PERMANENT),
    /** A request makes no sense: a range that ends before it starts, an unknown run. */
    INVALID_REQUEST(ErrorClass.PERMANENT),
    /** History is to be run again, and what that does outside is not known. */
    UNKNOWN_EFFECTS(ErrorClass.PERMANENT),
    /** A task's result is larger than a reference should be. */
    RESULT_TOO_LARGE(ErrorClass.PERMANENT),
    /** A task's result cannot be written as, or read from, JSON. */
    RESULT_UNREADABLE(ErrorClass.PERMANENT),
    /** A list to fan out over has more elements than a run may have. */
    FAN_OUT_TOO_LARGE(ErrorClass.PERMANENT),
    /** A source has nothing where the interval's data should be. */
    INPUT_MISSING(ErrorClass.PERMANENT),
    /** A source's data cannot be read as what it claims to be. */
    INPUT_UNREADABLE(ErrorClass.PERMANENT),
    /** The target holds a higher token: a later attempt owns the partition. */
    FENCED(ErrorClass.PERMANENT),
    /** Another home issued the token that holds the partition. */
    FOREIGN_ISSUER(ErrorClass.PERMANENT),
    /** Read is not accepted + rejected + filtered. */
    UNBALANCED(ErrorClass.PERMANENT),
    /** Nothing would replace something. */
    EMPTY_OVER_DATA(ErrorClass.REJECTED),
    /** The input has the same bytes as the previous interval's. */
    SAME_INPUT_AS_BEFORE(ErrorClass.REJECTED),
    /** Rows lie outside the interval they were read or written for. */
    OUTSIDE_INTERVAL(ErrorClass.REJECTED),
    /** Columns differ from those published before. */
    SCHEMA_CHANGED(ErrorClass.PERMANENT),
    /** A check on the staged rows failed. */
    CHECK_FAILED(ErrorClass.REJECTED),
    /** Totals do not equal the source's. */
    NOT_RECONCILED(ErrorClass.REJECTED),
    /** Another process owns the home. */
    HOME_IN_USE(ErrorClass.PERMANENT),
    /** Another engine has become the owner of the store. */
    OWNERSHIP_LOST(ErrorClass.TRANSIENT),
    /** The disk that holds the store or a target is full. */
    DISK_FULL(ErrorClass.PERMANENT),
    /** The store cannot be read or written. */
    STORE_FAILED(ErrorClass.UNKNOWN),
    /** Evidence and target disagree. */
    EVIDENCE_MISMATCH(ErrorClass.PERMANENT);

    private final ErrorClass errorClass;

    ErrorCode(ErrorClass errorClass) {
        this.errorClass = errorClass;
    }

    /** The class that decides about retries when a task ends with this error. */
    public ErrorClass errorClass() {
        return errorClass;
    }
}
