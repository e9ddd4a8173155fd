package io.fieldloom.engine.device.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Value;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.junit.jupiter.api.Test;

class TypedTextTest {
    private final TypedText typed =
            new TypedText(
                    new Addresses(List.of("http://opcfoundation.org/UA/", "urn:plc", "urn:acme")));

    @Test
    void namesANodeByItsNamespaceWhicheverWayItIsWritten() {
        Value parsed = typed.parse("ns=2;s=Filler", OpcUaDataType.NodeId, Map.of());

        assertThat(parsed).isEqualTo(Value.of("nsu=urn:acme;s=Filler"));
        assertThat(typed.variant(parsed, OpcUaDataType.NodeId).value())
                .isEqualTo(new NodeId(2, "Filler"));
        assertThat(typed.variant(parsed, OpcUaDataType.ExpandedNodeId).value())
                .isEqualTo(new NodeId(2, "Filler").expanded());
        assertThatThrownBy(() -> typed.parse("nsu=urn:else;i=1", OpcUaDataType.NodeId, Map.of()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("namespace");
    }
}
