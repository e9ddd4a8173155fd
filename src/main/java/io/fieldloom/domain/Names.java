package io.fieldloom.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names of devices, tags, brokers and simulators: letters, digits, {@code . _ -}. */
public final class Names {
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}._-]+");

    private Names() {}

    /** Why a text is no name, or empty when it is one. */
    public static Optional<String> fault(String name) {
        if (name.isEmpty()) {
            return Optional.of("a name has at least one character");
        }
        return FORM.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(
                        "'" + name + "' is not a name: use letters, digits, '.', '_' and '-'");
    }

    /** The same text with {@code _} where a character does not belong in a name. */
    public static String fit(String text) {
        return text.strip().replaceAll("[^\\p{L}\\p{N}._-]+", "_");
    }
}
