package io.fieldloom.app;

import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.simulate.modbus.ModbusSimulator;
import java.io.IOException;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;

/** A small Modbus device in this process. */
final class ModbusPlant {
    private ModbusPlant() {}

    static ModbusSimulator started() throws IOException {
        PMap<String, Signal> registers = OrderedPMap.empty();
        registers = registers.plus("holding:10:float32:CDAB", constant("1.5", true));
        registers = registers.plus("holding:20:uint64", constant("18446744073709551615", true));
        registers = registers.plus("holding:30:int16", constant("-7", true));
        registers = registers.plus("holding:60", constant("0", true));
        registers = registers.plus("holding:70", constant("9", false));
        registers = registers.plus("input:5", constant("42", false));
        registers = registers.plus("coil:3", constant("true", true));
        registers = registers.plus("discrete:1", constant("false", false));
        ModbusSimulator device =
                new ModbusSimulator(
                        new Simulator(
                                "boiler-sim",
                                Simulator.MODBUS,
                                null,
                                null,
                                1L,
                                null,
                                null,
                                registers));
        device.start();
        return device;
    }

    private static Signal constant(String value, boolean writable) {
        return new Signal(
                null,
                Signal.Shape.CONSTANT,
                value,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                writable,
                null);
    }
}
