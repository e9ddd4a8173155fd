package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Capability: all that a server says about one node, for a person who looks into it. */
public interface NodeDetails {
    /**
     * Attributes, properties and references of a node. What cannot be read says so with its own
     * status. Fails with BAD_ADDRESS where there is no such node.
     */
    CompletionStage<Node> details(String address);

    /**
     * One node.
     *
     * @param address as it is stored: it holds after the server was reconfigured
     * @param name its BrowseName without index
     * @param nodeClass {@code Object Variable Method ...}
     * @param attributes those that its class has, in the order of the specification; {@code Value}
     *     of a variable is among them
     * @param sample a variable's value with its times; null where it has none
     * @param properties the values of its properties, by their BrowseNames
     * @param references all of them, forward ones first
     * @param browsed why the references are missing or not complete
     */
    record Node(
            String address,
            String name,
            String nodeClass,
            List<Attribute> attributes,
            Sample sample,
            List<Attribute> properties,
            List<Reference> references,
            Status browsed) {
        public Node {
            Objects.requireNonNull(address, "address");
            attributes = List.copyOf(attributes);
            properties = List.copyOf(properties);
            references = List.copyOf(references);
        }
    }

    /**
     * One attribute or property.
     *
     * @param value masks and codes in words; {@link Value#NONE} where it cannot be read
     */
    record Attribute(String name, Value value, Status status) {
        public Attribute {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(status, "status");
        }
    }

    /**
     * One reference.
     *
     * @param type the reference type's BrowseName: {@code HasComponent}
     * @param forward from this node to the target; otherwise the other way round
     * @param target the other node's address
     * @param name the other node's BrowseName without index; empty where the server does not say
     * @param nodeClass the other node's class; empty where the server does not say
     * @param local whether the other node is on this server
     */
    record Reference(
            String type,
            boolean forward,
            String target,
            String name,
            String nodeClass,
            boolean local) {}
}
