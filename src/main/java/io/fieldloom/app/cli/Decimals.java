package io.fieldloom.app.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Measured figures as answers show them. */
final class Decimals {
    private Decimals() {}

    /** With exactly so many digits after the point. */
    static BigDecimal rounded(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
    }
}
