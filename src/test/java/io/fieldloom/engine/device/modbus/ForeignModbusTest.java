package io.fieldloom.engine.device.modbus;

import static io.fieldloom.foreign.ModbusServer.needs;
import static io.fieldloom.foreign.ModbusServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Signals;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.Writes.WriteResult;
import io.fieldloom.engine.simulate.modbus.ModbusSimulator;
import io.fieldloom.foreign.ModbusServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;

/** Our driver against servers, and our simulator against a client, that others wrote. */
@Tag("foreign")
@Timeout(90)
class ForeignModbusTest {

    @TempDir Path folder;

    /** What both servers hold; their own libraries laid it into the registers. */
    private static Map<String, Value> known() {
        Map<String, Value> known = new LinkedHashMap<>();
        known.put("holding:0:float32", Value.of(72.5f));
        known.put("holding:2:float32:CDAB", Value.of(-1.25f));
        known.put("holding:4:float32:BADC", Value.of(3.5f));
        known.put("holding:6:float32:DCBA", Value.of(1e10f));
        known.put("holding:8", Value.of(65535L));
        known.put("holding:9:int16", Value.of(-7L));
        known.put("holding:10:uint16:BA", Value.of(258L));
        known.put("holding:12:uint32", Value.of(4000000000L));
        known.put("holding:14:int32", Value.of(-4L));
        known.put("holding:16:int32:CDAB", Value.of(-123456L));
        known.put("holding:20:uint64", Value.ofUnsigned(-1));
        known.put("holding:24:int64", Value.of(-9007199254740993L));
        known.put("holding:28:float64", Value.of(0.1));
        known.put("holding:32:float64:GHEFCDAB", Value.of(-2.5));
        known.put("holding:40:bcd16", Value.of(1234L));
        known.put("holding:41:bcd32", Value.of(12345678L));
        known.put("holding:50:string[5]", Value.of("Kessel 1"));
        known.put("holding:60.2", Value.of(true));
        known.put("holding:60.0", Value.of(false));
        known.put("input:5", Value.of(17L));
        known.put("coil:3", Value.of(true));
        known.put("coil:4", Value.of(false));
        known.put("discrete:1", Value.of(true));
        return known;
    }

    @Test
    void libmodbusIsReadAndWritten() throws Exception {
        try (ModbusServer server = ModbusServer.libmodbus(folder)) {
            readsAndWrites(server);
            try (Plug plug = Plug.connected(server.endpoint())) {
                assertThat(plug.write("holding:61.5", "true").how()).contains("function 22");
                assertThat(plug.read("holding:61").get(0).value()).isEqualTo(Value.of(32L));
            }
        }
    }

    @Test
    void pymodbusIsReadAndWritten() throws Exception {
        try (ModbusServer server = ModbusServer.pymodbus()) {
            readsAndWrites(server);
        }
    }

    private static void readsAndWrites(ModbusServer server) throws Exception {
        Map<String, Value> known = known();
        try (Plug plug = Plug.connected(server.endpoint())) {
            List<Sample> samples = Plug.await(plug.session.read(List.copyOf(known.keySet())));
            int i = 0;
            for (Map.Entry<String, Value> entry : known.entrySet()) {
                assertThat(samples.get(i++).value()).as(entry.getKey()).isEqualTo(entry.getValue());
            }
            assertThat(plug.read("holding:98", "holding:99:uint32", "input:500"))
                    .extracting(sample -> sample.status().name())
                    .containsExactly(
                            "Good", "BadIllegalDataAddress (2)", "BadIllegalDataAddress (2)");

            Map<String, String> writes = new LinkedHashMap<>();
            writes.put("holding:70:float32:CDAB", "-12.75");
            writes.put("holding:72", "513");
            writes.put("holding:73:int16:BA", "-2");
            writes.put("holding:74:int64", "-9223372036854775808");
            writes.put("holding:78:bcd16", "9876");
            writes.put("holding:80:string[4]", "žluť");
            writes.put("holding:84.9", "true");
            writes.put("coil:7", "true");
            for (Map.Entry<String, String> entry : writes.entrySet()) {
                Value value = Plug.await(plug.writes().parse(entry.getKey(), entry.getValue()));
                WriteResult result = plug.write(entry.getKey(), entry.getValue());
                assertThat(result.status().name()).as(entry.getKey()).isEqualTo("Good");
                assertThat(plug.read(entry.getKey()).get(0).value())
                        .as(entry.getKey())
                        .isEqualTo(value);
            }
            assertThat(plug.read("holding:84").get(0).value()).isEqualTo(Value.of(512L));
            assertThat(plug.write("coil:77", "true").status().name())
                    .isEqualTo("BadIllegalDataAddress (2)");
        }
    }

    // Good values must flow again within 5 s of the port accepting again.
    @Test
    void aKilledServerIsLostAndReadAgainWhenItIsBack() throws Exception {
        try (ModbusServer server = ModbusServer.libmodbus(folder)) {
            try (Plug plug = Plug.connected(server.endpoint())) {
                plug.subscribe(Duration.ofMillis(200), "holding:0:float32");
                assertThat(plug.next().sample().value()).isEqualTo(Value.of(72.5f));

                server.kill();

                assertThat(plug.lost.get(3, TimeUnit.SECONDS)).hasMessageContaining("boiler");
            }
            server.start();
            long begin = System.nanoTime();
            try (Plug plug = Plug.connected(server.endpoint())) {
                plug.subscribe(Duration.ofMillis(200), "holding:0:float32");
                assertThat(plug.next().sample().value()).isEqualTo(Value.of(72.5f));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void mbpollReadsAndWritesOurSimulator() throws Exception {
        needs("mbpoll", Files.isExecutable(Path.of("/usr/bin/mbpoll")));
        PMap<String, Signal> points =
                OrderedPMap.<String, Signal>empty()
                        .plus("holding:0:float32", Signals.constant(null, "72.5", false))
                        .plus("holding:2:int32:CDAB", Signals.constant(null, "-123456", false))
                        .plus("holding:10", Signals.constant(null, "5", true))
                        .plus("holding:11", Signals.constant(null, "6", true))
                        .plus("holding:12", Signals.constant(null, "7", false))
                        .plus("input:5", Signals.constant(null, "17", false))
                        .plus("coil:3", Signals.constant(null, "true", true))
                        .plus("discrete:1", Signals.constant(null, "true", false));
        try (ModbusSimulator simulator =
                new ModbusSimulator(
                        new Simulator("boiler-sim", "modbus", null, null, 1L, null, 3, points))) {
            simulator.start();
            String port = simulator.endpoint().replaceAll(".*:(\\d+)\\?unit=3", "$1");

            assertThat(poll(port, "-r0", "-t4:float", "-B")).matches("(?s)0\n.*\\[0]:\\s+72\\.5.*");
            assertThat(poll(port, "-r2", "-t4:int")).matches("(?s)0\n.*\\[2]:\\s+-123456.*");
            assertThat(poll(port, "-r5", "-t3")).matches("(?s)0\n.*\\[5]:\\s+17.*");
            assertThat(poll(port, "-r3", "-t0")).matches("(?s)0\n.*\\[3]:\\s+1.*");
            assertThat(poll(port, "-r1", "-t1")).matches("(?s)0\n.*\\[1]:\\s+1.*");
            assertThat(poll(port, "-r4", "-t4")).contains("Illegal data address");
            assertThat(poll(port, "-r12", "-c2", "-t4")).contains("Illegal data address");

            assertThat(write(port, "-r10", "-t4", "41", "42")).startsWith("0\n");
            assertThat(poll(port, "-r10", "-c2", "-t4"))
                    .matches("(?s)0\n.*\\[10]:\\s+41\\s.*\\[11]:\\s+42\\s.*");
            assertThat(write(port, "-r3", "-t0", "0")).startsWith("0\n");
            assertThat(poll(port, "-r3", "-t0")).matches("(?s)0\n.*\\[3]:\\s+0.*");
            assertThat(write(port, "-r11", "-t4", "1", "2")).contains("Illegal data address");
            assertThat(poll(port, "-r11", "-t4")).matches("(?s)0\n.*\\[11]:\\s+42\\s.*");
        }
    }

    private static String poll(String port, String... what) throws Exception {
        String[] command = {"/usr/bin/mbpoll", "-mtcp", "-p" + port, "-a3", "-0", "-1"};
        return run(concat(command, what, new String[] {"127.0.0.1"}));
    }

    private static String write(String port, String first, String type, String... values)
            throws Exception {
        String[] command = {
            "/usr/bin/mbpoll", "-mtcp", "-p" + port, "-a3", "-0", first, type, "127.0.0.1"
        };
        return run(concat(command, values));
    }

    private static String[] concat(String[]... parts) {
        return java.util.Arrays.stream(parts)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }
}
