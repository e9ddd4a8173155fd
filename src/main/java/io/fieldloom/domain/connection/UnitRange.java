package io.fieldloom.domain.connection;

import io.fieldloom.domain.MalformedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Modbus unit ids to look for: {@code 7}, {@code 1-32}.
 *
 * @param first 0 to 255
 * @param last inclusive
 */
public record UnitRange(int first, int last) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3})(?:\\s*-\\s*(\\d{1,3}))?");
    private static final int LAST = 255;

    /** Reads one or two numbers; what will not do says why. */
    public static UnitRange parse(String text) {
        Matcher match = FORM.matcher(text.strip());
        if (!match.matches()) {
            throw new MalformedException("'" + text + "' are no unit ids: write 7 or 1-32");
        }
        int first = Integer.parseInt(match.group(1));
        int last = match.group(2) == null ? first : Integer.parseInt(match.group(2));
        if (first > last || last > LAST) {
            throw new MalformedException("'" + text + "' are no unit ids: they are 0 to 255");
        }
        return new UnitRange(first, last);
    }

    public int count() {
        return last - first + 1;
    }
}
