package io.fieldloom.domain.tag;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** What tag lists write for types, tables and numbers. Pure. */
public final class TagWords {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+([.,]\\d*)?|[.,]\\d+)([eE][+-]?\\d{1,3})?");
    private static final Pattern THOUSANDS = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");

    private TagWords() {}

    /** Our word for a type: {@code REAL} is {@code float32}; {@code bool} for a bit. */
    public static String type(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
        return switch (word) {
            case "bool", "boolean", "bit", "coil" -> "bool";
            case "uint16", "uint", "word", "u16", "unsigned16", "ushort", "unsigned" -> "uint16";
            case "int16", "int", "short", "s16", "i16", "signed16", "signed" -> "int16";
            case "uint32", "udint", "dword", "u32", "unsigned32" -> "uint32";
            case "int32", "dint", "long", "s32", "i32", "signed32" -> "int32";
            case "uint64", "ulint", "lword", "qword", "u64" -> "uint64";
            case "int64", "lint", "llong", "s64", "i64" -> "int64";
            case "float32", "float", "real", "f32", "single" -> "float32";
            case "float64", "double", "lreal", "f64" -> "float64";
            case "bcd", "bcd16" -> "bcd16";
            case "lbcd", "bcd32" -> "bcd32";
            default -> {
                if (word.matches("string\\[\\d+]")) {
                    yield word;
                }
                throw new MalformedException(
                        "'"
                                + text
                                + "' is not a type: write bool, int16, uint16, int32, uint32,"
                                + " int64, uint64, float32, float64, bcd16, bcd32 or"
                                + " string[REGISTERS]");
            }
        };
    }

    /** Our table for a word or a function code: {@code Holding Register}, {@code 4x}, {@code 3}. */
    public static Table table(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
        return switch (word) {
            case "holding", "holdingregister", "holdingregisters", "hr", "4x", "fc3", "fc03" ->
                    Table.HOLDING;
            case "input", "inputregister", "inputregisters", "ir", "3x", "fc4", "fc04" ->
                    Table.INPUT;
            case "coil", "coils", "co", "0x", "fc1", "fc01" -> Table.COIL;
            case "discrete", "discreteinput", "discreteinputs", "di", "1x", "fc2", "fc02" ->
                    Table.DISCRETE;
            default ->
                    throw new MalformedException(
                            "'"
                                    + text
                                    + "' is not a table: write holding, input, coil or discrete");
        };
    }

    public static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** A number with a decimal point or comma; one that may be a thousand is malformed. */
    public static BigDecimal number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new MalformedException("'" + text + "' is not a number: write 0.1 or 0,1");
        }
        if (THOUSANDS.matcher(text).matches()) {
            throw new MalformedException(
                    "'"
                            + text
                            + "' may be a thousand or a decimal comma: write "
                            + text.replace(",", "")
                            + " or "
                            + text.replace(',', '.'));
        }
        return new BigDecimal(text.replace(',', '.'));
    }
}
