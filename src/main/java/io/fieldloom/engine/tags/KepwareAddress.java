package io.fieldloom.engine.tags;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusNotation;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kepware's addresses and data types of Modbus devices. Pure. */
final class KepwareAddress {
    private static final Pattern ADDRESS =
            Pattern.compile("([0134])(\\d{4,5})(?:\\.(\\d{1,3}))?([HL])?");

    /** The types as the table of tags names them; the project as JSON has the numbers. */
    private static final Map<String, Integer> TYPES =
            Map.ofEntries(
                    Map.entry("default", -1),
                    Map.entry("string", 0),
                    Map.entry("boolean", 1),
                    Map.entry("char", 2),
                    Map.entry("byte", 3),
                    Map.entry("short", 4),
                    Map.entry("word", 5),
                    Map.entry("long", 6),
                    Map.entry("dword", 7),
                    Map.entry("float", 8),
                    Map.entry("double", 9),
                    Map.entry("bcd", 10),
                    Map.entry("lbcd", 11),
                    Map.entry("date", 12),
                    Map.entry("llong", 13),
                    Map.entry("qword", 14));

    private KepwareAddress() {}

    /** What a device's settings say about all of its tags. */
    record Settings(boolean firstWordLow, boolean firstDwordLow, boolean highByteFirst, int base) {
        /** As Kepware makes a device. */
        static final Settings USUAL = new Settings(true, true, true, 1);

        /** The same for a device that sends the first word of a value first. */
        static final Settings FIRST_WORD_HIGH = new Settings(false, false, true, 1);
    }

    /** The number of a type; a type that is not known is malformed. */
    static int type(String name) {
        Integer code = TYPES.get(name.strip().toLowerCase(Locale.ROOT));
        if (code == null) {
            throw new MalformedException(
                    "its data type '"
                            + name
                            + "' has no counterpart here"
                            + (name.toLowerCase(Locale.ROOT).contains("array")
                                    ? "; make a tag of each element"
                                    : ""));
        }
        return code;
    }

    /** Our address for one of theirs. */
    static String of(String text, int code, Settings settings) {
        Matcher match = ADDRESS.matcher(text.strip());
        if (!match.matches()) {
            throw new MalformedException(
                    "'"
                            + text
                            + "' has no counterpart here: Modbus addresses there are such as 400001"
                            + " or 400001.3");
        }
        int number = Integer.parseInt(match.group(2));
        String oneBased = match.group(1) + pad(settings.base() == 1 ? number : number + 1);
        String after = match.group(3);
        ModbusAddress plain = ModbusNotation.parse(oneBased).address();
        if (!plain.table().isRegisters()) {
            return plain.text();
        }
        String base = plain.table().word() + ":" + plain.address();
        if (code == 0 && after != null) {
            int registers = (Integer.parseInt(after) + 1) / 2;
            return ModbusAddress.parse(base + ":string[" + registers + "]" + order16(settings))
                    .text();
        }
        if (after != null) {
            return ModbusAddress.parse(base + "." + after).text();
        }
        return ModbusAddress.parse(base + type(code, settings)).text();
    }

    private static String pad(int number) {
        return number > 9999 ? "%05d".formatted(number) : "%04d".formatted(number);
    }

    private static String type(int code, Settings settings) {
        String order16 = order16(settings);
        String order32 = order32(settings);
        String order64 = order64(settings);
        return switch (code) {
            case -1, 5 -> ":uint16" + order16;
            case 4 -> ":int16" + order16;
            case 6 -> ":int32" + order32;
            case 7 -> ":uint32" + order32;
            case 8 -> ":float32" + order32;
            case 9 -> ":float64" + order64;
            case 10 -> ":bcd16" + order16;
            case 11 -> ":bcd32" + order32;
            case 13 -> ":int64" + order64;
            case 14 -> ":uint64" + order64;
            case 1 ->
                    throw new MalformedException(
                            "a Boolean in a register needs its bit: .0 to .15");
            default ->
                    throw new MalformedException("its data type (" + code + ") is not known here");
        };
    }

    private static String order16(Settings settings) {
        return settings.highByteFirst() ? "" : ":BA";
    }

    private static String order32(Settings settings) {
        if (settings.highByteFirst()) {
            return settings.firstWordLow() ? ":CDAB" : ":ABCD";
        }
        return settings.firstWordLow() ? ":DCBA" : ":BADC";
    }

    private static String order64(Settings settings) {
        if (settings.firstWordLow() != settings.firstDwordLow()) {
            throw new MalformedException(
                    "its first word and first double word differ in order, which no order here"
                            + " says");
        }
        if (settings.highByteFirst()) {
            return settings.firstWordLow() ? ":GHEFCDAB" : ":ABCDEFGH";
        }
        return settings.firstWordLow() ? ":HGFEDCBA" : ":BADCFEHG";
    }
}
