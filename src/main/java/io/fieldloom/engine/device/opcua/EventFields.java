package io.fieldloom.engine.device.opcua;

import io.fieldloom.engine.device.Events.Condition;
import io.fieldloom.engine.device.Events.Event;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;

/** What is asked of each event, and the event made of the answer. */
final class EventFields {
    private static final List<SimpleAttributeOperand> ASKED =
            List.of(
                    value(NodeIds.BaseEventType, "EventId"),
                    value(NodeIds.BaseEventType, "EventType"),
                    value(NodeIds.BaseEventType, "SourceName"),
                    value(NodeIds.BaseEventType, "Message"),
                    value(NodeIds.BaseEventType, "Severity"),
                    value(NodeIds.BaseEventType, "Time"),
                    // the condition's own NodeId has no name (OPC UA Part 9, 5.5.2.13)
                    operand(NodeIds.ConditionType, AttributeId.NodeId),
                    value(NodeIds.ConditionType, "ConditionName"),
                    value(NodeIds.ConditionType, "Retain"),
                    value(NodeIds.AlarmConditionType, "ActiveState", "Id"),
                    value(NodeIds.AcknowledgeableConditionType, "AckedState", "Id"),
                    value(NodeIds.AcknowledgeableConditionType, "ConfirmedState", "Id"));

    private EventFields() {}

    private static SimpleAttributeOperand value(NodeId type, String... path) {
        return operand(type, AttributeId.Value, path);
    }

    private static SimpleAttributeOperand operand(
            NodeId type, AttributeId attribute, String... path) {
        QualifiedName[] names =
                Arrays.stream(path)
                        .map(name -> new QualifiedName(0, name))
                        .toArray(QualifiedName[]::new);
        return new SimpleAttributeOperand(type, names, attribute.uid(), null);
    }

    static EventFilter filter() {
        return new EventFilter(
                ASKED.toArray(new SimpleAttributeOperand[0]),
                new ContentFilter(new ContentFilterElement[0]));
    }

    static Event event(Variant[] fields, Addresses addresses) {
        Object[] raw = new Object[ASKED.size()];
        for (int i = 0; i < Math.min(raw.length, fields.length); i++) {
            raw[i] = fields[i].value();
        }
        return new Event(
                raw[0] instanceof ByteString id
                        ? Base64.getEncoder().encodeToString(id.bytesOrEmpty())
                        : "",
                raw[1] instanceof NodeId type ? addresses.text(type) : "",
                Objects.toString(raw[2], ""),
                raw[3] instanceof LocalizedText text ? Objects.toString(text.text(), "") : "",
                raw[4] instanceof Number severity ? severity.intValue() : 0,
                raw[5] instanceof DateTime time ? ValueDecoder.time(time) : null,
                raw[6] instanceof NodeId node && !node.isNull()
                        ? new Condition(
                                addresses.text(node),
                                Objects.toString(raw[7], ""),
                                Boolean.TRUE.equals(raw[8]),
                                flag(raw[9]),
                                flag(raw[10]),
                                flag(raw[11]))
                        : null);
    }

    private static Boolean flag(Object raw) {
        return raw instanceof Boolean known ? known : null;
    }
}
