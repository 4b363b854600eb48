package dev.tidemark.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Figures as messages show them. */
final class Figures {
    /** Enough to tell what is compared, and to read. */
    private static final MathContext SHOWN = new MathContext(6, RoundingMode.HALF_EVEN);

    private Figures() {}

    static String text(double figure) {
        return Double.isFinite(figure) ? text(BigDecimal.valueOf(figure)) : "" + figure;
    }

    static String text(BigDecimal figure) {
        return figure.signum() == 0
                ? "0"
                : figure.round(SHOWN).stripTrailingZeros().toPlainString();
    }
}
