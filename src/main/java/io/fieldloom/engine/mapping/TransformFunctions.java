package io.fieldloom.engine.mapping;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The functions that a transform may call: {@code round abs min max if}. */
public final class TransformFunctions {

    public Object round(Number value) {
        return round(value, 0);
    }

    /** To so many decimals, halves away from zero; what is not finite stays as it is. */
    public Object round(Number value, int decimals) {
        if (value instanceof Double real && !Double.isFinite(real)) {
            return value;
        }
        return decimal(value).setScale(decimals, RoundingMode.HALF_UP);
    }

    public Object abs(Number value) {
        return value instanceof Double real ? Math.abs(real) : decimal(value).abs();
    }

    public Object min(Number one, Number two) {
        return compare(one, two) <= 0 ? one : two;
    }

    public Object max(Number one, Number two) {
        return compare(one, two) >= 0 ? one : two;
    }

    /** Spelled {@code if(condition, then, otherwise)} in a transform. */
    public Object choose(boolean condition, Object then, Object otherwise) {
        return condition ? then : otherwise;
    }

    private static int compare(Number one, Number two) {
        if (one instanceof Double || two instanceof Double) {
            return Double.compare(one.doubleValue(), two.doubleValue());
        }
        return decimal(one).compareTo(decimal(two));
    }

    private static BigDecimal decimal(Number value) {
        return value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString());
    }
}
