package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import io.fieldloom.domain.tag.WholeRange;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Registers to values and back, every type and order of {@link ModbusAddress}. Pure and stateless.
 *
 * <p>Registers are their bytes as they lie on the wire, two to a register, high byte first. An
 * order's letters name those bytes one by one, {@code A} the most significant of the value: a
 * float32 of 1.0 is {@code 3F80 0000}, and lies as {@code 0000 3F80} in the order CDAB.
 */
public final class RegisterCodec {
    private static final Status NOT_BCD = Status.named("BadOutOfRange");

    private RegisterCodec() {}

    /**
     * @param value {@link Value#NONE} where the registers hold no value of the type
     * @param status {@code BadOutOfRange} for registers that are no binary-coded decimal
     */
    public record Decoded(Value value, Status status) {
        static Decoded good(Value value) {
            return new Decoded(value, Status.GOOD);
        }
    }

    /**
     * The value of an address in a register table.
     *
     * @param registers the bytes of some registers
     * @param offset where the address's first register begins in them, in bytes
     */
    public static Decoded decode(ModbusAddress address, byte[] registers, int offset) {
        if (address.type() == Type.BOOL) {
            int word = (registers[offset] & 0xFF) << 8 | registers[offset + 1] & 0xFF;
            return Decoded.good(Value.of((word >> address.bit() & 1) == 1));
        }
        int length = address.registers() * 2;
        if (address.type() == Type.STRING) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[place(address, i)] = registers[offset + i];
            }
            return Decoded.good(Value.of(text(bytes)));
        }
        long bits = 0;
        for (int i = 0; i < length; i++) {
            bits |= (registers[offset + i] & 0xFFL) << 8 * (length - 1 - place(address, i));
        }
        return switch (address.type()) {
            case UINT16, UINT32 -> Decoded.good(Value.of(bits));
            case INT16 -> Decoded.good(Value.of((long) (short) bits));
            case INT32 -> Decoded.good(Value.of((long) (int) bits));
            case UINT64 -> Decoded.good(Value.ofUnsigned(bits));
            case INT64 -> Decoded.good(Value.of(bits));
            case FLOAT32 -> Decoded.good(Value.of(Float.intBitsToFloat((int) bits)));
            case FLOAT64 -> Decoded.good(Value.of(Double.longBitsToDouble(bits)));
            case BCD16, BCD32 -> decimalDigits(bits, length);
            default -> throw new IllegalArgumentException("no registers: " + address.text());
        };
    }

    /**
     * The registers of a value, in bytes; {@code bool} has none of its own. A value that the type
     * cannot hold is malformed, with a message that says what it holds.
     */
    public static byte[] encode(ModbusAddress address, Value value) {
        byte[] bytes = new byte[address.registers() * 2];
        ByteBuffer number = ByteBuffer.wrap(bytes);
        switch (address.type()) {
            case UINT16, INT16 -> number.putShort((short) integer(address, value).intValue());
            case UINT32, INT32 -> number.putInt((int) integer(address, value).longValue());
            case UINT64, INT64 -> number.putLong(integer(address, value).longValue());
            case FLOAT32 -> number.putFloat(float32(address, value));
            case FLOAT64 -> number.putDouble(float64(address, value));
            case BCD16, BCD32 -> {
                String digits = integer(address, value).toString();
                digits = "0".repeat(bytes.length * 2 - digits.length()) + digits;
                for (int i = 0; i < bytes.length; i++) {
                    int high = digits.charAt(2 * i) - '0';
                    bytes[i] = (byte) (high << 4 | digits.charAt(2 * i + 1) - '0');
                }
            }
            case STRING -> {
                byte[] text = string(address, value).getBytes(StandardCharsets.UTF_8);
                if (text.length > bytes.length) {
                    throw misfit(address, value, "takes " + bytes.length + " bytes of text");
                }
                System.arraycopy(text, 0, bytes, 0, text.length);
            }
            default -> throw new IllegalArgumentException("no registers: " + address.text());
        }
        byte[] registers = new byte[bytes.length];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = bytes[place(address, i)];
        }
        return registers;
    }

    static MalformedException misfit(ModbusAddress address, Value value, String rule) {
        return new MalformedException(
                address.text()
                        + " cannot hold "
                        + spoken(value)
                        + ": "
                        + address.type().word()
                        + " "
                        + rule);
    }

    /** Where the i-th byte on the wire belongs in the value. */
    private static int place(ModbusAddress address, int i) {
        if (address.type() == Type.STRING) {
            return address.order().equals("BA") ? i ^ 1 : i;
        }
        return address.order().charAt(i) - 'A';
    }

    private static BigInteger integer(ModbusAddress address, Value value) {
        WholeRange range = WholeRange.of(address.type()).orElseThrow();
        String rule = "takes whole numbers from " + range.words();
        BigInteger whole;
        if (value instanceof Value.Enumerated state) {
            whole = BigInteger.valueOf(state.number());
        } else if (value instanceof Value.Bool bool) {
            whole = bool.value() ? BigInteger.ONE : BigInteger.ZERO;
        } else if (value instanceof Value.Numeric number && number.isFinite()) {
            BigDecimal decimal = number.decimal();
            if (decimal.stripTrailingZeros().scale() > 0) {
                throw misfit(address, value, rule);
            }
            whole = decimal.toBigIntegerExact();
        } else {
            throw misfit(address, value, rule);
        }
        if (!range.holds(whole)) {
            throw misfit(address, value, rule);
        }
        return whole;
    }

    private static float float32(ModbusAddress address, Value value) {
        if (value instanceof Value.Float32 exact) {
            return exact.value();
        }
        double number = float64(address, value);
        float nearest =
                value instanceof Value.Numeric exact && exact.isFinite()
                        ? exact.decimal().floatValue()
                        : (float) number;
        if (Float.isInfinite(nearest) && Double.isFinite(number)) {
            throw misfit(address, value, "takes numbers up to " + Float.MAX_VALUE);
        }
        return nearest;
    }

    private static double float64(ModbusAddress address, Value value) {
        if (value instanceof Value.Numeric number) {
            double nearest = number.asDouble();
            if (Double.isInfinite(nearest) && number.isFinite()) {
                throw misfit(address, value, "takes numbers up to " + Double.MAX_VALUE);
            }
            return nearest;
        }
        if (value instanceof Value.Enumerated state) {
            return state.number();
        }
        throw misfit(address, value, "takes numbers");
    }

    private static String string(ModbusAddress address, Value value) {
        if (value instanceof Value.Text text) {
            return text.value();
        }
        if (value instanceof Value.Enumerated state) {
            return state.name();
        }
        if (value instanceof Value.Numeric number && number.isFinite()) {
            return number.decimal().toPlainString();
        }
        throw misfit(address, value, "takes text");
    }

    private static Decoded decimalDigits(long bits, int bytes) {
        long number = 0;
        for (int digit = 2 * bytes - 1; digit >= 0; digit--) {
            long next = bits >> 4 * digit & 0xF;
            if (next > 9) {
                return new Decoded(Value.NONE, NOT_BCD);
            }
            number = number * 10 + next;
        }
        return Decoded.good(Value.of(number));
    }

    /** UTF-8, else Latin-1: each byte has a character there, so nothing the device says is lost. */
    private static String text(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        byte[] used = Arrays.copyOf(bytes, length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(used)).toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(used, StandardCharsets.ISO_8859_1);
        }
    }

    private static String spoken(Value value) {
        if (value instanceof Value.Numeric number && number.isFinite()) {
            return number.decimal().toPlainString();
        }
        if (value instanceof Value.Text text) {
            return "'" + text.value() + "'";
        }
        if (value instanceof Value.Numeric number) {
            return Double.toString(number.asDouble());
        }
        if (value instanceof Value.Bool bool) {
            return Boolean.toString(bool.value());
        }
        return value == Value.NONE ? "no value" : value.toString();
    }
}
