package io.fieldloom.domain.simulation;

import java.util.Objects;
import org.pcollections.PMap;

/**
 * One simulated device of the project.
 *
 * @param name its key in the file
 * @param protocol {@code opcua} or {@code modbus}
 * @param bind address it listens on
 * @param port port it listens on, or null for a free one
 * @param seed seed of its random signals
 * @param namespace OPC UA namespace URI, or null for {@code urn:fieldloom:NAME}
 * @param unit Modbus unit id, or null for 1
 * @param points signals by node path ({@code Filler01/Temperature}, under Objects, NodeId {@code
 *     s=Filler01.Temperature}) or by Modbus address, in file order
 */
public record Simulator(
        String name,
        String protocol,
        String bind,
        Integer port,
        Long seed,
        String namespace,
        Integer unit,
        PMap<String, Signal> points) {
    public static final String OPC_UA = "opcua";
    public static final String MODBUS = "modbus";

    public Simulator {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(points, "points");
        bind = bind == null ? "127.0.0.1" : bind;
    }

    public boolean isOpcUa() {
        return protocol.equals(OPC_UA);
    }

    public String namespaceUri() {
        return namespace == null ? "urn:fieldloom:" + name : namespace;
    }

    public Simulator withName(String other) {
        return new Simulator(other, protocol, bind, port, seed, namespace, unit, points);
    }
}
