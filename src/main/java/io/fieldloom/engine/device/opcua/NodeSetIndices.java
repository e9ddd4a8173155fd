package io.fieldloom.engine.device.opcua;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;

/**
 * The namespaces of a NodeSet: those that it speaks of and no others, for a reader must have each
 * of them. Their indices are the file's own, in the order in which they are met.
 */
final class NodeSetIndices {
    private final List<Integer> met = new ArrayList<>();

    private int of(int serverIndex) {
        if (serverIndex == 0) {
            return 0;
        }
        if (!met.contains(serverIndex)) {
            met.add(serverIndex);
        }
        return met.indexOf(serverIndex) + 1;
    }

    String text(NodeId node) {
        String own = node.toParseableString();
        int index = of(node.getNamespaceIndex().intValue());
        return index == 0 ? own : "ns=" + index + own.substring(own.indexOf(';'));
    }

    int of(QualifiedName name) {
        return of(name.namespaceIndex().intValue());
    }

    String text(QualifiedName name) {
        int index = of(name);
        return (index == 0 ? "" : index + ":") + Objects.requireNonNullElse(name.name(), "");
    }

    /** Their URIs in the order of their indices, from 1 on. */
    List<String> uris(Addresses addresses) {
        List<String> all = addresses.uris();
        return met.stream()
                .map(index -> index < all.size() ? all.get(index) : "urn:unknown:" + index)
                .toList();
    }
}
