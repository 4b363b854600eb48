package dev.tidemark;

/**
 * What became of the rows of one attempt.
 *
 * @param read rows taken from sources
 * @param accepted rows that passed
 * @param rejected rows that went to the dead letter
 * @param filtered rows left out on purpose
 * @param published rows that readers of the target see for this partition; differs from accepted
 *     where rows were aggregated
 */
public record RowCounts(long read, long accepted, long rejected, long filtered, long published) {
    public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0);

    /** Whether every row read is accounted for. */
    public boolean balance() {
        return read == accepted + rejected + filtered;
    }
}
