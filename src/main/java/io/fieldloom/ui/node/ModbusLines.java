package io.fieldloom.ui.node;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.ui.kit.Tone;
import java.util.ArrayList;
import java.util.List;

/** What is known of a Modbus tag, line by line: a device says nothing about its registers. Pure. */
final class ModbusLines {
    private ModbusLines() {}

    static List<NodeLine> of(Device device, TagSpec tag) {
        List<NodeLine> lines = new ArrayList<>();
        try {
            address(ModbusAddress.parse(tag.address()), lines);
        } catch (MalformedException e) {
            lines.add(new NodeLine("Address", 0, "Address", "", e.getMessage(), Tone.BAD));
        }
        if (tag.isScaled()) {
            lines.add(
                    NodeLine.of(
                            "Value",
                            "raw × "
                                    + tag.scale().toPlainString()
                                    + (tag.offset().signum() == 0
                                            ? ""
                                            : " + " + tag.offset().toPlainString())));
        }
        if (tag.unit() != null) {
            lines.add(NodeLine.of("Unit", tag.unit()));
        }
        if (tag.interval() != null) {
            lines.add(NodeLine.of("Interval", Durations.format(tag.interval())));
        }
        if (tag.description() != null) {
            lines.add(NodeLine.of("Description", tag.description()));
        }
        lines.add(NodeLine.of("Device", device.endpoint()));
        return lines;
    }

    private static void address(ModbusAddress address, List<NodeLine> lines) {
        String bit = address.bit() < 0 ? "" : "." + address.bit();
        lines.add(NodeLine.of("Address, from 0", address.text()));
        lines.add(NodeLine.of("Address, from 1", address.manualNotation() + bit));
        lines.add(NodeLine.of("Table", table(address.table())));
        lines.add(NodeLine.of("Type", address.type().word()));
        if (address.table().isRegisters()) {
            if (address.bit() >= 0) {
                lines.add(NodeLine.of("Bit", address.bit() + " (0 is the least significant)"));
            }
            int last = address.address() + address.registers() - 1;
            lines.add(
                    NodeLine.of(
                            address.registers() == 1 ? "Register" : "Registers",
                            address.registers() == 1
                                    ? String.valueOf(last)
                                    : address.address()
                                            + " to "
                                            + last
                                            + " ("
                                            + address.registers()
                                            + ")"));
            if (!address.order().isEmpty()) {
                lines.add(NodeLine.of("Byte order", address.order()));
            }
        }
        lines.add(NodeLine.of("Functions", functions(address)));
    }

    private static String table(ModbusAddress.Table table) {
        return switch (table) {
            case HOLDING -> "holding registers";
            case INPUT -> "input registers";
            case COIL -> "coils";
            case DISCRETE -> "discrete inputs";
        };
    }

    private static String functions(ModbusAddress address) {
        return switch (address.table()) {
            case COIL -> "read 01, write 05";
            case DISCRETE -> "read 02, not writable";
            case INPUT -> "read 04, not writable";
            case HOLDING ->
                    address.bit() >= 0
                            ? "read 03, write 22"
                            : address.registers() == 1 ? "read 03, write 06" : "read 03, write 16";
        };
    }
}
