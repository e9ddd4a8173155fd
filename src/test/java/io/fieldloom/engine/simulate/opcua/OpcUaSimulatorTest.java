package io.fieldloom.engine.simulate.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcollections.HashTreePMap;

class OpcUaSimulatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;
    private OpcUaSimulator simulator;
    private OpcUaClient client;

    @AfterEach
    void end() throws Exception {
        if (client != null) {
            client.disconnectAsync().get(10, TimeUnit.SECONDS);
        }
        if (simulator != null) {
            simulator.close();
        }
    }

    @Test
    void namesThePortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            simulator = simulator(taken.getLocalPort(), Map.of());
            assertThatThrownBy(simulator::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("filler-sim")
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
            assertThat(simulator.state().running()).isFalse();
        }
    }

    @Test
    void startsAndStopsAsOftenAsAsked() throws Exception {
        simulator = simulator(null, Map.of("A/B", signal("Int32", Signal.Shape.COUNTER, null)));
        simulator.close();
        simulator.start();
        String first = simulator.endpoint();
        simulator.start();
        assertThat(simulator.endpoint())
                .isEqualTo(first)
                .matches("opc.tcp://127.0.0.1:\\d+/filler-sim");
        assertThat(simulator.state().points()).isEqualTo(1);
        simulator.close();
        simulator.close();
        simulator.start();
        assertThat(simulator.state().running()).isTrue();
    }

    // The demo must be seen to live: ten smooth signals give fifty changes a second.
    @Test
    void changesSmoothSignalsFiveTimesASecond() throws Exception {
        Map<String, Signal> points =
                Map.of(
                        "A/Sine", signal("Double", Signal.Shape.SINE, null),
                        "A/Walk", signal("Double", Signal.Shape.WALK, null),
                        "A/Fixed", signal("Double", Signal.Shape.CONSTANT, "1"));
        simulator = simulator(null, points);
        long before = System.nanoTime();
        simulator.start();
        await().atMost(PATIENCE).until(() -> simulator.state().changes() >= 20);
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(10));
    }

    @Test
    void hasNodesUnderObjectsInItsOwnNamespace() throws Exception {
        start(
                Map.of(
                        "Hall/Filler01/Level", signal("Float", Signal.Shape.CONSTANT, "2.5"),
                        "Lonely", signal("Boolean", Signal.Shape.CONSTANT, "true"),
                        "Lonely/Child", signal("String", Signal.Shape.CONSTANT, "x"),
                        "Clock", signal("DateTime", Signal.Shape.COUNTER, null)));
        assertThat(read("Hall.Filler01.Level").value().value()).isEqualTo(2.5f);
        assertThat(read("Lonely").value().value()).isEqualTo(true);
        assertThat(read("Lonely.Child").value().value()).isEqualTo("x");
        assertThat(((DateTime) read("Clock").value().value()).getJavaInstant())
                .as("a DateTime runs with the clock")
                .isCloseTo(
                        java.time.Instant.now(),
                        org.assertj.core.api.Assertions.within(
                                10, java.time.temporal.ChronoUnit.SECONDS));
        assertThat(client.getNamespaceTable().toArray()).contains("urn:acme:filler");
    }

    @Test
    void setsItsCountersBack() throws Exception {
        Signal fast =
                new Signal(
                        "UInt32",
                        Signal.Shape.COUNTER,
                        "5",
                        null,
                        null,
                        null,
                        null,
                        null,
                        Duration.ofMillis(20),
                        null,
                        false,
                        null);
        start(
                Map.of(
                        "Filler01/Bottles",
                        fast,
                        "Capper/Level",
                        signal("Double", Signal.Shape.SINE, null)));
        await().atMost(PATIENCE).until(() -> count("Filler01.Bottles") >= 60);

        CallMethodResult result =
                client.call(
                                List.of(
                                        new CallMethodRequest(
                                                node("Filler01"),
                                                node("Filler01.Reset"),
                                                new Variant[0])))
                        .getResults()[0];

        assertThat(result.getStatusCode().isGood()).isTrue();
        await().atMost(PATIENCE).until(() -> count("Filler01.Bottles") < 60);
        assertThat(client.readValue(0, TimestampsToReturn.Both, node("Capper.Reset")).statusCode())
                .as("an object without a counter has no Reset")
                .matches(status -> status.isBad());
    }

    @Test
    void keepsWhatAClientWrites() throws Exception {
        Signal setpoint =
                new Signal(
                        "Double",
                        Signal.Shape.CONSTANT,
                        "40",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "°C",
                        true,
                        null);
        start(Map.of("A/Setpoint", setpoint));
        client.writeValues(
                List.of(node("A.Setpoint")), List.of(DataValue.valueOnly(Variant.ofDouble(55))));
        assertThat(read("A.Setpoint").value().value()).isEqualTo(55.0);
        assertThat(client.readValue(0, TimestampsToReturn.Both, NodeIds.Server_ServerStatus_State))
                .as("control")
                .isNotNull();
    }

    private void start(Map<String, Signal> points) throws Exception {
        simulator = simulator(null, points);
        simulator.start();
        client = OpcUaClient.create(simulator.endpoint());
        client.connect();
    }

    private OpcUaSimulator simulator(Integer port, Map<String, Signal> points) {
        return new OpcUaSimulator(
                new Simulator(
                        "filler-sim",
                        Simulator.OPC_UA,
                        null,
                        port,
                        null,
                        "urn:acme:filler",
                        null,
                        HashTreePMap.from(points)),
                new Home(folder));
    }

    private long count(String name) throws Exception {
        return ((UInteger) read(name).value().value()).longValue();
    }

    private DataValue read(String name) throws Exception {
        return client.readValue(0, TimestampsToReturn.Both, node(name));
    }

    private NodeId node(String name) {
        return new NodeId(client.getNamespaceTable().getIndex("urn:acme:filler"), name);
    }

    private static Signal signal(String type, Signal.Shape shape, String value) {
        return new Signal(
                type, shape, value, null, null, null, null, null, null, null, false, null);
    }
}
