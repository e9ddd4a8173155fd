package io.fieldloom.ui.node;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.NodeDetails;
import io.fieldloom.engine.device.NodeDetails.Attribute;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an OPC UA server says about a node, line by line. Pure. */
final class NodeLines {
    /** What every node has; the other attributes are what one looks for, and come first. */
    private static final Set<String> BASE =
            Set.of(
                    "NodeId",
                    "NodeClass",
                    "BrowseName",
                    "DisplayName",
                    "Description",
                    "WriteMask",
                    "UserWriteMask");

    private static final int MOST_PARTS = 200;

    private final List<NodeLine> lines = new ArrayList<>();
    private int parts;

    private NodeLines() {}

    static List<NodeLine> of(NodeDetails.Node node) {
        NodeLines all = new NodeLines();
        for (Attribute attribute : node.attributes()) {
            if (!BASE.contains(attribute.name())) {
                all.add(attribute, "");
                if (node.sample() != null && attribute.name().equals("Value")) {
                    all.times(node.sample());
                }
            }
        }
        node.properties().forEach(property -> all.add(property, "property"));
        node.attributes().stream()
                .filter(attribute -> BASE.contains(attribute.name()))
                .forEach(attribute -> all.add(attribute, ""));
        return List.copyOf(all.lines);
    }

    private void add(Attribute attribute, String note) {
        boolean isMissing = attribute.value().equals(Value.NONE) && !attribute.status().isGood();
        String text = isMissing ? attribute.status().name() : Presentation.exact(attribute.value());
        if (!isMissing && !attribute.status().isGood()) {
            text += "  (" + attribute.status().name() + ")";
        }
        Tone tone = Presentation.status(attribute.status());
        String path = note + " " + attribute.name();
        lines.add(new NodeLine(path, 0, attribute.name(), note, text, tone));
        parts = 0;
        parts(path, attribute.value(), 1);
    }

    /** The fields of a structure and the elements of an array, each in a line of its own. */
    private void parts(String path, Value value, int depth) {
        if (value instanceof Value.Structure structure) {
            structure.fields().forEach((name, field) -> part(path, depth, name, field));
        } else if (value instanceof Value.Array array) {
            int most = Math.min(array.elements().size(), MOST_PARTS + 1);
            for (int at = 0; at < most; at++) {
                part(path, depth, "[" + at + "]", array.elements().get(at));
            }
        }
    }

    private void part(String above, int depth, String name, Value value) {
        String path = above + "/" + name;
        parts++;
        if (parts <= MOST_PARTS) {
            String text = Presentation.exact(value);
            lines.add(new NodeLine(path, depth, name, "", text, Tone.NORMAL));
            parts(path, value, depth + 1);
        } else if (parts == MOST_PARTS + 1) {
            lines.add(new NodeLine(path, depth, "…", "", "and more", Tone.DIM));
        }
    }

    private void times(Sample sample) {
        if (sample.sourceTime() != null) {
            lines.add(NodeLine.of("SourceTimestamp", sample.sourceTime().toString()));
        }
        if (sample.serverTime() != null) {
            lines.add(NodeLine.of("ServerTimestamp", sample.serverTime().toString()));
        }
        if (sample.sourceTime() != null && sample.serverTime() != null) {
            Duration offset = Duration.between(sample.sourceTime(), sample.serverTime());
            lines.add(NodeLine.of("Server after source", offset.toMillis() + " ms"));
        }
    }
}
