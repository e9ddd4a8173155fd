package io.fieldloom.engine.device.opcua;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** A node as the server told it, on its way into a NodeSet. */
record SavedNode(
        NodeId id,
        NodeClass nodeClass,
        Map<AttributeId, Object> attributes,
        List<ReferenceDescription> references) {
    /** What is asked of every node; what its class does not have is answered with a bad status. */
    static final List<AttributeId> ASKED =
            List.of(
                    AttributeId.NodeClass,
                    AttributeId.BrowseName,
                    AttributeId.DisplayName,
                    AttributeId.Description,
                    AttributeId.IsAbstract,
                    AttributeId.Symmetric,
                    AttributeId.InverseName,
                    AttributeId.EventNotifier,
                    AttributeId.DataType,
                    AttributeId.ValueRank,
                    AttributeId.ArrayDimensions,
                    AttributeId.AccessLevel,
                    AttributeId.MinimumSamplingInterval,
                    AttributeId.Historizing,
                    AttributeId.DataTypeDefinition);

    static SavedNode of(NodeId id, List<Object> values, List<ReferenceDescription> references) {
        Map<AttributeId, Object> attributes = new EnumMap<>(AttributeId.class);
        for (int i = 0; i < ASKED.size(); i++) {
            if (values.get(i) != null) {
                attributes.put(ASKED.get(i), values.get(i));
            }
        }
        NodeClass nodeClass =
                attributes.get(AttributeId.NodeClass) instanceof Integer number
                        ? NodeClass.from(number)
                        : null;
        return new SavedNode(id, nodeClass, attributes, references);
    }

    SavedNode with(Object value) {
        Map<AttributeId, Object> more = new EnumMap<>(attributes);
        more.put(AttributeId.Value, value);
        return new SavedNode(id, nodeClass, more, references);
    }

    boolean isType() {
        return isType(nodeClass);
    }

    static boolean isType(NodeClass nodeClass) {
        return nodeClass == NodeClass.ObjectType
                || nodeClass == NodeClass.VariableType
                || nodeClass == NodeClass.DataType
                || nodeClass == NodeClass.ReferenceType;
    }
}
