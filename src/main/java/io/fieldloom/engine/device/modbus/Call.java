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
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * One question to the device and what a good answer to it looks like, byte by byte: an answer that
 * does not fit is no answer. Immutable.
 */
final class Call {
    private final int function;
    private final byte[] body;
    private final int answerBytes;
    private final byte[] answerBegin;
    private final boolean repeatable;

    private Call(ModbusRequest request, int answerBytes, byte[] answerBegin, boolean repeatable) {
        this.function = request.getFunctionCode();
        this.body = encoded(request);
        this.answerBytes = answerBytes;
        this.answerBegin = answerBegin;
        this.repeatable = repeatable;
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
        int data = table.isRegisters() ? count * 2 : (count + 7) / 8;
        return new Call(request, 1 + data, new byte[] {(byte) data}, true);
    }

    /** Function 5; the answer repeats the question. */
    static Call writeCoil(int address, boolean on) {
        return echoed(new WriteCoilRequest(address, on));
    }

    /** Function 15 for a single coil. */
    static Call writeCoils(int address, boolean on) {
        BitVector bits = new BitVector(1);
        bits.setBit(0, on);
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

    private static Call echoed(ModbusRequest request) {
        byte[] all = encoded(request);
        return new Call(request, all.length, all, false);
    }

    /** The answer repeats address and count. */
    private static Call counted(ModbusRequest request) {
        return new Call(request, 4, Arrays.copyOf(encoded(request), 4), false);
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

    /** The frame with its header (Modbus Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3). */
    byte[] frame(int transaction, int unit) {
        byte[] frame = new byte[8 + body.length];
        int length = body.length + 2;
        frame[0] = (byte) (transaction >> 8);
        frame[1] = (byte) transaction;
        frame[4] = (byte) (length >> 8);
        frame[5] = (byte) length;
        frame[6] = (byte) unit;
        frame[7] = (byte) function;
        System.arraycopy(body, 0, frame, 8, body.length);
        return frame;
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
        if (answer.length != 1 + answerBytes
                || !Arrays.equals(
                        answer, 1, 1 + answerBegin.length, answerBegin, 0, answerBegin.length)) {
            return new Outcome.Garbled(
                    "sent an answer to function "
                            + function
                            + " that does not fit the question ("
                            + (answer.length - 1)
                            + " bytes where "
                            + answerBytes
                            + " belong)");
        }
        // the data of a read follows its byte count
        return new Outcome.Data(Arrays.copyOfRange(answer, repeatable ? 2 : 1, answer.length));
    }

    /** How one call ended. */
    sealed interface Outcome {
        /** The registers' or bits' bytes; of a write, its echo. */
        record Data(byte[] bytes) implements Outcome {}

        /** The device answered with an exception code. */
        record Refused(int code) implements Outcome {}

        /** No answer within the time-out, all retries included. */
        record Silent() implements Outcome {}

        /** Answers that do not belong to the question, all retries included. */
        record Garbled(String what) implements Outcome {}

        /** The device closed the connection each time it was asked this. */
        record Closed() implements Outcome {}
    }
}
