package io.fieldloom.engine.project;

import io.fieldloom.domain.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a value of the project file shall say, whatever its text looks like. */
sealed interface Spec {

    /**
     * One scalar.
     *
     * @param usual whether the file says nothing where it has this value anyway
     */
    record Scalar(String text, Scalars.Meaning meaning, boolean usual) implements Spec {}

    /** A list of texts. */
    record Items(List<String> texts) implements Spec {}

    /**
     * A map.
     *
     * @param compact whether a new one is written in braces, on one line
     * @param free whether its keys are names, and new ones go to the end
     */
    record Keys(Map<String, Spec> values, boolean compact, boolean free) implements Spec {
        Spec get(String key) {
            return values.get(key);
        }
    }

    /** Puts a map together; what is null is left out. */
    final class Builder {
        private final Map<String, Spec> values = new LinkedHashMap<>();

        Builder text(String key, String text) {
            return put(key, text == null ? null : new Scalar(text, Scalars.Meaning.TEXT, false));
        }

        Builder value(String key, String text) {
            return put(key, text == null ? null : new Scalar(text, Scalars.Meaning.VALUE, false));
        }

        /** A number, truth value, word or duration; the usual one need not be written. */
        Builder bare(String key, Object value, Object usual) {
            return put(
                    key,
                    value == null
                            ? null
                            : new Scalar(
                                    text(value),
                                    Scalars.Meaning.BARE,
                                    Objects.equals(value, usual)));
        }

        Builder bare(String key, Object value) {
            return bare(key, value, null);
        }

        Builder items(String key, List<String> texts) {
            return put(key, texts.isEmpty() ? null : new Items(texts));
        }

        Builder put(String key, Spec spec) {
            if (spec != null) {
                values.put(key, spec);
            }
            return this;
        }

        /** A record's map, in braces where it is new. */
        Keys compact() {
            return new Keys(values, true, false);
        }

        /** A record's map, one key a line where it is new. */
        Keys open() {
            return new Keys(values, false, false);
        }

        /** A map whose keys are names; null if there are none. */
        Keys named() {
            return values.isEmpty() ? null : new Keys(values, false, true);
        }

        private static String text(Object value) {
            if (value instanceof Duration duration) {
                return Durations.format(duration);
            }
            if (value instanceof Double number) {
                return text(number);
            }
            return value.toString();
        }

        private static String text(Double number) {
            BigDecimal exact = new BigDecimal(number.toString());
            String plain = exact.stripTrailingZeros().toPlainString();
            return plain.length() <= 20 ? plain : exact.toString();
        }
    }
}
