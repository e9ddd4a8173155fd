package io.fieldloom.engine.tags;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Two ranges that stand for each other, as a factor and what is added.
 *
 * @param scale null where nothing is scaled
 * @param offset null where nothing is added
 */
record LinearScaling(BigDecimal scale, BigDecimal offset) {
    static final LinearScaling NONE = new LinearScaling(null, null);

    private static final int DIGITS = 12;

    /**
     * @param changes gets a word where it cannot be kept
     */
    static LinearScaling of(
            BigDecimal rawLow,
            BigDecimal rawHigh,
            BigDecimal low,
            BigDecimal high,
            List<String> changes) {
        BigDecimal raw = rawHigh.subtract(rawLow);
        if (raw.signum() == 0) {
            changes.add("its scaling has no width and is left out");
            return NONE;
        }
        BigDecimal scale =
                high.subtract(low).divide(raw, new MathContext(DIGITS)).stripTrailingZeros();
        return new LinearScaling(scale, low.subtract(rawLow.multiply(scale)).stripTrailingZeros());
    }

    /** The same with the sign of its result turned. */
    LinearScaling negated() {
        return new LinearScaling(
                scale == null ? BigDecimal.ONE.negate() : scale.negate(),
                offset == null ? null : offset.negate());
    }
}
