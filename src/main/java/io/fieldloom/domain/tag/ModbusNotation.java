package io.fieldloom.domain.tag;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads addresses in the notations of manuals and other programs, and says how each was understood:
 * off by one is the commonest mistake of all. Pure.
 *
 * <table>
 *   <caption>What is read</caption>
 *   <tr><th>text</th><th>is</th><th>counted</th></tr>
 *   <tr><td>{@code holding:0}, {@code holding:0x10:float32}</td><td>ours</td><td>from 0</td></tr>
 *   <tr><td>{@code 40001}, {@code 400001}</td><td>table digit and number</td><td>from 1</td></tr>
 *   <tr><td>{@code 4x00001}, {@code 4x1}, {@code 4:00001}, {@code 0x00001}</td><td>the same, apart</td>
 *       <td>from 1</td></tr>
 *   <tr><td>{@code HR0 IR0 DI0 CO0}</td><td>short names</td><td>from 0</td></tr>
 *   <tr><td>{@code %MW0 %IW0 %M0 %I0}</td><td>IEC 61131</td><td>from 0</td></tr>
 *   <tr><td>{@code 0x0010}, {@code 10h}</td><td>hexadecimal, of the given table</td>
 *       <td>from 0</td></tr>
 *   <tr><td>{@code 16}</td><td>a number, of the given table</td><td>as given</td></tr>
 * </table>
 *
 * Each may be followed by {@code .BIT} and {@code :TYPE:ORDER}.
 */
public final class ModbusNotation {
    private static final Pattern REST = Pattern.compile("([^.:]*(?:[:]\\d+)?)((?:[.:].*)?)");
    private static final Pattern OURS =
            Pattern.compile(
                    "(?i)(holding|input|coil|discrete):(0x[0-9a-f]{1,4}|[0-9a-f]{1,4}h|\\d{1,5})"
                            + "((?:[.:].*)?)");
    private static final Pattern TOGETHER = Pattern.compile("([0-9])(\\d{4,5})");
    private static final Pattern APART = Pattern.compile("(?i)([0134])[x:](\\d{1,6})");
    private static final Pattern NAMED =
            Pattern.compile("(?i)(hr|ir|di|co|%mw|%iw|%m|%i) ?(\\d{1,5})");
    private static final Pattern HEX = Pattern.compile("(?i)0x([0-9a-f]{1,4})|([0-9a-f]{1,4})h");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
    private static final int LAST = 65_536;

    private static final Map<String, Table> NAMES =
            Map.of(
                    "hr", Table.HOLDING,
                    "%mw", Table.HOLDING,
                    "ir", Table.INPUT,
                    "%iw", Table.INPUT,
                    "di", Table.DISCRETE,
                    "%i", Table.DISCRETE,
                    "co", Table.COIL,
                    "%m", Table.COIL);

    private ModbusNotation() {}

    /** What a bare number counts from. */
    public enum Base {
        ZERO,
        ONE
    }

    /**
     * An address and how it was understood.
     *
     * @param how {@code 40001 counted from 1 is holding:0}; empty where nothing was to be
     *     understood
     */
    public record Reading(ModbusAddress address, String how) {}

    /** Reads an address that names its table. */
    public static Reading parse(String text) {
        return parse(text, null, null);
    }

    /**
     * Reads an address.
     *
     * @param table of a bare or hexadecimal number, or null where such a number is malformed
     * @param base of a bare number; with a table only
     */
    public static Reading parse(String text, Table table, Base base) {
        String trimmed = text.strip();
        Matcher ours = OURS.matcher(trimmed);
        if (ours.matches()) {
            String number = ours.group(2);
            Matcher digits = HEX.matcher(number);
            boolean hex = digits.matches();
            String plain = hex ? String.valueOf(hexadecimal(digits)) : number;
            String word = ours.group(1).toLowerCase(Locale.ROOT);
            ModbusAddress address = ModbusAddress.parse(word + ":" + plain + ours.group(3));
            return new Reading(
                    address, hex ? understood(trimmed, "in hexadecimal, from 0,", address) : "");
        }
        Matcher parts = REST.matcher(trimmed);
        if (!parts.matches()) {
            throw malformed(text, "");
        }
        String number = parts.group(1);
        String rest = parts.group(2);
        Matcher apart = APART.matcher(number);
        // 0x0010 is hexadecimal, 0x00010 the manual's coil
        if (apart.matches() && !HEX.matcher(number).matches()) {
            return counted(text, apart.group(1), apart.group(2), rest);
        }
        Matcher together = TOGETHER.matcher(number);
        if (together.matches()) {
            return counted(text, together.group(1), together.group(2), rest);
        }
        Matcher named = NAMED.matcher(number);
        if (named.matches()) {
            Table of = NAMES.get(named.group(1).toLowerCase(Locale.ROOT));
            return at(text, of, Integer.parseInt(named.group(2)), rest, "counted from 0");
        }
        Matcher hex = HEX.matcher(number);
        if (table != null && hex.matches()) {
            return at(text, table, hexadecimal(hex), rest, "in hexadecimal, from 0,");
        }
        if (table != null && NUMBER.matcher(number).matches()) {
            int from = base == Base.ONE ? 1 : 0;
            return at(text, table, Integer.parseInt(number) - from, rest, "counted from " + from);
        }
        throw malformed(text, number);
    }

    /** Whether an address is in the project file's own notation, which needs no explanation. */
    public static boolean isOurs(String text) {
        Matcher ours = OURS.matcher(text);
        return ours.matches() && !HEX.matcher(ours.group(2)).matches();
    }

    private static int hexadecimal(Matcher hex) {
        return Integer.parseInt(hex.group(1) == null ? hex.group(2) : hex.group(1), 16);
    }

    /** Whether it looks like an address that {@link #parse(String)} reads. */
    public static boolean isLikely(String text) {
        Matcher parts = REST.matcher(text.strip());
        return OURS.matcher(text.strip()).matches()
                || parts.matches()
                        && (TOGETHER.matcher(parts.group(1)).matches()
                                || APART.matcher(parts.group(1)).matches()
                                || NAMED.matcher(parts.group(1)).matches());
    }

    private static Reading counted(String text, String digit, String number, String rest) {
        int oneBased = Integer.parseInt(number);
        for (Table table : Table.values()) {
            if (table.digit() == digit.charAt(0) - '0') {
                if (oneBased < 1 || oneBased > LAST) {
                    throw new MalformedException(
                            "'"
                                    + text
                                    + "' is not a Modbus address: the manual's numbers begin at "
                                    + table.digit()
                                    + "0001 and end at "
                                    + table.digit()
                                    + "65536");
                }
                return at(text, table, oneBased - 1, rest, "counted from 1");
            }
        }
        throw new MalformedException(
                "'"
                        + text
                        + "' is not a Modbus address: the manual's numbers begin with 0 (coils), 1"
                        + " (discrete inputs), 3 (input registers) or 4 (holding registers)");
    }

    private static Reading at(String text, Table table, int number, String rest, String how) {
        if (number < 0) {
            throw new MalformedException(
                    "'" + text + "' is not a Modbus address: counted from 1 there is no 0");
        }
        ModbusAddress address = ModbusAddress.parse(table.word() + ":" + number + rest);
        return new Reading(address, understood(text, how, address));
    }

    private static String understood(String text, String how, ModbusAddress address) {
        return text.strip() + " " + how + " is " + address.text();
    }

    private static MalformedException malformed(String text, String number) {
        String rule =
                "write TABLE:ADDRESS[.BIT][:TYPE[:ORDER]] with TABLE holding, input, coil or"
                        + " discrete, counted from 0, or 40001 as the manual does, counted from 1";
        if (HEX.matcher(number).matches()) {
            rule =
                    "a hexadecimal number does not say its table; write holding:"
                            + number
                            + " or input:"
                            + number
                            + ", counted from 0";
        } else if (NUMBER.matcher(number).matches()) {
            int zeroBased = Integer.parseInt(number);
            rule =
                    "a number alone does not say its table; write holding:"
                            + number
                            + " where the manual counts from 0, 4x"
                            + String.format(Locale.ROOT, "%05d", Math.max(1, zeroBased))
                            + " where it counts from 1";
        }
        return new MalformedException("'" + text + "' is not a Modbus address: " + rule);
    }
}
