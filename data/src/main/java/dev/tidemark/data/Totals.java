package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Amounts of some rows, to be compared with those of others: what came in must be what went out and
 * what was turned back. A {@link Measure} makes them.
 */
public final class Totals {
    private final SequencedMap<String, BigDecimal> amounts;

    Totals(SequencedMap<String, BigDecimal> amounts) {
        this.amounts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(amounts));
    }

    /**
     * An amount.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_DEFINITION} where none has this name
     */
    public BigDecimal amount(String name) {
        BigDecimal amount = amounts.get(name);
        if (amount == null) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "there is no amount '%s'; there are %s".formatted(name, amounts.keySet()));
        }
        return amount;
    }

    /**
     * An amount that is a whole number.
     *
     * @throws ArithmeticException where it is none, or does not fit
     */
    public long whole(String name) {
        return amount(name).longValueExact();
    }

    /** Each amount of this with the one of the same name added. */
    public Totals plus(Totals other) {
        verifyComparable(other);
        SequencedMap<String, BigDecimal> sums = new LinkedHashMap<>();
        amounts.forEach((name, amount) -> sums.put(name, amount.add(other.amount(name))));
        return new Totals(sums);
    }

    /**
     * Compares these, as they are, with what they should be.
     *
     * @throws TidemarkException {@link ErrorCode#NOT_RECONCILED} naming each amount that differs
     */
    public void mustEqual(Totals expected) {
        mustEqual(expected, Tolerance.NONE);
    }

    /** The same, where amounts may differ a little. */
    public void mustEqual(Totals expected, Tolerance tolerance) {
        verifyComparable(expected);
        List<String> differences = new ArrayList<>();
        amounts.forEach(
                (name, actual) -> {
                    BigDecimal should = expected.amount(name);
                    if (!tolerance.allows(should, actual)) {
                        differences.add(difference(name, should, actual));
                    }
                });
        if (!differences.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.NOT_RECONCILED,
                    ("%d of %d totals differ: %s. Find the rows that are missing or doubled, then"
                                    + " run again what produced them")
                            .formatted(
                                    differences.size(),
                                    amounts.size(),
                                    String.join("; ", differences)));
        }
    }

    private static String difference(String name, BigDecimal should, BigDecimal actual) {
        BigDecimal more = actual.subtract(should);
        return "%s should be %s, and is %s, %s too %s"
                .formatted(
                        name,
                        should.toPlainString(),
                        actual.toPlainString(),
                        more.abs().toPlainString(),
                        more.signum() > 0 ? "many" : "few");
    }

    private void verifyComparable(Totals other) {
        if (!amounts.keySet().equals(other.amounts.keySet())) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "totals of %s cannot be compared with totals of %s; measure the same amounts"
                            .formatted(amounts.keySet(), other.amounts.keySet()));
        }
    }

    @Override
    public String toString() {
        return amounts.entrySet().stream()
                .map(amount -> amount.getValue().toPlainString() + " " + amount.getKey())
                .collect(Collectors.joining(", "));
    }
}
