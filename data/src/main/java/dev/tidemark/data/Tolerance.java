package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.math.BigDecimal;

/**
 * By how much two amounts may differ and still count as equal.
 *
 * @param amount in the amount's own unit
 * @param share of what is expected, 0.01 being one percent; both are added
 */
public record Tolerance(BigDecimal amount, BigDecimal share) {
    /** Not at all. */
    public static final Tolerance NONE = new Tolerance(BigDecimal.ZERO, BigDecimal.ZERO);

    public Tolerance {
        if (amount.signum() < 0 || share.signum() < 0) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "a tolerance of %s and a share of %s makes no sense; say 0 or more"
                            .formatted(amount, share));
        }
    }

    /** By an amount, such as {@code 0.05}. */
    public static Tolerance amount(double amount) {
        return new Tolerance(BigDecimal.valueOf(amount), BigDecimal.ZERO);
    }

    /** By a share of what is expected, such as {@code 0.01} for one percent. */
    public static Tolerance share(double share) {
        return new Tolerance(BigDecimal.ZERO, BigDecimal.valueOf(share));
    }

    boolean allows(BigDecimal expected, BigDecimal actual) {
        BigDecimal most = amount.add(share.multiply(expected.abs()));
        return actual.subtract(expected).abs().compareTo(most) <= 0;
    }
}
