package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import io.fieldloom.domain.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Registers under every interpretation at once, so that an engineer finds the right type and order
 * by looking. Pure and stateless.
 */
public final class RegisterReadings {
    private static final int TEXT_REGISTERS = 8;

    private RegisterReadings() {}

    /**
     * One interpretation.
     *
     * @param address what a tag would be called to be read like this
     * @param value {@link Value#NONE} where the registers hold no value of the type
     */
    public record Reading(ModbusAddress address, Value value) {}

    /**
     * All interpretations of a value that begins at one register: every type in every order for
     * which enough registers are there, and a text of what follows; bits last, lowest first.
     *
     * @param registers as a device answered them, 0 to 65535 each
     * @param start the address of the first of them
     * @param at which register the value begins with, an address
     */
    public static List<Reading> at(Table table, int[] registers, int start, int at) {
        if (!table.isRegisters() || at < start || at >= start + registers.length) {
            throw new IllegalArgumentException("no register " + at + " among these");
        }
        byte[] bytes = new byte[registers.length * 2];
        for (int i = 0; i < registers.length; i++) {
            bytes[2 * i] = (byte) (registers[i] >> 8);
            bytes[2 * i + 1] = (byte) registers[i];
        }
        int left = start + registers.length - at;
        List<Reading> readings = new ArrayList<>();
        for (Type type : Type.values()) {
            int length = type == Type.STRING ? Math.min(left, TEXT_REGISTERS) : type.registers();
            if (type != Type.BOOL && length <= left) {
                for (String order : type.orders()) {
                    add(
                            new ModbusAddress(table, at, -1, type, length, order),
                            bytes,
                            start,
                            readings);
                }
            }
        }
        for (int bit = 0; bit < 16; bit++) {
            add(new ModbusAddress(table, at, bit, Type.BOOL, 1, ""), bytes, start, readings);
        }
        return readings;
    }

    private static void add(ModbusAddress address, byte[] bytes, int start, List<Reading> into) {
        int offset = 2 * (address.address() - start);
        into.add(new Reading(address, RegisterCodec.decode(address, bytes, offset).value()));
    }
}
