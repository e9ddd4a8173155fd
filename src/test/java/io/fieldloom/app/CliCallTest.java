package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.app.CommandRun.Result;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Signals;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.simulate.opcua.OpcUaSimulator;
import io.fieldloom.foreign.NodeOpcuaServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcollections.HashTreePMap;

/** {@code call}, as a script sees it. */
class CliCallTest {
    private static final String RESET = "nsu=urn:acme:filler;s=Filler01.Reset";
    private static final String COUNTER = "nsu=urn:acme:filler;s=Filler01.Bottles";

    @TempDir Path home;
    @TempDir Path serverHome;

    private OpcUaSimulator server;
    private String endpoint;

    @BeforeEach
    void start() throws IOException {
        Signal counter = Signals.counter(Duration.ofMillis(20));
        server =
                new OpcUaSimulator(
                        new Simulator(
                                "filler-sim",
                                Simulator.OPC_UA,
                                null,
                                null,
                                1L,
                                "urn:acme:filler",
                                null,
                                HashTreePMap.singleton("Filler01/Bottles", counter)),
                        new Home(serverHome),
                        Map.of());
        server.start();
        endpoint = server.endpoint();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Result run(String... args) {
        return CommandRun.of(home, args).result();
    }

    private long bottles() {
        return run("read", endpoint, COUNTER, "--json").json().get(0).get("value").asLong();
    }

    @Test
    void aCallIsDoneOnTheObjectThatHasTheMethod() {
        await().until(() -> bottles() > 100);

        Result result = run("call", endpoint, RESET, "--yes", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .isEqualTo("{\"method\":\"" + RESET + "\",\"outputs\":[],\"status\":\"Good\"}\n");
        assertThat(home.resolve("audit").resolve("audit.log")).content().contains(RESET);
        assertThat(bottles()).as("sets the counter back").isLessThan(100);
    }

    @Test
    void withoutYesNothingIsCalledAndNoAuditKept() {
        Result result = run("call", endpoint, RESET, "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.json().get("status").asText()).isEqualTo("NotCalled");
        assertThat(result.json().get("outputs")).isEmpty();
        assertThat(result.failure())
                .contains("not called")
                .contains("s=Filler01 without arguments")
                .contains("--yes");
        assertThat(home.resolve("audit")).doesNotExist();
    }

    @Test
    void argumentsThatDoNotFitAreWrongUsage() {
        Result result = run("call", endpoint, RESET, "-5", "--yes", "--json");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.failure()).contains("Reset").contains("it takes no arguments, not 1");
        assertThat(run("call", endpoint, "Reset", "--yes").code()).isEqualTo(2);
        assertThat(run("call", "modbus-tcp://127.0.0.1:1", RESET, "--yes").code()).isEqualTo(2);
        assertThat(home.resolve("audit")).doesNotExist();
    }

    @Test
    void whatIsNoMethodOrHasAnotherObjectIsOne() {
        Result missing = run("call", endpoint, RESET + "x", "--yes", "--json");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.failure()).contains("BadNodeIdUnknown");
        Result other = run("call", endpoint, RESET, "--object", "i=2253", "--yes", "--json");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.json().get("status").asText()).startsWith("Bad");
        Result index = run("call", endpoint, RESET, "--object", "ns=1;s=Filler01", "--json");
        assertThat(index.failure()).contains("called on nsu=");
    }

    @Test
    @Tag("foreign")
    void argumentsKeepTheirOrderAndOutputsTheirTypes(@TempDir Path pki) throws Exception {
        NodeOpcuaServer foreign = new NodeOpcuaServer(pki);
        try {
            foreign.start();
            String mix = "nsu=urn:foreign:filler;s=Mix";

            Result called =
                    run(
                            "call",
                            foreign.endpoint(),
                            mix,
                            "-2.5",
                            "Running",
                            "[1,2]",
                            "--yes",
                            "--json");

            assertThat(called.code()).as(called.err()).isZero();
            assertThat(called.out())
                    .isEqualTo(
                            "{\"method\":\""
                                    + mix
                                    + "\",\"outputs\":[3,20,[\"speed\",\"-2.5\"]],"
                                    + "\"status\":\"Good\"}\n");

            Result refused =
                    run("call", foreign.endpoint(), mix, "101", "0", "[]", "--yes", "--json");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.json().get("status").asText()).isEqualTo("BadInvalidArgument");
            assertThat(refused.failure()).contains("speed: BadOutOfRange");
        } finally {
            foreign.kill();
        }
    }
}
