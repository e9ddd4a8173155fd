package io.fieldloom.engine.device.opcua;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What true and false mean at one variable (TwoStateDiscreteType, OPC UA Part 8, 5.3.3.2). */
final class TwoStateNames {
    private static final Logger LOG = LoggerFactory.getLogger(TwoStateNames.class);

    private final Services services;
    private final Addresses addresses;

    TwoStateNames(Services services, Addresses addresses) {
        this.services = services;
        this.addresses = addresses;
    }

    /** The names of 0 (false) and 1 (true); empty where the variable has none. */
    CompletableFuture<Map<Long, String>> of(NodeId variable) {
        return services.translate(
                        List.of(
                                EnumerationNames.property(variable, "FalseState"),
                                EnumerationNames.property(variable, "TrueState")))
                .thenCompose(this::names)
                .exceptionally(
                        failure -> {
                            LOG.debug("The server does not say its state names", failure);
                            return Map.of(); // then true and false have to do
                        });
    }

    private CompletableFuture<Map<Long, String>> names(List<BrowsePathResult> found) {
        Map<Long, ReadValueId> asked = new HashMap<>();
        for (int state = 0; state < found.size(); state++) {
            long number = state;
            EnumerationNames.target(found.get(state), addresses)
                    .ifPresent(
                            node -> asked.put(number, Services.attribute(node, AttributeId.Value)));
        }
        List<Long> states = List.copyOf(asked.keySet());
        return services.read(states.stream().map(asked::get).toList(), TimestampsToReturn.Neither)
                .thenApply(values -> named(states, values));
    }

    private static Map<Long, String> named(List<Long> states, List<DataValue> values) {
        Map<Long, String> names = new HashMap<>();
        for (int at = 0; at < states.size(); at++) {
            if (values.get(at).value().value() instanceof LocalizedText text
                    && text.text() != null
                    && !text.text().isEmpty()) {
                names.put(states.get(at), text.text());
            }
        }
        return names;
    }
}
