package io.fieldloom.domain.tag;

import io.fieldloom.domain.MalformedException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Modbus address: {@code TABLE:ADDRESS[.BIT][:TYPE[:ORDER]]}, zero-based as on the wire.
 *
 * @param table which of the four tables
 * @param address first register or bit, 0..65535
 * @param bit bit in the register, 0 the least significant; -1 for none
 * @param type how the registers are read
 * @param registers how many registers the value takes (1 for a coil or discrete input)
 * @param order the bytes as they lie in the registers, {@code A} the most significant of the value
 */
public record ModbusAddress(
        Table table, int address, int bit, Type type, int registers, String order) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(holding|input|coil|discrete):(\\d{1,5})(?:\\.(\\d{1,2}))?"
                            + "(?::([a-z]+\\d*)(?:\\[(\\d{1,3})])?(?::([A-H]+))?)?");
    private static final int LAST = 65535;
    private static final int MOST_REGISTERS = 125;

    public ModbusAddress {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(order, "order");
    }

    /** The four tables of the Modbus data model (Modbus Application Protocol V1.1b3, 4.3). */
    public enum Table {
        HOLDING("holding", 4),
        INPUT("input", 3),
        COIL("coil", 0),
        DISCRETE("discrete", 1);

        private final String word;
        private final int digit;

        Table(String word, int digit) {
            this.word = word;
            this.digit = digit;
        }

        public String word() {
            return word;
        }

        /** Holding and input: 16-bit registers; the others single bits. */
        public boolean isRegisters() {
            return this == HOLDING || this == INPUT;
        }

        public boolean isWritable() {
            return this == HOLDING || this == COIL;
        }

        /** Leading digit of the manual's notation: 4 in {@code 40001}. */
        public int digit() {
            return digit;
        }
    }

    /** How the registers of a value are read; the word is the one of the address. */
    public enum Type {
        BOOL("bool", 1, ""),
        UINT16("uint16", 1, "AB"),
        INT16("int16", 1, "AB"),
        UINT32("uint32", 2, "ABCD"),
        INT32("int32", 2, "ABCD"),
        UINT64("uint64", 4, "ABCDEFGH"),
        INT64("int64", 4, "ABCDEFGH"),
        FLOAT32("float32", 2, "ABCD"),
        FLOAT64("float64", 4, "ABCDEFGH"),
        BCD16("bcd16", 1, "AB"),
        BCD32("bcd32", 2, "ABCD"),
        STRING("string", 0, "AB");

        private final String word;
        private final int registers;
        private final String firstOrder;

        Type(String word, int registers, String firstOrder) {
            this.word = word;
            this.registers = registers;
            this.firstOrder = firstOrder;
        }

        public String word() {
            return word;
        }

        /** How many registers a value takes; 0 for a string, whose address says it. */
        public int registers() {
            return registers;
        }

        /** Orders that this type accepts, the default first; none for {@code bool}. */
        public List<String> orders() {
            return switch (firstOrder.length()) {
                case 2 -> List.of("AB", "BA");
                case 4 -> List.of("ABCD", "CDAB", "BADC", "DCBA");
                case 8 -> List.of("ABCDEFGH", "GHEFCDAB", "BADCFEHG", "HGFEDCBA");
                default -> List.of();
            };
        }
    }

    /** Reads an address; a malformed one says what is wrong with it. */
    public static ModbusAddress parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            throw malformed(
                    text,
                    ModbusTypeHint.ofAddress(text)
                            .orElse(
                                    "write TABLE:ADDRESS[.BIT][:TYPE[:ORDER]] with TABLE holding,"
                                            + " input, coil or discrete"));
        }
        Table table = Table.valueOf(match.group(1).toUpperCase(Locale.ROOT));
        int address = Integer.parseInt(match.group(2));
        if (address > LAST) {
            throw malformed(text, "an address is 0 to 65535, zero-based as on the wire");
        }
        int bit = match.group(3) == null ? -1 : Integer.parseInt(match.group(3));
        String typeWord = match.group(4);
        if (bit >= 0 && !table.isRegisters()) {
            throw malformed(text, "only a register has bits");
        }
        if (bit > 15) {
            throw malformed(text, "a bit is 0 to 15");
        }
        if (!table.isRegisters() || bit >= 0) {
            if (typeWord != null) {
                throw malformed(text, "coils, discrete inputs and bits are bool and take no TYPE");
            }
            return new ModbusAddress(table, address, bit, Type.BOOL, 1, "");
        }
        Type type = typeWord == null ? Type.UINT16 : type(text, typeWord);
        int registers = registers(text, type, match.group(5));
        if (address + registers - 1 > LAST) {
            throw malformed(text, "the value would end after register 65535");
        }
        String order = match.group(6);
        if (order == null) {
            order = type.orders().get(0);
        } else if (!type.orders().contains(order)) {
            throw malformed(
                    text, "ORDER of " + type.word() + " is " + String.join(", ", type.orders()));
        }
        return new ModbusAddress(table, address, -1, type, registers, order);
    }

    private static Type type(String text, String word) {
        for (Type type : Type.values()) {
            if (type.word().equals(word) && type != Type.BOOL) {
                return type;
            }
        }
        throw malformed(
                text,
                ModbusTypeHint.of(word)
                        .orElse(
                                "TYPE is uint16, int16, uint32, int32, uint64, int64, float32,"
                                        + " float64, bcd16, bcd32 or string[REGISTERS]"));
    }

    private static int registers(String text, Type type, String length) {
        if (type != Type.STRING) {
            if (length != null) {
                throw malformed(text, "only string takes a length");
            }
            return type.registers;
        }
        int registers = length == null ? 0 : Integer.parseInt(length);
        if (registers < 1 || registers > MOST_REGISTERS) {
            throw malformed(text, "write string[REGISTERS] with 1 to 125 registers");
        }
        return registers;
    }

    /**
     * This address with its type written beside it, as a simulator's register may have it: a plain
     * register takes any type, whatever has a type already only the same again.
     */
    public ModbusAddress as(String typeWord) {
        if (type.word().equals(typeWord) || text().endsWith(":" + typeWord)) {
            return this;
        }
        boolean plain = type == Type.UINT16 && order.equals(type.orders().get(0));
        if (!plain) {
            throw new MalformedException(
                    "'" + text() + "' is " + type.word() + " already, not " + typeWord);
        }
        return parse(table.word() + ":" + address + (bit < 0 ? "" : "." + bit) + ":" + typeWord);
    }

    /** The canonical text, defaults left out; {@link #parse} reads it back. */
    public String text() {
        StringBuilder out = new StringBuilder(table.word()).append(':').append(address);
        if (bit >= 0) {
            out.append('.').append(bit);
        }
        if (type != Type.BOOL) {
            boolean plainOrder = order.equals(type.orders().get(0));
            if (type == Type.STRING) {
                out.append(":string[").append(registers).append(']');
            } else if (type != Type.UINT16 || !plainOrder) {
                out.append(':').append(type.word());
            }
            if (!plainOrder) {
                out.append(':').append(order);
            }
        }
        return out.toString();
    }

    /** The notation of manuals, one-based with the table's digit: {@code 40001}, {@code 400001}. */
    public String manualNotation() {
        int oneBased = address + 1;
        String digits = oneBased > 9999 ? "%05d" : "%04d";
        return table.digit() + String.format(Locale.ROOT, digits, oneBased);
    }

    private static MalformedException malformed(String text, String rule) {
        return new MalformedException("'" + text + "' is not a Modbus address: " + rule);
    }
}
