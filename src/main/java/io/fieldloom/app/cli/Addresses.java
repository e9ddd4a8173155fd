package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.ModbusArray;
import io.fieldloom.domain.tag.ModbusNotation;
import io.fieldloom.domain.tag.NodeAddress;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Addresses as they are typed, and as they are answered: a namespace by its URI. */
final class Addresses {
    /** Server_NamespaceArray (OPC UA Part 6, A.1). */
    private static final String NAMESPACES = "i=2255";

    /** Its nodes are written without a namespace. */
    private static final String STANDARD = "http://opcfoundation.org/UA/";

    private Addresses() {}

    /** A malformed address is told before anything connects. */
    static void check(Endpoint endpoint, List<String> addresses) {
        for (String address : addresses) {
            if (endpoint.isOpcUa()) {
                NodeAddress.parse(address);
            } else if (ModbusArray.isArray(address)) {
                ModbusArray.parse(address);
            } else {
                ModbusNotation.parse(address);
            }
        }
    }

    /**
     * Says how an address in a manual's notation was understood: off by one is a common mistake.
     */
    static void tell(Shell shell, Endpoint endpoint, List<String> addresses) {
        if (!endpoint.isOpcUa()) {
            addresses.stream()
                    .filter(address -> !isOurs(address))
                    .map(address -> ModbusNotation.parse(address).how())
                    .forEach(shell::note);
        }
    }

    /**
     * The addresses with each namespace index replaced by the server's URI; an index that the
     * server does not have stays, and cannot be read.
     */
    static List<String> answered(DeviceConnection device, List<String> typed)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        if (!device.endpoint().isOpcUa()
                || typed.stream().allMatch(address -> NodeAddress.parse(address).isPortable())) {
            return typed.stream().map(address -> plain(device.endpoint(), address)).toList();
        }
        Sample namespaces = device.answer(device.session().read(List.of(NAMESPACES))).get(0);
        List<Value> uris =
                namespaces.value() instanceof Value.Array array ? array.elements() : List.of();
        List<String> answered = new ArrayList<>();
        for (String address : typed) {
            NodeAddress node = NodeAddress.parse(address);
            boolean known = node.index() > 0 && node.index() < uris.size();
            answered.add(
                    known && uris.get(node.index()) instanceof Value.Text uri
                            ? new NodeAddress(uri.value(), 0, node.kind(), node.identifier()).text()
                            : plain(device.endpoint(), address));
        }
        return answered;
    }

    private static boolean isOurs(String modbus) {
        return ModbusArray.isArray(modbus) || ModbusNotation.isOurs(modbus);
    }

    private static String plain(Endpoint endpoint, String address) {
        if (!endpoint.isOpcUa()) {
            return isOurs(address) ? address : ModbusNotation.parse(address).address().text();
        }
        NodeAddress node = NodeAddress.parse(address);
        return STANDARD.equals(node.namespaceUri())
                ? new NodeAddress(null, 0, node.kind(), node.identifier()).text()
                : node.text();
    }
}
