package io.fieldloom.domain.tag;

import io.fieldloom.domain.MalformedException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * How far a number has to move before it is reported, as a text {@code 0.5} (raw units) or {@code
 * 5%} (of the range that the server gives for the node, OPC UA Part 8, 5.2.4).
 *
 * @param size 0 or more; at most 100 where it is a percentage
 */
public record Deadband(double size, boolean isPercent) {
    private static final Pattern TEXT =
            Pattern.compile("(\\.\\d{1,40}|\\d{1,40}(\\.\\d{0,40})?)([eE][-+]?\\d{1,3})?\\s?%?");

    public Deadband {
        if (!(size >= 0) || isPercent && size > 100) {
            throw new MalformedException("a deadband is 0 or more, and at most 100%");
        }
    }

    public static Deadband absolute(double size) {
        return new Deadband(size, false);
    }

    /** Reads {@code 0.5} or {@code 5%}. */
    public static Deadband parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new MalformedException(
                    "a number such as 0.5, or a part of the range such as 5%, not '" + text + "'");
        }
        boolean percent = text.endsWith("%");
        String number = percent ? text.substring(0, text.length() - 1).strip() : text;
        return new Deadband(Double.parseDouble(number), percent);
    }

    /** The text that reads back as this one. */
    @Override
    public String toString() {
        BigDecimal exact = BigDecimal.valueOf(size);
        String plain = exact.stripTrailingZeros().toPlainString();
        String digits = plain.length() <= 20 ? plain : exact.toString();
        return isPercent ? digits + "%" : digits;
    }
}
