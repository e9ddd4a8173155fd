package io.fieldloom.domain.namespace;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How levels of a topic are spelt by convention, and how people sort them. Pure. */
public final class Naming {
    /** As people sort names: without regard to case, and {@code line-2} before {@code line-10}. */
    public static final Comparator<String> NATURAL = Naming::compareNaturally;

    private Naming() {}

    /**
     * A name in lower case with hyphens: {@code SteamPressure} becomes {@code steam-pressure},
     * {@code Filler01} {@code filler-01}, {@code Capper 1} {@code capper-1}. What no letter or
     * digit is left of stays as it was.
     */
    public static String kebab(String name) {
        StringBuilder out = new StringBuilder(name.length() + 4);
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            if (!Character.isLetterOrDigit(c)) {
                hyphen(out);
                continue;
            }
            if (at > 0 && startsWord(name, at)) {
                hyphen(out);
            }
            out.append(c);
        }
        while (out.length() > 0 && out.charAt(out.length() - 1) == '-') {
            out.setLength(out.length() - 1);
        }
        return out.length() == 0 ? name : out.toString().toLowerCase(Locale.ROOT);
    }

    /**
     * What in a level's name is against the convention, for names that people type by hand and
     * programs compare letter by letter: {@code a space}, {@code a capital letter}, or both.
     */
    public static Optional<String> styleFault(String name) {
        boolean space = name.chars().anyMatch(Character::isWhitespace);
        boolean capital = name.chars().anyMatch(Character::isUpperCase);
        if (space && capital) {
            return Optional.of("a space and a capital letter");
        }
        return space
                ? Optional.of("a space")
                : capital ? Optional.of("a capital letter") : Optional.empty();
    }

    private static void hyphen(StringBuilder out) {
        if (out.length() > 0 && out.charAt(out.length() - 1) != '-') {
            out.append('-');
        }
    }

    private static boolean startsWord(String name, int at) {
        char before = name.charAt(at - 1);
        char c = name.charAt(at);
        if (Character.isDigit(c)) {
            return Character.isLetter(before) && endsWord(name, at);
        }
        if (Character.isUpperCase(c)) {
            boolean lowerNext =
                    at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1));
            return Character.isLowerCase(before)
                    || Character.isUpperCase(before) && lowerNext
                    || Character.isDigit(before) && lowerNext;
        }
        return false;
    }

    /**
     * Whether the letters before a digit are a word of their own: {@code Filler01}, but not {@code
     * H2} or {@code x1}.
     */
    private static boolean endsWord(String name, int at) {
        int letters = 0;
        for (int back = at - 1; back >= 0 && Character.isLetter(name.charAt(back)); back--) {
            letters++;
        }
        return letters > 1;
    }

    private static int compareNaturally(String one, String two) {
        int a = 0;
        int b = 0;
        while (a < one.length() && b < two.length()) {
            char x = one.charAt(a);
            char y = two.charAt(b);
            if (isDigit(x) && isDigit(y)) {
                int aEnd = endOfDigits(one, a);
                int bEnd = endOfDigits(two, b);
                int byNumber = compareDigits(one, a, aEnd, two, b, bEnd);
                if (byNumber != 0) {
                    return byNumber;
                }
                a = aEnd;
                b = bEnd;
                continue;
            }
            int byLetter = Character.compare(Character.toLowerCase(x), Character.toLowerCase(y));
            if (byLetter != 0) {
                return byLetter;
            }
            a++;
            b++;
        }
        int byLength = Integer.compare(one.length() - a, two.length() - b);
        return byLength != 0 ? byLength : one.compareTo(two);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int endOfDigits(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int compareDigits(String one, int a, int aEnd, String two, int b, int bEnd) {
        int x = a;
        int y = b;
        while (x < aEnd - 1 && one.charAt(x) == '0') {
            x++;
        }
        while (y < bEnd - 1 && two.charAt(y) == '0') {
            y++;
        }
        if (aEnd - x != bEnd - y) {
            return Integer.compare(aEnd - x, bEnd - y);
        }
        for (; x < aEnd; x++, y++) {
            if (one.charAt(x) != two.charAt(y)) {
                return Character.compare(one.charAt(x), two.charAt(y));
            }
        }
        return 0;
    }
}
