package io.fieldloom.domain.tag;

import io.fieldloom.domain.MalformedException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Several values of one type in a row, which travel in one request: {@code holding:10[3]}, {@code
 * holding:10[2]:float32:CDAB}, {@code coil:3[8]}. Tags are single values and have none.
 *
 * @param first the first of them
 * @param count how many, 1 at least
 */
public record ModbusArray(ModbusAddress first, int count) {
    private static final Pattern FORM =
            Pattern.compile("((?:holding|input|coil|discrete):\\d{1,5})\\[(\\d{1,4})](:.*)?");
    private static final int MOST_REGISTERS = 123; // Modbus Application Protocol V1.1b3, 6.12
    private static final int MOST_BITS = 1968; // 6.11
    private static final int END = 0x10000;

    /** Whether it means several values. */
    public static boolean isArray(String text) {
        return FORM.matcher(text).matches();
    }

    /** Reads an address with a count; a malformed one says what is wrong with it. */
    public static ModbusArray parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            throw malformed(text, "write TABLE:ADDRESS[COUNT][:TYPE[:ORDER]]");
        }
        String type = match.group(3) == null ? "" : match.group(3);
        ModbusAddress first = ModbusAddress.parse(match.group(1) + type);
        if (first.type() == ModbusAddress.Type.STRING) {
            throw malformed(text, "a string is no array");
        }
        int count = Integer.parseInt(match.group(2));
        int most = first.table().isRegisters() ? MOST_REGISTERS / first.registers() : MOST_BITS;
        if (count < 1 || count > most) {
            throw malformed(text, "write 1 to " + most + " of them");
        }
        if (first.address() + count * first.registers() > END) {
            throw malformed(text, "it would end after address 65535");
        }
        return new ModbusArray(first, count);
    }

    /** The single values, in order. */
    public List<ModbusAddress> elements() {
        return IntStream.range(0, count)
                .mapToObj(
                        at ->
                                new ModbusAddress(
                                        first.table(),
                                        first.address() + at * first.registers(),
                                        -1,
                                        first.type(),
                                        first.registers(),
                                        first.order()))
                .toList();
    }

    private static MalformedException malformed(String text, String rule) {
        return new MalformedException(
                String.format(Locale.ROOT, "'%s' is not a Modbus address: %s", text, rule));
    }
}
