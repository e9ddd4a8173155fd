package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloom.app.CommandRun.Result;
import io.fieldloom.engine.simulate.modbus.ModbusSimulator;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code browse}, {@code read} and {@code write} of a Modbus device, as a script sees them. */
class CliModbusTest {
    private static ModbusSimulator device;
    private static String endpoint;

    @TempDir Path home;

    @BeforeAll
    static void start() throws IOException {
        device = ModbusPlant.started();
        endpoint = device.endpoint();
    }

    @AfterAll
    static void stop() {
        device.close();
    }

    private Result run(String... args) {
        return CommandRun.of(home, args).result();
    }

    @Test
    void browseListsTheFourTables() {
        Result result = run("browse", endpoint, "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "{\"id\":\"holding\",\"path\":\"holding\",\"name\":\"holding\",\"class\":\"Table\"}",
                        "{\"id\":\"input\",\"path\":\"input\",\"name\":\"input\",\"class\":\"Table\"}",
                        "{\"id\":\"coil\",\"path\":\"coil\",\"name\":\"coil\",\"class\":\"Table\"}",
                        "{\"id\":\"discrete\",\"path\":\"discrete\",\"name\":\"discrete\",\"class\":\"Table\"}");
    }

    @Test
    void readAnswersEachAddressInTheOrderGiven() {
        Result result =
                run(
                        "read",
                        endpoint,
                        "coil:3",
                        "holding:10:float32:CDAB",
                        "holding:20:uint64",
                        "input:5",
                        "coil:3",
                        "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().findValuesAsText("address"))
                .containsExactly(
                        "coil:3",
                        "holding:10:float32:CDAB",
                        "holding:20:uint64",
                        "input:5",
                        "coil:3");
        assertThat(result.out())
                .contains("\"value\":true")
                .contains("\"value\":1.5")
                .contains("\"value\":18446744073709551615")
                .contains("\"type\":\"float32\"")
                .doesNotContain("sourceTime");
    }

    // A bad value is an answer with its own element, and the exit code says that it is no good.
    // A manual's numbers and hexadecimal ones are taken, and it is said what they were taken for.
    @Test
    void addressesAreTakenInTheNotationsOfManuals() {
        Result read = run("read", endpoint, "30006", "holding:0x0A:float32:CDAB", "4x31", "--json");

        assertThat(read.code()).as(read.err()).isZero();
        assertThat(read.json().findValuesAsText("address"))
                .containsExactly("input:5", "holding:10:float32:CDAB", "holding:30");
        assertThat(read.err())
                .contains("30006 counted from 1 is input:5")
                .contains("holding:0x0A:float32:CDAB in hexadecimal, from 0, is holding:10");

        Result write = run("write", endpoint, "30006", "1", "--yes");
        assertThat(write.code()).isEqualTo(2);
        assertThat(write.err()).contains("read-only table");
        Result bare = run("read", endpoint, "0x0A");
        assertThat(bare.code()).isEqualTo(2);
        assertThat(bare.err()).contains("write holding:0x0A or input:0x0A");
    }

    @Test
    void anIllegalAddressIsAnElementAndOne() {
        Result result = run("read", endpoint, "holding:10:float32:CDAB", "holding:9000", "--json");

        assertThat(result.code()).isEqualTo(1);
        JsonNode bad = result.json().get(1);
        assertThat(bad.get("value").isNull()).isTrue();
        assertThat(bad.get("status").asText()).isEqualTo("BadIllegalDataAddress (2)");
        assertThat(result.json().get(0).get("status").asText()).isEqualTo("Good");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("holding:9000").contains("BadIllegalDataAddress (2)");
        assertThat(result.err()).contains("fieldloom scan").doesNotContain("browse");
    }

    @Test
    void whatSpeaksNoModbusIsToldSo() throws IOException {
        try (StrangeServer web = StrangeServer.web()) {
            Result result = run("read", web.url("modbus-tcp"), "holding:0", "--json");

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err()).contains("speaks Modbus at all");
        }
    }

    @Test
    void readWithoutJsonIsATable() {
        Result result = run("read", endpoint, "input:5");

        assertThat(result.code()).isZero();
        assertThat(result.out()).matches("input:5 +42 +Good +uint16\\R");
    }

    @Test
    void aWriteIsReadBackAndKeptInTheAuditLog() throws IOException {
        Result result = run("write", endpoint, "holding:10:float32:CDAB", "2.5", "--yes", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().get("new").asDouble()).isEqualTo(2.5);
        assertThat(result.json().get("status").asText()).isEqualTo("Good");
        try (Stream<String> lines = Files.lines(home.resolve("audit").resolve("audit.log"))) {
            JsonNode entry = new ObjectMapper().readTree(lines.findFirst().orElseThrow());
            assertThat(entry.get("endpoint").asText()).isEqualTo(endpoint);
            assertThat(entry.get("address").asText()).isEqualTo("holding:10:float32:CDAB");
            assertThat(entry.get("new").asDouble()).isEqualTo(2.5);
            assertThat(entry.get("status").asText()).isEqualTo("Good");
            assertThat(entry.get("who").asText()).isEqualTo(System.getProperty("user.name"));
        }
    }

    // Nobody writes to a plant by leaving out an option.
    @Test
    void withoutYesNothingIsWritten() {
        run("write", endpoint, "holding:60", "0", "--yes");
        Result result = run("write", endpoint, "holding:60", "7", "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.json())
                .hasToString(
                        "{\"address\":\"holding:60\",\"old\":0,\"new\":7,\"status\":\"NotWritten\"}");
        assertThat(run("read", endpoint, "holding:60", "--json").json().get(0).get("value").asInt())
                .isZero();
    }

    @Test
    void aNegativeNumberIsAValueAndNoOption() {
        Result result = run("write", endpoint, "holding:30:int16", "-9", "--yes", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().get("new").asInt()).isEqualTo(-9);
    }

    @Test
    void aBitTellsHowItWasWritten() {
        Result result = run("write", endpoint, "holding:60.2", "true", "--yes", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().get("new").asBoolean()).isTrue();
        assertThat(result.json().get("how").asText()).isNotBlank();
    }

    @Test
    void aValueOutOfTheTypesRangeIsTwo() {
        Result result = run("write", endpoint, "holding:30:int16", "40000", "--yes");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void aRefusedWriteIsOneWithTheDevicesAnswer() {
        Result result = run("write", endpoint, "holding:70", "1", "--yes", "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.json().get("status").asText()).startsWith("Bad");
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void scanFindsWhatCanBeRead() {
        Result result = run("scan", endpoint, "--to", "200", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "{\"unit\":1,\"table\":\"holding\",\"from\":10,\"to\":11}",
                        "{\"unit\":1,\"table\":\"holding\",\"from\":20,\"to\":23}",
                        "{\"unit\":1,\"table\":\"holding\",\"from\":30,\"to\":30}",
                        "{\"unit\":1,\"table\":\"holding\",\"from\":60,\"to\":60}",
                        "{\"unit\":1,\"table\":\"holding\",\"from\":70,\"to\":70}",
                        "{\"unit\":1,\"table\":\"input\",\"from\":5,\"to\":5}",
                        "{\"unit\":1,\"table\":\"coil\",\"from\":3,\"to\":3}",
                        "{\"unit\":1,\"table\":\"discrete\",\"from\":1,\"to\":1}");
    }

    @Test
    void scanLooksForUnitsFirstWhereAsked() {
        String any = endpoint.replaceAll("\\?.*", "");
        Result result = run("scan", any, "--units", "1-5", "--table", "coil", "--to", "9");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("unit 1  coil  3 to 3\n");
    }

    @Test
    void scanWithoutAFindIsOneAndWithWrongOptionsTwo() {
        assertThat(run("scan", endpoint, "--from", "500", "--to", "600").code()).isEqualTo(1);
        Result backwards = run("scan", endpoint, "--from", "10", "--to", "5");
        assertThat(backwards.code()).isEqualTo(2);
        assertThat(backwards.err()).contains("the last comes before the first");
        assertThat(run("scan", endpoint, "--units", "7-3").code()).isEqualTo(2);
        assertThat(run("scan", endpoint, "--table", "coils").code()).isEqualTo(2);
        assertThat(run("scan", "opc.tcp://127.0.0.1:4840").code()).isEqualTo(2);
    }

    @Test
    void aRefusedConnectionIsThreeAndNamesTheDevice() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        for (List<String> command :
                List.of(
                        List.of("browse"),
                        List.of("scan"),
                        List.of("read", "holding:1"),
                        List.of("write", "holding:1", "5"))) {
            String[] args =
                    Stream.concat(
                                    Stream.of(command.get(0), "modbus-tcp://127.0.0.1:" + port),
                                    command.stream().skip(1))
                            .toArray(String[]::new);
            Result result = run(args);
            // Browsing knows the tables without asking, but says so of a device that answers.
            assertThat(result.code()).as(command.get(0)).isEqualTo(3);
            assertThat(result.out()).isEmpty();
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains("127.0.0.1:" + port);
        }
    }
}
