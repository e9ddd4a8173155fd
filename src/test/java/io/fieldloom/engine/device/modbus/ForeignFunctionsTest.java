package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Signals;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.FrameLog;
import io.fieldloom.engine.device.FrameLog.Direction;
import io.fieldloom.engine.device.FrameLog.Frame;
import io.fieldloom.engine.device.SelfDescription;
import io.fieldloom.engine.device.SelfDescription.Entry;
import io.fieldloom.engine.simulate.modbus.ModbusSimulator;
import io.fieldloom.foreign.ModbusServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pcollections.OrderedPMap;

/** Each function code, asked of programs that others wrote, and asked by one. */
@Tag("foreign")
@Timeout(90)
class ForeignFunctionsTest {
    private static final Pattern FUNCTION = Pattern.compile("\\(function (\\d+)\\)");

    @TempDir Path folder;

    private static Set<Integer> asked(FrameLog.Recording recording) {
        Set<Integer> functions = new TreeSet<>();
        for (Frame frame : recording.since(0)) {
            Matcher match = FUNCTION.matcher(frame.meaning());
            if (frame.direction() == Direction.SENT && match.find()) {
                functions.add(Integer.valueOf(match.group(1)));
            }
        }
        return functions;
    }

    private static FrameLog.Recording recording(Plug plug) {
        return plug.session.capability(FrameLog.class).orElseThrow().record(500);
    }

    /** Reads every table and writes in every way that the device has, reading back. */
    private static void readAndWrite(Plug plug) throws Exception {
        assertThat(plug.read("coil:3", "discrete:1", "holding:8", "input:5"))
                .extracting(Sample::value)
                .containsExactly(Value.of(true), Value.of(true), Value.of(65535L), Value.of(17L));
        assertThat(plug.write("coil:7", "true").status().isGood()).isTrue();
        assertThat(plug.write("holding:72", "513").status().isGood()).isTrue();
        assertThat(plug.write("holding:70:float32", "2.5").status().isGood()).isTrue();
        assertThat(plug.write("holding:72.15", "true").status().isGood()).isTrue();
        assertThat(plug.write("holding:72.0", "false").status().isGood()).isTrue();
        assertThat(plug.read("coil:7", "holding:70:float32", "holding:72"))
                .extracting(Sample::value)
                .containsExactly(Value.of(true), Value.of(2.5f), Value.of(0x8200L));
    }

    @Test
    void libmodbusIsAskedAllFunctionsThatReadAndWrite() throws Exception {
        try (ModbusServer server = ModbusServer.libmodbus(folder);
                Plug plug = Plug.connected(server.endpoint());
                FrameLog.Recording recording = recording(plug)) {
            readAndWrite(plug);
            assertThat(asked(recording)).containsExactly(1, 2, 3, 4, 5, 6, 16, 22);
        }
    }

    @Test
    void pymodbusIsAskedTheSameAndWhatItIs() throws Exception {
        try (ModbusServer server = ModbusServer.pymodbus();
                Plug plug = Plug.connected(server.endpoint());
                FrameLog.Recording recording = recording(plug)) {
            readAndWrite(plug);
            SelfDescription who = plug.session.capability(SelfDescription.class).orElseThrow();
            assertThat(Plug.await(who.describe()))
                    .contains(Entry.of("Device", "Vendor name", "Acme"));
            assertThat(asked(recording)).containsExactly(1, 2, 3, 4, 5, 6, 16, 22, 43);
        }
    }

    @Test
    void whereSingleWritesAreMissingTheMultipleOnesServe() throws Exception {
        try (ModbusServer server = ModbusServer.pymodbusWithMultipleWritesOnly();
                Plug plug = Plug.connected(server.endpoint());
                FrameLog.Recording recording = recording(plug)) {
            assertThat(plug.write("coil:7", "true").how()).contains("function 15");
            assertThat(plug.write("holding:84.3", "true").how()).contains("read-modify-write");
            readAndWrite(plug);
            assertThat(asked(recording)).contains(15, 16);
        }
    }

    @Test
    void pymodbusAsksOurSimulatorAllItsFunctions() throws Exception {
        OrderedPMap<String, Signal> points = OrderedPMap.empty();
        for (String register : List.of("holding:10", "holding:11", "holding:12")) {
            points = points.plus(register, Signals.constant("uint16", "5", true));
        }
        points =
                points.plus("coil:3", Signals.constant("bool", "false", true))
                        .plus("coil:4", Signals.constant("bool", "false", true))
                        .plus("discrete:1", Signals.constant("bool", "true", false))
                        .plus("input:5", Signals.constant("uint16", "17", false));
        try (ModbusSimulator simulator =
                new ModbusSimulator(
                        new Simulator("sim", Simulator.MODBUS, null, null, 1L, null, 3, points))) {
            simulator.start();
            int port = Integer.parseInt(simulator.endpoint().replaceAll(".*:(\\d+)\\?.*", "$1"));

            assertThat(ModbusServer.askedByPymodbus(port, 3).lines())
                    .containsExactly(
                            "0",
                            "5 done",
                            "15 done",
                            "1 [1, 1]",
                            "2 [1, 0]",
                            "4 [17]",
                            "6 done",
                            "16 done",
                            "22 done",
                            "3 [247, 7, 8]",
                            "23 [247, 41, 42]");
        }
    }
}
