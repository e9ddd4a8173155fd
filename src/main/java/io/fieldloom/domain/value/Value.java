package io.fieldloom.domain.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One value of a tag, free of any protocol's types. Immutable; equality is by content, so that
 * report by exception can ask {@code equals}. Integers are exact to 64 bits, signed or not.
 */
public sealed interface Value {

    /** Nothing was ever read. */
    Value NONE = new None();

    /** The absence of a value. */
    record None() implements Value {}

    record Bool(boolean value) implements Value {}

    /** Any integer that fits a signed 64-bit word. */
    record Int(long value) implements Numeric {
        @Override
        public BigDecimal decimal() {
            return BigDecimal.valueOf(value);
        }

        @Override
        public double asDouble() {
            return value;
        }
    }

    /** An unsigned 64-bit integer above {@link Long#MAX_VALUE}; smaller ones are {@link Int}. */
    record Big(BigInteger value) implements Numeric {
        public Big {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public BigDecimal decimal() {
            return new BigDecimal(value);
        }

        @Override
        public double asDouble() {
            return value.doubleValue();
        }
    }

    /** A 32-bit float; written as the shortest text that reads back to the same float. */
    record Float32(float value) implements Numeric {
        private static final int MOST_DIGITS = 9;

        @Override
        public BigDecimal decimal() {
            BigDecimal exact = new BigDecimal(value);
            for (int digits = 1; digits < MOST_DIGITS; digits++) {
                BigDecimal shorter = exact.round(new MathContext(digits));
                if (shorter.floatValue() == value) {
                    return shorter;
                }
            }
            return exact.round(new MathContext(MOST_DIGITS));
        }

        /** The double of the shortest text, so that 0.1f is 0.1 and not 0.10000000149. */
        @Override
        public double asDouble() {
            return Float.isFinite(value) ? decimal().doubleValue() : value;
        }
    }

    record Float64(double value) implements Numeric {
        @Override
        public BigDecimal decimal() {
            return new BigDecimal(Double.toString(value));
        }

        @Override
        public double asDouble() {
            return value;
        }
    }

    /** An exact decimal, what scale, offset and rounding make. Trailing zeros do not count. */
    record Decimal(BigDecimal value) implements Numeric {
        public Decimal {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }

        @Override
        public BigDecimal decimal() {
            return value;
        }

        @Override
        public double asDouble() {
            return value.doubleValue();
        }
    }

    record Text(String value) implements Value {
        public Text {
            Objects.requireNonNull(value, "value");
        }
    }

    /** A byte string. The array is copied on the way in and out. */
    record Bytes(byte[] value) implements Value {
        public Bytes {
            value = value.clone();
        }

        @Override
        public byte[] value() {
            return value.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bytes[" + value.length + "]";
        }
    }

    record Time(Instant value) implements Value {
        public Time {
            Objects.requireNonNull(value, "value");
        }
    }

    /** An enumeration: its number on the wire and its name, published by name. */
    record Enumerated(long number, String name) implements Value {
        public Enumerated {
            Objects.requireNonNull(name, "name");
        }
    }

    /** A structure: its type's name and its fields in the order of the type's definition. */
    record Structure(String type, Map<String, Value> fields) implements Value {
        public Structure {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** A one-dimensional array; a matrix is an array of arrays. */
    record Array(List<Value> elements) implements Value {
        public Array {
            elements = Collections.unmodifiableList(new ArrayList<>(elements));
        }
    }

    /** A value that arithmetic may take. */
    sealed interface Numeric extends Value {
        /** The exact decimal of a finite number; a NaN or an infinity throws. */
        BigDecimal decimal();

        /** The nearest double; NaN and infinities stay what they are. */
        double asDouble();

        /** Neither NaN nor infinite. */
        default boolean isFinite() {
            return Double.isFinite(asDouble()) || this instanceof Decimal || this instanceof Big;
        }
    }

    static Value of(boolean value) {
        return new Bool(value);
    }

    static Value of(long value) {
        return new Int(value);
    }

    static Value of(double value) {
        return new Float64(value);
    }

    static Value of(float value) {
        return new Float32(value);
    }

    static Value of(String value) {
        return new Text(value);
    }

    /** An unsigned 64-bit word, given by its bits. */
    static Value ofUnsigned(long bits) {
        return bits >= 0 ? new Int(bits) : new Big(new BigInteger(Long.toUnsignedString(bits)));
    }

    /** An integer of any size: {@link Int} where it fits, else {@link Big}. */
    static Value of(BigInteger value) {
        return value.bitLength() < Long.SIZE ? new Int(value.longValue()) : new Big(value);
    }
}
