package io.fieldloom.engine.device.opcua;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** Which event types a server has: their names, and the fields of those that are its own. */
final class EventTypes {
    /** A server with more types than this is asked for the standard fields of the others. */
    private static final int MOST_TYPES = 2_000;

    private static final int MOST_OWN_FIELDS = 300;

    private final Map<NodeId, String> names = new LinkedHashMap<>();
    private final List<Own> own = new ArrayList<>();

    private EventTypes() {}

    /** A field that a type of the server's own declares. */
    record Own(NodeId type, QualifiedName name) {}

    /** Walks the types, a level at a time. */
    static CompletableFuture<EventTypes> of(Browser browser, Addresses addresses) {
        EventTypes types = new EventTypes();
        types.names.put(NodeIds.BaseEventType, "BaseEventType");
        return types.below(List.of(NodeIds.BaseEventType), browser, addresses);
    }

    private CompletableFuture<EventTypes> below(
            List<NodeId> level, Browser browser, Addresses addresses) {
        return browser.children(level)
                .thenCompose(
                        found -> {
                            List<NodeId> next = new ArrayList<>();
                            for (int i = 0; i < level.size(); i++) {
                                for (ReferenceDescription one : found.get(i).references()) {
                                    NodeId node = addresses.node(one.getNodeId()).orElse(null);
                                    if (one.getReferenceTypeId().equals(NodeIds.HasSubtype)
                                            && node != null
                                            && names.size() < MOST_TYPES
                                            && names.putIfAbsent(node, name(one)) == null) {
                                        next.add(node);
                                    } else {
                                        field(level.get(i), one);
                                    }
                                }
                            }
                            return next.isEmpty()
                                    ? CompletableFuture.completedFuture(this)
                                    : below(next, browser, addresses);
                        });
    }

    private static String name(ReferenceDescription reference) {
        return Objects.requireNonNullElse(reference.getBrowseName().name(), "");
    }

    private void field(NodeId type, ReferenceDescription reference) {
        boolean isStandard = type.getNamespaceIndex().intValue() == 0;
        if (!isStandard
                && reference.getNodeClass() == NodeClass.Variable
                && own.size() < MOST_OWN_FIELDS) {
            own.add(new Own(type, reference.getBrowseName()));
        }
    }

    boolean has(NodeId type) {
        return names.containsKey(type);
    }

    /** A type's name; its address where it has none. */
    String name(NodeId type, Addresses addresses) {
        String known = names.getOrDefault(type, "");
        return known.isEmpty() ? addresses.text(type) : known;
    }

    List<Own> ownFields() {
        return own;
    }
}
