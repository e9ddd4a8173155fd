package io.fieldloom.engine.mapping;

import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.commons.jexl3.JexlArithmetic;

/**
 * Strict arithmetic as a person does it: in decimals, so that {@code 300 - 273.15} is 26.85 and not
 * 26.850000000000023, and with real division, so that {@code 1 / 2} is 0.5 whatever the operands'
 * types. Whole numbers stay whole and exact.
 */
final class TransformArithmetic extends JexlArithmetic {
    // What a double can tell apart; a quotient has no end of its own.
    private static final MathContext QUOTIENT = MathContext.DECIMAL64;

    TransformArithmetic() {
        super(true, MathContext.DECIMAL128, Integer.MIN_VALUE);
    }

    private TransformArithmetic(boolean strict, MathContext context, int scale) {
        super(strict, context, scale);
    }

    @Override
    protected JexlArithmetic createWithOptions(boolean strict, MathContext context, int scale) {
        return new TransformArithmetic(strict, context, scale);
    }

    @Override
    public Object add(Object left, Object right) {
        return inDecimals(left, right)
                ? decimal(left).add(decimal(right), getMathContext())
                : super.add(left, right);
    }

    @Override
    public Object subtract(Object left, Object right) {
        return inDecimals(left, right)
                ? decimal(left).subtract(decimal(right), getMathContext())
                : super.subtract(left, right);
    }

    @Override
    public Object multiply(Object left, Object right) {
        return inDecimals(left, right)
                ? decimal(left).multiply(decimal(right), getMathContext())
                : super.multiply(left, right);
    }

    @Override
    public Object divide(Object left, Object right) {
        if (!isFinite(left) || !isFinite(right)) {
            return super.divide(left, right);
        }
        BigDecimal divisor = decimal(right);
        if (divisor.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        return decimal(left).divide(divisor, QUOTIENT);
    }

    private static boolean inDecimals(Object left, Object right) {
        return isFinite(left) && isFinite(right) && (isFraction(left) || isFraction(right));
    }

    private static boolean isFraction(Object operand) {
        return operand instanceof Double
                || operand instanceof Float
                || operand instanceof BigDecimal;
    }

    private static boolean isFinite(Object operand) {
        return operand instanceof Number number
                && (!(operand instanceof Double) || Double.isFinite(number.doubleValue()));
    }

    private static BigDecimal decimal(Object operand) {
        return operand instanceof BigDecimal exact ? exact : new BigDecimal(operand.toString());
    }
}
