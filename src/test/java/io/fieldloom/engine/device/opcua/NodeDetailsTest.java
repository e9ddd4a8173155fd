package io.fieldloom.engine.device.opcua;

import static io.fieldloom.domain.simulation.Signals.constant;
import static io.fieldloom.domain.simulation.Signals.counter;
import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static io.fieldloom.engine.device.opcua.OpcUaBench.failure;
import static io.fieldloom.engine.device.opcua.OpcUaBench.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.NodeDetails;
import io.fieldloom.engine.device.NodeDetails.Attribute;
import io.fieldloom.engine.device.NodeDetails.Node;
import io.fieldloom.engine.device.NodeDetails.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDetailsTest {
    @TempDir Path folder;
    private OpcUaBench bench;

    @BeforeEach
    void begin() {
        bench = new OpcUaBench(folder);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void writesOutTheAttributesOfAVariable() throws Exception {
        NodeDetails details = details(Map.of("Filler/Setpoint", constant("Int16", "7", true)));
        Node setpoint = answer(details.details(node("Filler.Setpoint")));

        assertThat(setpoint.address()).isEqualTo(node("Filler.Setpoint"));
        assertThat(setpoint.name()).isEqualTo("Setpoint");
        assertThat(setpoint.nodeClass()).isEqualTo("Variable");
        assertThat(text(setpoint, "NodeClass")).isEqualTo("Variable (2)");
        assertThat(text(setpoint, "NodeId")).isEqualTo(node("Filler.Setpoint"));
        assertThat(text(setpoint, "DataType")).isEqualTo("Int16 (i=4)");
        assertThat(text(setpoint, "ValueRank")).isEqualTo("scalar (-1)");
        assertThat(text(setpoint, "AccessLevel")).isEqualTo("CurrentRead, CurrentWrite (3)");
        assertThat(attribute(setpoint, "Value").value()).isEqualTo(Value.of(7));
        assertThat(setpoint.sample().sourceTime()).isNotNull();
        assertThat(setpoint.attributes())
                .as("what an object or a method has is not there")
                .extracting(Attribute::name)
                .doesNotContain("EventNotifier", "Executable", "IsAbstract");
        assertThat(setpoint.references())
                .contains(
                        new Reference(
                                "HasTypeDefinition",
                                true,
                                "i=63",
                                "BaseDataVariableType",
                                "VariableType",
                                true))
                .anySatisfy(
                        one -> {
                            assertThat(one.forward()).isFalse();
                            assertThat(one.target()).isEqualTo(node("Filler"));
                            assertThat(one.name()).isEqualTo("Filler");
                            assertThat(one.nodeClass()).isEqualTo("Object");
                        });
    }

    @Test
    void showsTheAttributesOfEachNodeClass() throws Exception {
        NodeDetails details = details(Map.of("Filler/Bottles", counter(Duration.ofSeconds(1))));

        Node method = answer(details.details(node("Filler.Reset")));
        assertThat(text(method, "Executable")).isEqualTo("true");
        Node server = answer(details.details("i=2253"));
        assertThat(attribute(server, "EventNotifier").status()).isEqualTo(Status.GOOD);
        assertThat(server.properties())
                .anySatisfy(
                        property -> {
                            assertThat(property.name()).isEqualTo("NamespaceArray");
                            assertThat(property.value()).isInstanceOf(Value.Array.class);
                        });
        Node referenceType = answer(details.details("i=47"));
        assertThat(text(referenceType, "InverseName")).startsWith("ComponentOf");
        assertThat(text(referenceType, "Symmetric")).isEqualTo("false");
        Node variableType = answer(details.details("i=2365"));
        assertThat(text(variableType, "IsAbstract")).isEqualTo("false");
        Node structure = answer(details.details("i=884"));
        assertThat(structure.name()).isEqualTo("Range");
        assertThat(text(structure, "DataTypeDefinition"))
                .isEqualTo("Structure {Low: Double, High: Double}");
    }

    @Test
    void bringsAllReferencesOfALargeFolder() throws Exception {
        Map<String, Signal> points = new HashMap<>();
        for (int i = 0; i < 2_300; i++) {
            points.put("Hall/Tag" + i, constant("Int32", "1", false));
        }
        Node hall = answer(details(points).details(node("Hall")));
        assertThat(hall.references().stream().filter(Reference::forward).map(Reference::target))
                .hasSizeGreaterThan(2_300)
                .doesNotHaveDuplicates();
        assertThat(hall.browsed()).isEqualTo(Status.GOOD);
    }

    @Test
    void saysThatThereIsNoSuchNode() throws Exception {
        NodeDetails details = details(Map.of("A/B", constant("Int32", "1", false)));
        for (String wrong : new String[] {node("Nowhere"), "nsu=urn:other;i=1", "nonsense"}) {
            DeviceException failure = failure(details.details(wrong));
            assertThat(failure.kind()).isEqualTo(DeviceException.Kind.BAD_ADDRESS);
            assertThat(failure).hasMessageContaining(wrong);
        }
    }

    private NodeDetails details(Map<String, Signal> points) throws Exception {
        DeviceSession session =
                bench.connected(bench.simulator(points).endpoint(), new OpcUaBench.Events());
        return session.capability(NodeDetails.class).orElseThrow();
    }

    private static Attribute attribute(Node node, String name) {
        return node.attributes().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + node.attributes()));
    }

    private static String text(Node node, String name) {
        Value value = attribute(node, name).value();
        return value instanceof Value.Text text
                ? text.value()
                : value instanceof Value.Bool bool
                        ? String.valueOf(bool.value())
                        : value.toString();
    }
}
