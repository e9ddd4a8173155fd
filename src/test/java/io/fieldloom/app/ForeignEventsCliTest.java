package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloom.app.CommandRun.Result;
import io.fieldloom.foreign.NodeOpcuaServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code history}, {@code events} and {@code browse --nodeset} of a server that is not ours. */
@Tag("foreign")
class ForeignEventsCliTest {
    private static final String FILLER = "nsu=urn:foreign:filler;s=";

    @TempDir Path folder;
    private NodeOpcuaServer server;

    @BeforeEach
    void start() throws Exception {
        server = new NodeOpcuaServer(folder.resolve("pki"));
        server.start("--alarms", "--aggregates");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            server.kill();
        }
    }

    private Result run(String... args) {
        return CommandRun.of(folder.resolve("home"), args).result();
    }

    @Test
    void whatTheServerRecordedAndCalculatesIsRead() {
        String past = FILLER + "Past";
        String[] time = {"--from", "2026-01-01T00:01:00Z", "--to", "2026-01-01T00:03:00Z"};
        Result recorded =
                run(
                        "history",
                        server.endpoint(),
                        past,
                        time[0],
                        time[1],
                        time[2],
                        time[3],
                        "--json");

        assertThat(recorded.code()).as(recorded.err()).isZero();
        assertThat(recorded.out().lines()).hasSizeBetween(120, 121);
        assertThat(recorded.out())
                .startsWith(
                        "{\"time\":\"2026-01-01T00:01:00.000Z\",\"value\":60.0,"
                                + "\"status\":\"Good\"}\n");

        Result minima =
                run(
                        "history",
                        server.endpoint(),
                        past,
                        time[0],
                        time[1],
                        time[2],
                        time[3],
                        "--aggregate",
                        "minimum",
                        "--every",
                        "1m",
                        "--csv");
        assertThat(minima.code()).as(minima.err()).isZero();
        assertThat(minima.out().lines()).hasSize(3);
        assertThat(minima.out()).contains(",minimum,1m,60.0,,Good");
    }

    @Test
    void anAlarmIsShownAndAcknowledgedByItsEvent() throws Exception {
        assertThat(run("write", server.endpoint(), FILLER + "TankLevel", "95", "--yes").code())
                .isZero();
        Result shown = run("events", server.endpoint(), "--for", "1s", "--json");
        assertThat(shown.code()).as(shown.err()).isZero();
        JsonNode alarm =
                shown.jsonLines().stream()
                        .filter(line -> line.path("alarm").path("stands").asBoolean())
                        .findFirst()
                        .orElseThrow();
        assertThat(alarm.get("alarm").get("acknowledged").asBoolean()).isFalse();
        String id = alarm.get("id").asText();

        Result asked = run("events", server.endpoint(), "--acknowledge", id);
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.failure()).contains("--yes");
        assertThat(Files.readString(folder.resolve("home/audit/audit.log")))
                .doesNotContain("Acknowledge");

        Result done =
                run(
                        "events",
                        server.endpoint(),
                        "--acknowledge",
                        id,
                        "--comment",
                        "valve 3",
                        "--yes");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(Files.readString(folder.resolve("home/audit/audit.log")))
                .contains("\"new\":\"valve 3\"", "Acknowledge: Good");
        assertThat(run("events", server.endpoint(), "--acknowledge", id, "--yes").code())
                .isEqualTo(1);
    }

    @Test
    void theNodesAreSavedAsANodeSet() throws Exception {
        Path file = folder.resolve("plant.xml");
        Result saved = run("browse", server.endpoint(), "--nodeset", file.toString(), "--json");

        assertThat(saved.code()).as(saved.err()).isZero();
        assertThat(saved.json().get("nodes").asInt()).isPositive();
        assertThat(Files.readString(file)).contains("<UANodeSet", "urn:foreign:filler");
    }
}
