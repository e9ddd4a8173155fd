package io.fieldloom.app;

import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Signals;
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
        registers = registers.plus("holding:10:float32:CDAB", Signals.constant(null, "1.5", true));
        registers =
                registers.plus(
                        "holding:20:uint64", Signals.constant(null, "18446744073709551615", true));
        registers = registers.plus("holding:30:int16", Signals.constant(null, "-7", true));
        registers = registers.plus("holding:60", Signals.constant(null, "0", true));
        registers = registers.plus("holding:70", Signals.constant(null, "9", false));
        registers = registers.plus("input:5", Signals.constant(null, "42", false));
        registers = registers.plus("coil:3", Signals.constant(null, "true", true));
        registers = registers.plus("discrete:1", Signals.constant(null, "false", false));
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
}
