package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.tag.ModbusArray;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.ArrayText;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.Writes;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writing to a Modbus unit: functions 5, 6, 16 and 22; 15 and 16 where the device does not have 5
 * and 6, and read-modify-write where it does not have 22. A write is never sent twice: without an
 * answer its status is {@code BadTimeout}, and only reading back tells whether it arrived.
 */
final class ModbusWrites implements Writes {
    private static final Logger LOG = LoggerFactory.getLogger(ModbusWrites.class);

    private final Lane lane;
    private final ModbusLink link;
    private final Failures failures;
    private boolean lacksMaskWrite;
    private boolean lacksSingleCoil;
    private boolean lacksSingleRegister;

    ModbusWrites(Lane lane, ModbusLink link, Failures failures) {
        this.lane = lane;
        this.link = link;
        this.failures = failures;
    }

    @Override
    public CompletionStage<Value> parse(String address, String text) {
        try {
            return CompletableFuture.completedStage(
                    ModbusArray.isArray(address)
                            ? parsed(ModbusArray.parse(address), text)
                            : RegisterText.parse(writable(address), text));
        } catch (MalformedException e) {
            return CompletableFuture.failedStage(failures.badAddress(e.getMessage(), e));
        } catch (DeviceException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private Value parsed(ModbusArray array, String text) throws DeviceException {
        writable(array.first().text());
        List<String> elements = ArrayText.elements(text);
        if (elements.size() != array.count()) {
            throw new MalformedException(
                    text + " has " + elements.size() + " elements, and " + array.count() + " fit");
        }
        return new Value.Array(
                elements.stream()
                        .map(element -> RegisterText.parse(array.first(), element))
                        .toList());
    }

    @Override
    public CompletionStage<WriteResult> write(String address, Value value) {
        return lane.call(
                () -> {
                    try {
                        return ModbusArray.isArray(address)
                                ? write(ModbusArray.parse(address), value)
                                : write(writable(address), value);
                    } catch (MalformedException e) {
                        throw failures.badAddress(e.getMessage(), e);
                    }
                });
    }

    private ModbusAddress writable(String text) throws DeviceException {
        ModbusAddress address = ModbusAddress.parse(text);
        if (!address.table().isWritable()) {
            String what = address.table() == Table.INPUT ? "input registers" : "discrete inputs";
            throw failures.badAddress(
                    text + " cannot be written: " + what + " are read-only", null);
        }
        return address;
    }

    private WriteResult write(ModbusAddress address, Value value) throws IOException {
        if (address.type() == ModbusAddress.Type.BOOL) {
            boolean on = RegisterText.bool(address, value);
            return address.table() == Table.COIL
                    ? writeCoil(address.address(), on)
                    : writeBit(address, on);
        }
        byte[] registers = RegisterCodec.encode(address, value);
        return registers.length == 2
                ? writeRegister(address.address(), registers)
                : result(ask(Call.writeRegisters(address.address(), registers)), null);
    }

    /** All in one request, so that the device never has half of them. */
    private WriteResult write(ModbusArray array, Value value) throws IOException, DeviceException {
        ModbusAddress first = writable(array.first().text());
        if (!(value instanceof Value.Array values) || values.elements().size() != array.count()) {
            throw new MalformedException(first.text() + " takes " + array.count() + " values");
        }
        if (first.type() == ModbusAddress.Type.BOOL) {
            List<Boolean> on =
                    values.elements().stream().map(one -> RegisterText.bool(first, one)).toList();
            return result(ask(Call.writeCoils(first.address(), on)), "function 15");
        }
        ByteBuffer registers = ByteBuffer.allocate(2 * array.count() * first.registers());
        values.elements().forEach(one -> registers.put(RegisterCodec.encode(first, one)));
        return result(ask(Call.writeRegisters(first.address(), registers.array())), "function 16");
    }

    private WriteResult writeCoil(int address, boolean on) throws IOException {
        if (!lacksSingleCoil) {
            Outcome outcome = ask(Call.writeCoil(address, on));
            lacksSingleCoil = isMissing(outcome);
            if (!lacksSingleCoil) {
                return result(outcome, null);
            }
        }
        return result(
                ask(Call.writeCoils(address, List.of(on))),
                "function 15; the device has no function 5");
    }

    private WriteResult writeRegister(int address, byte[] register) throws IOException {
        if (!lacksSingleRegister) {
            Outcome outcome = ask(Call.writeRegister(address, word(register)));
            lacksSingleRegister = isMissing(outcome);
            if (!lacksSingleRegister) {
                return result(outcome, null);
            }
        }
        return result(
                ask(Call.writeRegisters(address, register)),
                "function 16; the device has no function 6");
    }

    private WriteResult writeBit(ModbusAddress address, boolean on) throws IOException {
        int mask = 1 << address.bit();
        Outcome masked = null;
        if (!lacksMaskWrite) {
            Outcome outcome = ask(Call.maskWrite(address.address(), ~mask & 0xFFFF, on ? mask : 0));
            if (!isMissing(outcome) && !(outcome instanceof Outcome.Silent)) {
                return result(outcome, "function 22 (mask write)");
            }
            // many devices ignore what they do not have; carried out late, it does no harm
            masked = outcome;
        }
        String how = "read-modify-write; the device has no function 22";
        Outcome old = ask(Call.read(Table.HOLDING, address.address(), 1));
        if (!(old instanceof Outcome.Data data)) {
            return masked instanceof Outcome.Silent
                    ? result(masked, "function 22 (mask write)")
                    : result(old, how);
        }
        lacksMaskWrite = true;
        int word = on ? word(data.bytes()) | mask : word(data.bytes()) & ~mask;
        byte[] register = {(byte) (word >> 8), (byte) word};
        WriteResult written = writeRegister(address.address(), register);
        return new WriteResult(written.status(), how, written.answered());
    }

    /** Asks on a connection that is known to be open, since a write is not repeated. */
    private Outcome ask(Call call) throws IOException {
        if (link.isLostWhileIdle()) {
            link.open();
        }
        try {
            return link.exchange(List.of(call)).get(0);
        } catch (IOException e) {
            LOG.debug("The connection broke while writing", e); // the next request tells the loss
            return new Outcome.Closed();
        }
    }

    private static boolean isMissing(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused
                && refused.code() == ModbusStatus.ILLEGAL_FUNCTION;
    }

    private static WriteResult result(Outcome outcome, String how) {
        if (outcome instanceof Outcome.Data) {
            return WriteResult.answered(Status.GOOD, how);
        }
        if (outcome instanceof Outcome.Refused refused) {
            Status status = ModbusStatus.exception(refused.code());
            return refused.code() == ModbusStatus.ACKNOWLEDGE
                            || refused.code() == ModbusStatus.GATEWAY_TARGET_NO_RESPONSE
                    ? WriteResult.unanswered(status, how)
                    : WriteResult.answered(status, how);
        }
        return WriteResult.unanswered(
                outcome instanceof Outcome.Garbled
                        ? ModbusStatus.UNEXPECTED_ANSWER
                        : Status.BAD_TIMEOUT,
                how);
    }

    private static int word(byte[] register) {
        return (register[0] & 0xFF) << 8 | register[1] & 0xFF;
    }
}
