package io.fieldloom.engine.project;

import io.fieldloom.domain.project.EditRefused;
import java.util.regex.Pattern;

/**
 * Writes texts as YAML scalars, so that this program and readers of YAML 1.1 and 1.2 all read the
 * same text back.
 */
final class Scalars {
    /** YAML ends a key that has no question mark after 1,024 characters. */
    static final int LONGEST_SIMPLE_KEY = 1_000;

    // Whatever YAML 1.1 or 1.2 could take for a number, a time or a date, and some more.
    private static final Pattern LIKE_A_NUMBER =
            Pattern.compile(
                    "[-+.]?[0-9][0-9a-fA-FxXoO_.,:+\\-]*([TtZ ].*)?|[-+]?\\.(inf|nan)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern LIKE_A_WORD =
            Pattern.compile("y|n|yes|no|on|off|true|false|null|~|=|<<", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(0|[1-9]\\d{0,40})(\\.\\d{1,40})?([eE][-+]?\\d{1,4})?");
    private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

    private Scalars() {}

    /** How a scalar is meant: text, or what must not stand in quotes. */
    enum Meaning {
        TEXT,
        /** A number, a truth value, a word or a duration. */
        BARE,
        /** The constant of a signal: bare where it is a number or a truth value, else text. */
        VALUE
    }

    /**
     * A scalar's text in the file.
     *
     * @param quote the quote to use where one is possible, {@link YamlNode#PLAIN} for none if it
     *     can be
     */
    static String render(String text, Meaning meaning, boolean flow, char quote) {
        boolean number =
                NUMBER.matcher(text).matches() || text.equals("true") || text.equals("false");
        boolean bare =
                switch (meaning) {
                    case BARE -> number || quote == YamlNode.PLAIN;
                    case VALUE -> number && quote == YamlNode.PLAIN;
                    case TEXT -> false;
                };
        if (bare) {
            return text;
        }
        if (hasLoneSurrogate(text)) {
            throw new EditRefused("a character of '" + text + "' cannot be saved as text");
        }
        boolean printable = isPrintable(text);
        if (quote == '\'' && printable) {
            return "'" + text.replace("'", "''") + "'";
        }
        if (quote == '"' || !printable || !isPlain(text, flow)) {
            return '"' + escaped(text) + '"';
        }
        return text;
    }

    /** Whether a text reads as itself without quotes, in any version of YAML. */
    private static boolean isPlain(String text, boolean flow) {
        if (text.isEmpty()
                || isSpace(text.charAt(0))
                || isSpace(text.charAt(text.length() - 1))
                || text.charAt(text.length() - 1) == ':'
                || INDICATORS.indexOf(text.charAt(0)) >= 0
                || text.startsWith("...")
                || text.contains(": ")
                || text.contains(" #")) {
            return false;
        }
        for (int at = 0; flow && at < text.length(); at++) {
            // Older readers end a plain scalar of a flow collection at any colon.
            if (",[]{}:".indexOf(text.charAt(at)) >= 0) {
                return false;
            }
        }
        return !LIKE_A_WORD.matcher(text).matches() && !LIKE_A_NUMBER.matcher(text).matches();
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isPrintable(String text) {
        return text.codePoints().allMatch(Scalars::isPrintable);
    }

    private static boolean isPrintable(int c) {
        return c >= 0x20
                && c != 0x7F
                && !(c >= 0x80 && c < 0xA0)
                && c != 0x2028
                && c != 0x2029
                && c != 0xFEFF
                && c != 0xFFFE
                && c != 0xFFFF;
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '"' -> out.append("\\\"");
                                case '\\' -> out.append("\\\\");
                                case '\n' -> out.append("\\n");
                                case '\r' -> out.append("\\r");
                                case '\t' -> out.append("\\t");
                                default -> {
                                    if (isPrintable(c)) {
                                        out.appendCodePoint(c);
                                    } else {
                                        out.append(String.format("\\u%04X", c));
                                    }
                                }
                            }
                        });
        return out.toString();
    }
}
