package io.fieldloom.engine.device.tree;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.TagNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The engineering units that an OPC UA server tells of its variables (Part 8, 5.6.3). */
final class Units {
    static final String PROPERTY = "EngineeringUnits";

    private Units() {}

    /**
     * Reads units.
     *
     * @param children what is below each variable, by the variable's address
     * @return unit by the variable's address, where there is one
     */
    static CompletionStage<Map<String, String>> read(
            DeviceLink link, Map<String, List<TagNode>> children) {
        List<String> measured = new ArrayList<>();
        List<String> properties = new ArrayList<>();
        children.forEach(
                (variable, below) ->
                        below.stream()
                                .filter(one -> one.name().equals(PROPERTY))
                                .findFirst()
                                .ifPresent(
                                        one -> {
                                            measured.add(variable);
                                            properties.add(one.address());
                                        }));
        if (measured.isEmpty()) {
            return CompletableFuture.completedStage(Map.of());
        }
        return link.read(properties)
                .thenApply(
                        samples -> {
                            Map<String, String> units = new HashMap<>();
                            for (int at = 0; at < measured.size(); at++) {
                                String unit = displayName(samples.get(at).value());
                                if (unit != null) {
                                    units.put(measured.get(at), unit);
                                }
                            }
                            return units;
                        });
    }

    private static String displayName(Value value) {
        return value instanceof Value.Structure information
                ? text(field(information, "displayName"))
                : null;
    }

    private static String text(Value value) {
        if (value instanceof Value.Structure localized) {
            return text(field(localized, "text"));
        }
        return value instanceof Value.Text text && !text.value().isBlank() ? text.value() : null;
    }

    private static Value field(Value.Structure structure, String name) {
        return structure.fields().entrySet().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Value.NONE);
    }
}
