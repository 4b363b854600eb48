package dev.tidemark;

/**
 * Some of the numbers 0 to 59.
 *
 * @param bits bit n is set where n is in it
 */
record CronSet(long bits) {
    /** Stands for no number. */
    static final int NONE = -1;

    static final CronSet EMPTY = new CronSet(0);

    /** All numbers of a range, both ends included. */
    static CronSet range(int from, int to) {
        CronSet range = EMPTY;
        for (int number = from; number <= to; number++) {
            range = range.with(number);
        }
        return range;
    }

    CronSet with(int number) {
        return new CronSet(bits | 1L << number);
    }

    CronSet and(CronSet other) {
        return new CronSet(bits & other.bits);
    }

    CronSet or(CronSet other) {
        return new CronSet(bits | other.bits);
    }

    boolean has(int number) {
        return (bits & 1L << number) != 0;
    }

    boolean isEmpty() {
        return bits == 0;
    }

    int first() {
        return atOrAfter(0);
    }

    int last() {
        return atOrBefore(Long.SIZE - 1);
    }

    /** The least number that is not less; {@link #NONE} where there is none. */
    int atOrAfter(int number) {
        long rest = bits & -1L << number;
        return rest == 0 ? NONE : Long.numberOfTrailingZeros(rest);
    }

    /** The greatest number that is not greater; {@link #NONE} where there is none. */
    int atOrBefore(int number) {
        long rest = number < 0 ? 0 : bits & -1L >>> (Long.SIZE - 1 - number);
        return rest == 0 ? NONE : Long.SIZE - 1 - Long.numberOfLeadingZeros(rest);
    }
}
