package io.fieldloom.engine.device.opcua;

import java.util.List;
import java.util.Map;

/** A type as a type dictionary describes it. */
sealed interface DictionaryType {

    /**
     * What a dictionary calls a type.
     *
     * @param namespace the target namespace of the dictionary that has it
     */
    record Name(String namespace, String local) {
        @Override
        public String toString() {
            return local + " of " + namespace;
        }
    }

    /** Fields, one after the other as they travel. */
    record Structure(String name, List<Field> fields) implements DictionaryType {
        public Structure {
            fields = List.copyOf(fields);
        }

        /** Whether a field only says how long another is, or whether another is there. */
        boolean isBookkeeping(Field field) {
            return field.isPadding()
                    || fields.stream()
                            .anyMatch(
                                    other ->
                                            field.name().equals(other.lengthField())
                                                    || other.condition() != null
                                                            && field.name()
                                                                    .equals(
                                                                            other.condition()
                                                                                    .field()));
        }
    }

    record Enumeration(int bits, Map<Long, String> names) implements DictionaryType {
        public Enumeration {
            names = Map.copyOf(names);
        }
    }

    /** Bits of which nothing more is known. */
    record Opaque(int bits) implements DictionaryType {}

    /**
     * @param length how many there are, of bits and of fixed arrays; 0 for a single one
     * @param lengthField the earlier field that says how many; null for none
     * @param condition when it is there; null for always
     */
    record Field(String name, Name type, int length, String lengthField, Condition condition) {
        boolean isBits() {
            return type.namespace().equals(TypeDictionary.SCHEMA) && type.local().equals("Bit");
        }

        boolean isPadding() {
            return isBits() && name.startsWith("Reserved");
        }
    }

    /**
     * The condition of an optional field or of one member of a union.
     *
     * @param operand {@code Equals} and so on; null for "not zero"
     */
    record Condition(String field, String operand, long value) {
        boolean holds(long actual) {
            if (operand == null) {
                return actual != 0;
            }
            return switch (operand) {
                case "Equals" -> actual == value;
                case "NotEqual" -> actual != value;
                case "GreaterThan" -> actual > value;
                case "LessThan" -> actual < value;
                case "GreaterThanOrEqual" -> actual >= value;
                case "LessThanOrEqual" -> actual <= value;
                default -> throw new IllegalArgumentException("unknown SwitchOperand " + operand);
            };
        }
    }
}
