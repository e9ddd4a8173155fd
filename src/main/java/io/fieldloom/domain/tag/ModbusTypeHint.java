package io.fieldloom.domain.tag;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.Spelling;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody meant with the type of another program or with a slip of the finger. It is said and
 * never taken: {@code int} has 16 bits in one program and 32 in the next. Pure.
 */
final class ModbusTypeHint {
    private static final Pattern TYPED =
            Pattern.compile("(?:holding|input):\\d{1,5}:([^:]+)(?::.*)?");
    private static final Pattern SIZED =
            Pattern.compile("str(?:ing)?[\\s_(\\[{:]*(\\d{1,3})[)\\]}]?");
    private static final Pattern ORDER = Pattern.compile("[A-H]{2,8}");

    private ModbusTypeHint() {}

    /** A hint about the type in an address that cannot be read otherwise. */
    static Optional<String> ofAddress(String text) {
        Matcher typed = TYPED.matcher(text);
        return typed.matches() ? of(typed.group(1)) : Optional.empty();
    }

    /** {@code did you mean float32?}, or empty where nobody knows. */
    static Optional<String> of(String word) {
        if (ORDER.matcher(word).matches()) {
            return Optional.of("write a TYPE before the ORDER, such as float32:" + word);
        }
        String lower = word.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("bool") || lower.equals("bit")) {
            return Optional.of("for one bit of the register write .BIT, such as holding:0.3");
        }
        return meant(lower).map(type -> "did you mean " + type + "?");
    }

    private static Optional<String> meant(String word) {
        Matcher sized = SIZED.matcher(word);
        if (sized.matches()) {
            return Optional.of("string[" + sized.group(1) + "]");
        }
        if (word.startsWith("str")) {
            return Optional.of("string[REGISTERS]");
        }
        return switch (word) {
            case "int", "integer" -> Optional.of("int16, or int32 for two registers");
            case "uint", "unsigned" -> Optional.of("uint16, or uint32 for two registers");
            default -> known(word);
        };
    }

    private static Optional<String> known(String word) {
        try {
            return Optional.of(TagWords.type(word)).filter(type -> !type.equals("bool"));
        } catch (MalformedException e) {
            return Spelling.nearest(
                    word,
                    Arrays.stream(Type.values())
                            .filter(type -> type != Type.BOOL && type != Type.STRING)
                            .map(Type::word)
                            .toList());
        }
    }
}
