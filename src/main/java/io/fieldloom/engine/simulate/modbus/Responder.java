package io.fieldloom.engine.simulate.modbus;

import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.engine.simulate.modbus.RegisterImage.Refusal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Answers requests out of a {@link RegisterImage}: functions 1 to 6, 15, 16, 22 and 23 (Modbus
 * Application Protocol V1.1b3, section 6). Thread-safe, stateless.
 */
final class Responder {
    private static final int MOST_READ_BITS = 2000;
    private static final int MOST_READ_REGISTERS = 125;
    private static final int MOST_WRITE_BITS = 1968;
    private static final int MOST_WRITE_REGISTERS = 123;
    private static final int COIL_ON = 0xFF00;

    private final RegisterImage image;

    Responder(RegisterImage image) {
        this.image = image;
    }

    /** Function code and data in, function code and data out; a refusal is an exception answer. */
    byte[] answer(byte[] request) {
        int function = request[0] & 0xFF;
        try {
            return answer(function, ByteBuffer.wrap(request, 1, request.length - 1), request);
        } catch (Refusal refusal) {
            return new byte[] {(byte) (function | 0x80), (byte) refusal.code()};
        } catch (BufferUnderflowException tooShort) {
            return new byte[] {(byte) (function | 0x80), Refusal.ILLEGAL_DATA_VALUE};
        }
    }

    private byte[] answer(int function, ByteBuffer in, byte[] request) throws Refusal {
        return switch (function) {
            case 1 -> readBits(function, Table.COIL, in);
            case 2 -> readBits(function, Table.DISCRETE, in);
            case 3 -> readRegisters(function, Table.HOLDING, in);
            case 4 -> readRegisters(function, Table.INPUT, in);
            case 5 -> {
                int address = word(in);
                int state = word(in);
                check(state == 0 || state == COIL_ON);
                image.write(Table.COIL, address, new int[] {state == COIL_ON ? 1 : 0});
                yield request;
            }
            case 6 -> {
                image.write(Table.HOLDING, word(in), new int[] {word(in)});
                yield request;
            }
            case 15 -> {
                int address = word(in);
                int count = count(in, MOST_WRITE_BITS);
                check((in.get() & 0xFF) == (count + 7) / 8);
                image.write(Table.COIL, address, bits(in, count));
                yield Arrays.copyOf(request, 5);
            }
            case 16 -> {
                int address = word(in);
                int count = count(in, MOST_WRITE_REGISTERS);
                check((in.get() & 0xFF) == count * 2);
                image.write(Table.HOLDING, address, words(in, count));
                yield Arrays.copyOf(request, 5);
            }
            case 22 -> {
                image.mask(word(in), word(in), word(in));
                yield request;
            }
            case 23 -> {
                int readFrom = word(in);
                int readCount = count(in, MOST_READ_REGISTERS);
                int writeFrom = word(in);
                int writeCount = count(in, MOST_WRITE_REGISTERS - 2);
                check((in.get() & 0xFF) == writeCount * 2);
                image.write(Table.HOLDING, writeFrom, words(in, writeCount));
                yield registers(function, image.read(Table.HOLDING, readFrom, readCount));
            }
            default -> throw new Refusal(Refusal.ILLEGAL_FUNCTION);
        };
    }

    private byte[] readBits(int function, Table table, ByteBuffer in) throws Refusal {
        int from = word(in);
        int[] bits = image.read(table, from, count(in, MOST_READ_BITS));
        byte[] answer = new byte[2 + (bits.length + 7) / 8];
        answer[0] = (byte) function;
        answer[1] = (byte) (answer.length - 2);
        for (int i = 0; i < bits.length; i++) {
            answer[2 + i / 8] |= (byte) (bits[i] << i % 8);
        }
        return answer;
    }

    private byte[] readRegisters(int function, Table table, ByteBuffer in) throws Refusal {
        int from = word(in);
        return registers(function, image.read(table, from, count(in, MOST_READ_REGISTERS)));
    }

    private static byte[] registers(int function, int[] words) {
        ByteBuffer answer = ByteBuffer.allocate(2 + 2 * words.length);
        answer.put((byte) function).put((byte) (2 * words.length));
        for (int word : words) {
            answer.putShort((short) word);
        }
        return answer.array();
    }

    private static int[] bits(ByteBuffer in, int count) {
        byte[] packed = new byte[(count + 7) / 8];
        in.get(packed);
        int[] bits = new int[count];
        for (int i = 0; i < count; i++) {
            bits[i] = packed[i / 8] >> i % 8 & 1;
        }
        return bits;
    }

    private static int[] words(ByteBuffer in, int count) {
        int[] words = new int[count];
        for (int i = 0; i < count; i++) {
            words[i] = word(in);
        }
        return words;
    }

    private static int word(ByteBuffer in) {
        return in.getShort() & 0xFFFF;
    }

    private static int count(ByteBuffer in, int most) throws Refusal {
        int count = word(in);
        check(count >= 1 && count <= most);
        return count;
    }

    private static void check(boolean wellFormed) throws Refusal {
        if (!wellFormed) {
            throw new Refusal(Refusal.ILLEGAL_DATA_VALUE);
        }
    }
}
