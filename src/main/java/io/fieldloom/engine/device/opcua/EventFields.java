package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.Events.Condition;
import io.fieldloom.engine.device.Events.Event;
import io.fieldloom.engine.device.Events.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;

/** What is asked of each event of one server, and the event made of the answer. */
final class EventFields {
    /** The condition's own NodeId has no name (OPC UA Part 9, 5.5.2.13). */
    private static final String CONDITION = "ConditionId";

    private static final Map<NodeId, List<String>> STANDARD =
            Map.of(
                    NodeIds.BaseEventType,
                    List.of(
                            "EventId",
                            "EventType",
                            "SourceNode",
                            "SourceName",
                            "Time",
                            "ReceiveTime",
                            "Message",
                            "Severity"),
                    NodeIds.ConditionType,
                    List.of(
                            "ConditionClassName",
                            "ConditionName",
                            "BranchId",
                            "Retain",
                            "EnabledState",
                            "Quality",
                            "LastSeverity",
                            "Comment",
                            "ClientUserId"),
                    NodeIds.AcknowledgeableConditionType,
                    List.of("AckedState", "AckedState/Id", "ConfirmedState", "ConfirmedState/Id"),
                    NodeIds.AlarmConditionType,
                    List.of(
                            "ActiveState",
                            "ActiveState/Id",
                            "InputNode",
                            "SuppressedOrShelved",
                            "ShelvingState/CurrentState"),
                    NodeIds.LimitAlarmType,
                    List.of("HighHighLimit", "HighLimit", "LowLimit", "LowLowLimit"),
                    NodeIds.ExclusiveLimitAlarmType,
                    List.of("LimitState/CurrentState"),
                    NodeIds.AuditEventType,
                    List.of("ActionTimeStamp", "Status", "ClientAuditEntryId", "ClientUserId"));

    /** From the base on, as they are listed for a person. */
    private static final List<NodeId> ORDER =
            List.of(
                    NodeIds.BaseEventType,
                    NodeIds.ConditionType,
                    NodeIds.AcknowledgeableConditionType,
                    NodeIds.AlarmConditionType,
                    NodeIds.LimitAlarmType,
                    NodeIds.ExclusiveLimitAlarmType,
                    NodeIds.AuditEventType);

    private final EventTypes types;
    private final Addresses addresses;
    private final ValueDecoder decoder;
    private final List<String> names = new ArrayList<>();
    private final List<SimpleAttributeOperand> asked = new ArrayList<>();

    EventFields(EventTypes types, Addresses addresses, ValueDecoder decoder) {
        this.types = types;
        this.addresses = addresses;
        this.decoder = decoder;
        for (NodeId type : ORDER) {
            if (types.has(type)) {
                STANDARD.get(type).forEach(path -> ask(type, path));
            }
        }
        if (types.has(NodeIds.ConditionType)) {
            names.add(CONDITION);
            asked.add(operand(NodeIds.ConditionType, AttributeId.NodeId));
        }
        for (EventTypes.Own field : types.ownFields()) {
            names.add(Objects.requireNonNullElse(field.name().name(), ""));
            asked.add(operand(field.type(), AttributeId.Value, field.name()));
        }
    }

    private void ask(NodeId type, String path) {
        names.add(path);
        asked.add(
                operand(
                        type,
                        AttributeId.Value,
                        Arrays.stream(path.split("/"))
                                .map(name -> new QualifiedName(0, name))
                                .toArray(QualifiedName[]::new)));
    }

    private static SimpleAttributeOperand operand(
            NodeId type, AttributeId attribute, QualifiedName... path) {
        return new SimpleAttributeOperand(type, path, attribute.uid(), null);
    }

    EventFilter filter() {
        return new EventFilter(
                asked.toArray(new SimpleAttributeOperand[0]),
                new ContentFilter(new ContentFilterElement[0]));
    }

    /** The type of an event, where the device says one. */
    NodeId type(Variant[] fields) {
        int place = names.indexOf("EventType");
        return place < fields.length && fields[place].value() instanceof NodeId type
                ? type
                : NodeId.NULL_VALUE;
    }

    /** Called on a thread that may wait, for a structure's type may have to be asked for. */
    Event event(Variant[] values) {
        Map<String, Object> raw = new HashMap<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < Math.min(names.size(), values.length); i++) {
            Object value = values[i].value();
            // what an event has no such field for is null, or its status (OPC UA Part 4, 7.22.3)
            if (value != null && !(value instanceof StatusCode)) {
                raw.putIfAbsent(names.get(i), value);
                fields.add(new Field(names.get(i), shown(names.get(i), value)));
            }
        }
        NodeId type = type(values);
        return new Event(
                raw.get("EventId") instanceof ByteString id
                        ? Base64.getEncoder().encodeToString(id.bytesOrEmpty())
                        : "",
                type.isNull() ? "" : types.name(type, addresses),
                Objects.toString(raw.get("SourceName"), ""),
                raw.get("Message") instanceof LocalizedText text
                        ? Objects.toString(text.text(), "")
                        : "",
                raw.get("Severity") instanceof Number severity ? severity.intValue() : 0,
                raw.get("Time") instanceof DateTime time ? ValueDecoder.time(time) : null,
                raw.get(CONDITION) instanceof NodeId node && !node.isNull()
                        ? condition(node, raw)
                        : null,
                fields.stream()
                        .filter(field -> !field.value().equals(Value.NONE))
                        .collect(Collectors.toList()));
    }

    private Condition condition(NodeId node, Map<String, Object> raw) {
        return new Condition(
                addresses.text(node),
                raw.get("BranchId") instanceof NodeId branch && !branch.isNull()
                        ? addresses.text(branch)
                        : "",
                Objects.toString(raw.get("ConditionName"), ""),
                Boolean.TRUE.equals(raw.get("Retain")),
                flag(raw.get("ActiveState/Id")),
                flag(raw.get("AckedState/Id")),
                flag(raw.get("ConfirmedState/Id")));
    }

    private static Boolean flag(Object raw) {
        return raw instanceof Boolean known ? known : null;
    }

    private Value shown(String name, Object raw) {
        if (name.equals("EventType") && raw instanceof NodeId type) {
            return Value.of(types.name(type, addresses) + "  " + addresses.text(type));
        }
        try {
            return decoder.value(raw, Map.of());
        } catch (UaException | UaSerializationException e) {
            return Value.of("cannot be decoded: " + e.getMessage());
        }
    }
}
