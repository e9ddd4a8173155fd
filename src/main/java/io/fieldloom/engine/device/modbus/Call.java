package io.fieldloom.engine.device.modbus;

import com.ghgande.j2mod.modbus.msg.MaskWriteRegisterRequest;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ReadCoilsRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteCoilRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleCoilsRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteSingleRegisterRequest;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.util.BitVector;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.value.Status;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One question to the device and what a good answer to it looks like, byte by byte: an answer that
 * does not fit is no answer. Immutable.
 */
final class Call {
    private static final int ANY_LENGTH = -1;

    /** Modbus Application Protocol V1.1b3, 4.1. */
    private static final int MOST_PDU = 253;

    private final int function;
    private final byte[] body;
    private final int answerBytes;
    private final byte[] answerBegin;
    private final boolean repeatable;
    private final Table readTable;
    private final int readFrom;
    private final int readCount;

    private Call(ModbusRequest request, int answerBytes, byte[] answerBegin) {
        this(request.getFunctionCode(), encoded(request), answerBytes, answerBegin, false);
    }

    private Call(
            int function, byte[] body, int answerBytes, byte[] answerBegin, boolean repeatable) {
        this.function = function;
        this.body = body;
        this.answerBytes = answerBytes;
        this.answerBegin = answerBegin;
        this.repeatable = repeatable;
        readTable = null;
        readFrom = 0;
        readCount = 0;
    }

    private Call(ModbusRequest request, Table table, int from, int count) {
        int data = table.isRegisters() ? count * 2 : (count + 7) / 8;
        function = request.getFunctionCode();
        body = encoded(request);
        answerBytes = 1 + data;
        answerBegin = new byte[] {(byte) data};
        repeatable = true;
        readTable = table;
        readFrom = from;
        readCount = count;
    }

    /** Reads registers or bits: functions 1 to 4. */
    static Call read(Table table, int from, int count) {
        ModbusRequest request =
                switch (table) {
                    case COIL -> new ReadCoilsRequest(from, count);
                    case DISCRETE -> new ReadInputDiscretesRequest(from, count);
                    case HOLDING -> new ReadMultipleRegistersRequest(from, count);
                    case INPUT -> new ReadInputRegistersRequest(from, count);
                };
        return new Call(request, table, from, count);
    }

    /** Function 5; the answer repeats the question. */
    static Call writeCoil(int address, boolean on) {
        return echoed(new WriteCoilRequest(address, on));
    }

    /** Function 15. */
    static Call writeCoils(int address, List<Boolean> on) {
        BitVector bits = new BitVector(on.size());
        for (int i = 0; i < on.size(); i++) {
            bits.setBit(i, on.get(i));
        }
        return counted(new WriteMultipleCoilsRequest(address, bits));
    }

    /** Function 6; the answer repeats the question. */
    static Call writeRegister(int address, int word) {
        return echoed(new WriteSingleRegisterRequest(address, new SimpleRegister(word)));
    }

    /** Function 16. */
    static Call writeRegisters(int address, byte[] bytes) {
        Register[] registers = new Register[bytes.length / 2];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = new SimpleRegister(bytes[2 * i], bytes[2 * i + 1]);
        }
        return counted(new WriteMultipleRegistersRequest(address, registers));
    }

    /** Function 22: register = register AND and OR (or AND NOT and). */
    static Call maskWrite(int address, int and, int or) {
        return echoed(new MaskWriteRegisterRequest(address, and, or));
    }

    /** Function 43, kind 14: what the device says of itself, from one object on. */
    static Call identification(int code, int object) {
        byte[] body = {Identification.KIND, (byte) code, (byte) object};
        return new Call(
                Identification.FUNCTION,
                body,
                ANY_LENGTH,
                new byte[] {Identification.KIND, (byte) code},
                true);
    }

    private static Call echoed(ModbusRequest request) {
        byte[] all = encoded(request);
        return new Call(request, all.length, all);
    }

    /** The answer repeats address and count. */
    private static Call counted(ModbusRequest request) {
        return new Call(request, 4, Arrays.copyOf(encoded(request), 4));
    }

    private static byte[] encoded(ModbusRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            request.writeData(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Whether asking twice does no harm. A write whose answer is missing is never sent again. */
    boolean isRepeatable() {
        return repeatable;
    }

    /** Function code and data, as every framing wraps them. */
    byte[] pdu() {
        byte[] pdu = new byte[1 + body.length];
        pdu[0] = (byte) function;
        System.arraycopy(body, 0, pdu, 1, body.length);
        return pdu;
    }

    int function() {
        return function;
    }

    /** How many bytes a good answer has at most, function code included. */
    int mostAnswerBytes() {
        return answerBytes == ANY_LENGTH ? MOST_PDU : 1 + answerBytes;
    }

    /** Whether no good answer to the one could be taken for an answer to the other. */
    boolean isTellableFrom(Call other) {
        if (function != other.function) {
            return true;
        }
        boolean sameLength =
                answerBytes == other.answerBytes
                        || answerBytes == ANY_LENGTH
                        || other.answerBytes == ANY_LENGTH;
        return !sameLength || !Arrays.equals(answerBegin, other.answerBegin);
    }

    /** A read of the same table from the same place, of another length. */
    Optional<Call> ofAnotherLength() {
        if (readTable == null) {
            return Optional.empty();
        }
        int step = readTable.isRegisters() ? 1 : 8; // as many bits as make another byte
        int count = readCount > step ? readCount - step : readCount + step;
        return readFrom + count > 0x10000
                ? Optional.empty()
                : Optional.of(read(readTable, readFrom, count));
    }

    /** The table of a read. */
    Optional<Table> readTable() {
        return Optional.ofNullable(readTable);
    }

    /**
     * A read whose answer cannot be taken for the answer to this or to {@link #ofAnotherLength}.
     *
     * @param atStart from the table's start on; else from where this reads
     * @param words how many registers, or twice as many bytes of bits, it reads about
     */
    Call apart(Table table, boolean atStart, int words) {
        int bytes = 2 * words;
        while (table == readTable && Math.abs(bytes - (answerBytes - 1)) <= 2) {
            bytes += 2;
        }
        int count = table.isRegisters() ? bytes / 2 : bytes * 8;
        return read(table, atStart ? 0 : Math.min(readFrom, 0x10000 - count), count);
    }

    /**
     * What an answer means.
     *
     * @param answer function code and what follows it
     */
    Outcome outcome(byte[] answer) {
        int answered = answer[0] & 0xFF;
        if (answered == (function | 0x80) && answer.length == 2 && answer[1] != 0) {
            return new Outcome.Refused(answer[1] & 0xFF);
        }
        if (answered != function) {
            return new Outcome.Garbled(
                    "answered with function " + answered + " where " + function + " was asked");
        }
        boolean wrongLength = answerBytes != ANY_LENGTH && answer.length != 1 + answerBytes;
        if (wrongLength
                || answer.length < 1 + answerBegin.length
                || !Arrays.equals(
                        answer, 1, 1 + answerBegin.length, answerBegin, 0, answerBegin.length)) {
            return new Outcome.Garbled(
                    "sent an answer to function "
                            + function
                            + " that does not fit the question"
                            + (wrongLength
                                    ? " ("
                                            + (answer.length - 1)
                                            + " bytes where "
                                            + answerBytes
                                            + " belong)"
                                    : ""));
        }
        // the data of a read follows its byte count
        return new Outcome.Data(
                Arrays.copyOfRange(answer, readTable == null ? 1 : 2, answer.length));
    }

    /** How one call ended. */
    sealed interface Outcome {
        /** The registers' or bits' bytes; of a write, its echo. */
        record Data(byte[] bytes) implements Outcome {}

        /** The device answered with an exception code. */
        record Refused(int code) implements Outcome {}

        /**
         * No answer within the time-out, all retries included.
         *
         * @param status what that means for a value
         * @param instead what came instead of an answer; null for nothing at all
         */
        record Silent(Status status, String instead) implements Outcome {
            Silent() {
                this(Status.BAD_TIMEOUT, null);
            }
        }

        /** The device was silent at what came before, so that this was left out. */
        record NotAsked() implements Outcome {}

        /** Answers that do not belong to the question, all retries included. */
        record Garbled(String what) implements Outcome {}

        /** The device closed the connection each time it was asked this. */
        record Closed() implements Outcome {}
    }
}
