package io.fieldloom.domain.simulation;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The types that a simulated point can have, by their OPC UA names, and how a number becomes one.
 */
public enum SignalType {
    BOOLEAN("Boolean", null, null),
    SBYTE("SByte", "-128", "127"),
    BYTE("Byte", "0", "255"),
    INT16("Int16", "-32768", "32767"),
    UINT16("UInt16", "0", "65535"),
    INT32("Int32", "-2147483648", "2147483647"),
    UINT32("UInt32", "0", "4294967295"),
    INT64("Int64", "-9223372036854775808", "9223372036854775807"),
    UINT64("UInt64", "0", "18446744073709551615"),
    FLOAT("Float", null, null),
    DOUBLE("Double", null, null),
    STRING("String", null, null),
    DATE_TIME("DateTime", null, null);

    private final String word;
    private final BigInteger least;
    private final BigInteger most;

    SignalType(String word, String least, String most) {
        this.word = word;
        this.least = least == null ? null : new BigInteger(least);
        this.most = most == null ? null : new BigInteger(most);
    }

    /** The spelling of the project file. */
    public String word() {
        return word;
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(SignalType::word).toList();
    }

    /** The type of that name; an unknown name is malformed. */
    public static SignalType named(String word) {
        for (SignalType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        throw new MalformedException(
                "'" + word + "' is not a type; write one of " + String.join(", ", words()));
    }

    public boolean isInteger() {
        return least != null;
    }

    /** The largest value of an integer type, else null. */
    BigDecimal most() {
        return most == null ? null : new BigDecimal(most);
    }

    /** The least value of an integer type, else null. */
    BigDecimal least() {
        return least == null ? null : new BigDecimal(least);
    }

    /** A number as a value of this type; an integer type rounds and stays within its range. */
    Value of(double number) {
        return switch (this) {
            case BOOLEAN -> Value.of(number != 0);
            case FLOAT -> Value.of((float) number);
            case DOUBLE -> Value.of(number);
            case STRING -> Value.of(Double.toString(number));
            default -> of(BigDecimal.valueOf(number));
        };
    }

    /** An exact number as a value of this type. */
    Value of(BigDecimal number) {
        return switch (this) {
            case BOOLEAN -> Value.of(number.signum() != 0);
            case FLOAT -> Value.of(number.floatValue());
            case DOUBLE -> Value.of(number.doubleValue());
            case STRING -> Value.of(number.toPlainString());
            case DATE_TIME ->
                    new Value.Time(
                            Instant.ofEpochMilli(
                                    number.movePointRight(3)
                                            .setScale(0, RoundingMode.HALF_EVEN)
                                            .longValue()));
            default ->
                    Value.of(
                            number.setScale(0, RoundingMode.HALF_EVEN)
                                    .toBigInteger()
                                    .max(least)
                                    .min(most));
        };
    }

    /** A constant's text as a value of this type; what does not fit is malformed. */
    public Value parse(String text) {
        try {
            return switch (this) {
                case BOOLEAN -> parseBoolean(text);
                case STRING -> Value.of(text);
                case DATE_TIME -> new Value.Time(Instant.parse(text));
                case FLOAT -> Value.of(Float.parseFloat(text));
                case DOUBLE -> Value.of(Double.parseDouble(text));
                default -> parseInteger(text);
            };
        } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
            throw malformed(text);
        }
    }

    private Value parseBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Value.of(true);
            case "false", "0" -> Value.of(false);
            default -> throw malformed(text);
        };
    }

    private Value parseInteger(String text) {
        BigInteger number = new BigDecimal(text).toBigIntegerExact();
        if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            throw new MalformedException(
                    "'" + text + "' is out of range: " + word + " takes " + least + " to " + most);
        }
        return Value.of(number);
    }

    private MalformedException malformed(String text) {
        String wanted =
                switch (this) {
                    case BOOLEAN -> "true or false";
                    case STRING -> "text";
                    case DATE_TIME -> "a time such as 2026-01-01T00:00:00Z";
                    case FLOAT, DOUBLE -> "a number such as 1.5, or NaN";
                    default -> "a whole number from " + least + " to " + most;
                };
        return new MalformedException(word + " takes " + wanted + ", not '" + text + "'");
    }
}
