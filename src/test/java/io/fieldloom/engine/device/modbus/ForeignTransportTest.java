package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.Scan;
import io.fieldloom.engine.device.Scan.Pace;
import io.fieldloom.engine.device.Scan.Range;
import io.fieldloom.engine.device.Scan.Where;
import io.fieldloom.engine.device.SelfDescription;
import io.fieldloom.engine.device.SelfDescription.Entry;
import io.fieldloom.foreign.ModbusServer;
import io.fieldloom.foreign.SerialCable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way that Modbus travels, against servers that others wrote. */
@Tag("foreign")
@Timeout(90)
class ForeignTransportTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"modbus-tcp", "modbus-udp", "modbus-rtu-tcp"})
    void pymodbusIsReadAndWritten(String scheme) throws Exception {
        try (ModbusServer server =
                scheme.equals("modbus-tcp")
                        ? ModbusServer.pymodbus()
                        : ModbusServer.pymodbus(scheme)) {
            if (scheme.equals("modbus-udp")) {
                await().ignoreExceptions().until(() -> answers(server.endpoint()));
            }
            try (Plug plug = Plug.connected(server.endpoint())) {
                readsAndWrites(plug);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9600, 115_200})
    void pymodbusIsReadAndWrittenOverASerialLine(int baud) throws Exception {
        try (SerialCable cable = SerialCable.in(folder)) {
            Process server = ModbusServer.pymodbusAt(cable.theirs(), baud);
            try (Plug plug =
                    Plug.connected("modbus-rtu:" + cable.ours() + "?timeout=500ms&baud=" + baud)) {
                readsAndWrites(plug);
            } finally {
                server.destroyForcibly();
            }
        }
    }

    @Test
    void pymodbusIsScanned() throws Exception {
        try (ModbusServer server = ModbusServer.pymodbus();
                Plug plug = Plug.connected(server.endpoint())) {
            Scan scan = plug.session.capability(Scan.class).orElseThrow();
            List<Range> found = new CopyOnWriteArrayList<>();
            List<Integer> units = new CopyOnWriteArrayList<>();
            Pace pace = new Pace(Duration.ZERO, Duration.ofMillis(200));
            Plug.await(scan.units(1, 3, pace, units::add).done());
            for (String table : List.of("holding", "input", "coil", "discrete")) {
                Where where = new Where(1, table, 0, 2000, 8);
                Plug.await(scan.ranges(where, pace, found::add).done());
            }
            assertThat(units).containsExactly(1);
            assertThat(found)
                    .containsExactly(
                            new Range(1, "holding", 0, 99),
                            new Range(1, "input", 0, 9),
                            new Range(1, "coil", 0, 9),
                            new Range(1, "discrete", 0, 9));
        }
    }

    private static boolean answers(String endpoint) throws Exception {
        try (Plug plug = Plug.connected(endpoint)) {
            return plug.read("holding:8").get(0).status().isGood();
        }
    }

    private static void readsAndWrites(Plug plug) throws Exception {
        await().atMost(Duration.ofSeconds(20)) // it is still starting
                .until(() -> plug.read("holding:8").get(0).status().isGood());
        assertThat(
                        plug.read(
                                "holding:0:float32",
                                "holding:24:int64",
                                "holding:50:string[5]",
                                "input:5",
                                "coil:3",
                                "discrete:1"))
                .extracting(Sample::value)
                .containsExactly(
                        Value.of(72.5f),
                        Value.of(-9007199254740993L),
                        Value.of("Kessel 1"),
                        Value.of(17L),
                        Value.of(true),
                        Value.of(true));
        assertThat(plug.read("holding:99:uint32").get(0).status().name())
                .isEqualTo("BadIllegalDataAddress (2)");
        assertThat(plug.write("holding:70:float32:CDAB", "-12.75").status().isGood()).isTrue();
        assertThat(plug.write("coil:7", "true").status().isGood()).isTrue();
        assertThat(plug.write("holding:84.9", "true").status().isGood()).isTrue();
        assertThat(plug.read("holding:70:float32:CDAB", "coil:7", "holding:84"))
                .extracting(Sample::value)
                .containsExactly(Value.of(-12.75f), Value.of(true), Value.of(512L));
        assertThat(plug.write("holding:85[3]:int16", "[1, -2, 3]").status().isGood()).isTrue();
        assertThat(plug.write("coil:4[3]", "[true, false, true]").status().isGood()).isTrue();
        assertThat(plug.read("holding:85[3]:int16", "coil:4[3]"))
                .extracting(Sample::value)
                .containsExactly(
                        new Value.Array(List.of(Value.of(1L), Value.of(-2L), Value.of(3L))),
                        new Value.Array(List.of(Value.of(true), Value.of(false), Value.of(true))));
        SelfDescription identification =
                plug.session.capability(SelfDescription.class).orElseThrow();
        assertThat(Plug.await(identification.describe()))
                .contains(Entry.of("Device", "Vendor name", "Acme"))
                .contains(Entry.of("Device", "Revision", "2.1"));
    }

    // The line cannot be hung up, so that whatever comes late does come.
    @Test
    void aLateAnswerOnASerialLineIsNeverAnotherRegistersValue() throws Exception {
        Random random = new Random(8);
        try (SerialCable cable = SerialCable.in(folder);
                FileInputStream in = new FileInputStream(cable.theirs().toFile());
                FileOutputStream out = new FileOutputStream(cable.theirs().toFile());
                FakeRtu device =
                        new FakeRtu(
                                in,
                                out,
                                (request, line) ->
                                        line.slowly(
                                                Duration.ofMillis(random.nextInt(60)),
                                                request.honest()));
                Plug plug =
                        Plug.connected(
                                "modbus-rtu:" + cable.ours() + "?timeout=30ms&baud=115200")) {
            int good = 0;
            for (int round = 0; round < 80; round++) {
                List<Sample> samples = plug.read("holding:" + round, "holding:" + (2000 + round));
                for (int i = 0; i < 2; i++) {
                    assertThat(samples.get(i).value())
                            .isIn(Value.NONE, Value.of(2000L * i + round));
                    good += samples.get(i).status().isGood() ? 1 : 0;
                }
            }
            assertThat(good).as("control: some answers came in time").isGreaterThan(20);
            assertThat(device.requests()).hasSizeGreaterThan(80);
        }
    }
}
