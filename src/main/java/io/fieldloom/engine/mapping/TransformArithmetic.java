package io.fieldloom.engine.mapping;

import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.commons.jexl3.JexlArithmetic;

/** Strict arithmetic with real division: {@code 1 / 2} is 0.5, whatever the operands' types. */
final class TransformArithmetic extends JexlArithmetic {
    TransformArithmetic() {
        super(true, MathContext.DECIMAL64, Integer.MIN_VALUE);
    }

    private TransformArithmetic(boolean strict, MathContext context, int scale) {
        super(strict, context, scale);
    }

    @Override
    protected JexlArithmetic createWithOptions(boolean strict, MathContext context, int scale) {
        return new TransformArithmetic(strict, context, scale);
    }

    @Override
    public Object divide(Object left, Object right) {
        if (isWhole(left) && isWhole(right)) {
            BigDecimal divisor = toBigDecimal(right);
            if (divisor.signum() == 0) {
                throw new ArithmeticException("division by zero");
            }
            return toBigDecimal(left).divide(divisor, getMathContext());
        }
        return super.divide(left, right);
    }

    private static boolean isWhole(Object operand) {
        return operand instanceof Number
                && !(operand instanceof Double)
                && !(operand instanceof Float)
                && !(operand instanceof BigDecimal);
    }
}
