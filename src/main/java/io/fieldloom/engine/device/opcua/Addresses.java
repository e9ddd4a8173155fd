package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.NodeAddress;
import io.fieldloom.engine.device.DeviceException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.util.Namespaces;

/**
 * Between address texts and the NodeIds of one session. The table is the one of the server that is
 * there now: indices change whenever a server is reconfigured, the URIs do not. Immutable.
 */
final class Addresses {
    private final List<String> uris;
    private final List<String> prefixes;

    Addresses(List<String> uris) {
        this.uris = List.copyOf(uris);
        prefixes = this.uris.stream().map(NodeAddress::namespace).toList();
    }

    /**
     * The node of that text; empty where the server does not have its namespace. A text that is no
     * node address is malformed.
     */
    Optional<NodeId> node(String text) {
        NodeAddress address = NodeAddress.parse(text);
        int index = address.index();
        if (address.namespaceUri() != null) {
            index = indexOf(address.namespaceUri());
        }
        if (index < 0) {
            return Optional.empty();
        }
        String id = address.identifier();
        return Optional.of(
                switch (address.kind()) {
                    case 'i' -> new NodeId(index, UInteger.valueOf(Long.parseLong(id)));
                    case 'g' -> new NodeId(index, UUID.fromString(id));
                    case 'b' -> new NodeId(index, ByteString.of(Base64.getDecoder().decode(id)));
                    default -> new NodeId(index, id);
                });
    }

    /**
     * The same for who cannot go on without it: fails where the text is no node address.
     *
     * @param absent why it fails where the server does not have the namespace
     */
    CompletableFuture<NodeId> known(
            String text, Failures failures, Supplier<DeviceException> absent) {
        try {
            return node(text)
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> CompletableFuture.failedFuture(absent.get()));
        } catch (MalformedException e) {
            return CompletableFuture.failedFuture(
                    failures.badAddress(text, e.getMessage(), "Check the address."));
        }
    }

    /** The same, told as any node that is not there. */
    CompletableFuture<NodeId> known(String text, Failures failures) {
        return known(text, failures, () -> failures.unknownNode(text, "BadNodeIdUnknown"));
    }

    /** The namespaces by their index, as the server has them now. */
    List<String> uris() {
        return uris;
    }

    /** The node of a reference; empty where it lies on another server or in no known namespace. */
    Optional<NodeId> node(ExpandedNodeId expanded) {
        if (expanded == null || expanded.isNull() || !expanded.isLocal()) {
            return Optional.empty();
        }
        String uri = expanded.getNamespaceUri();
        int index = uri == null ? expanded.getNamespaceIndex().intValue() : indexOf(uri);
        return index < 0
                ? Optional.empty()
                : Optional.of(withIdentifier(index, expanded.getIdentifier()));
    }

    /** The text that names the node also after the server was reconfigured. */
    String text(NodeId node) {
        return text(node.getNamespaceIndex().intValue(), node.getIdentifier());
    }

    /** The same of an expanded id, on whichever server it lies. */
    String text(ExpandedNodeId node) {
        String uri = node.getNamespaceUri();
        if (uri != null && indexOf(uri) < 0) {
            return NodeAddress.namespace(uri) + identifier(node.getIdentifier());
        }
        int index = uri == null ? node.getNamespaceIndex().intValue() : indexOf(uri);
        return text(index, node.getIdentifier());
    }

    /** A name with its namespace; {@code nsu=URI;NAME}, and the name alone of the standard one. */
    String text(QualifiedName name) {
        int index = name.namespaceIndex().intValue();
        return index < uris.size() && index > 0 ? prefixes.get(index) + name.name() : name.name();
    }

    /** The name of that text, also of {@code 2:NAME}. */
    QualifiedName name(String text) {
        if (text.matches("\\d{1,5}:.*")) {
            int colon = text.indexOf(':');
            return new QualifiedName(
                    Integer.parseInt(text.substring(0, colon)), text.substring(colon + 1));
        }
        for (int index = 1; index < prefixes.size(); index++) {
            if (text.startsWith(prefixes.get(index))) {
                return new QualifiedName(index, text.substring(prefixes.get(index).length()));
            }
        }
        if (text.startsWith("nsu=")) {
            throw new MalformedException(
                    "the server does not have the namespace of '" + text + "'");
        }
        return new QualifiedName(0, text);
    }

    private String text(int index, Object identifier) {
        String namespace =
                index == 0
                        ? ""
                        : index < prefixes.size() ? prefixes.get(index) : "ns=" + index + ";";
        return namespace + identifier(identifier);
    }

    private int indexOf(String uri) {
        return uri.equals(Namespaces.OPC_UA) ? 0 : uris.indexOf(uri);
    }

    private static String identifier(Object identifier) {
        if (identifier instanceof UUID) {
            return "g=" + identifier;
        }
        if (identifier instanceof ByteString bytes) {
            return "b=" + Base64.getEncoder().encodeToString(bytes.bytesOrEmpty());
        }
        return (identifier instanceof UInteger ? "i=" : "s=") + identifier;
    }

    private static NodeId withIdentifier(int index, Object identifier) {
        if (identifier instanceof UInteger number) {
            return new NodeId(index, number);
        }
        if (identifier instanceof UUID guid) {
            return new NodeId(index, guid);
        }
        return identifier instanceof ByteString bytes
                ? new NodeId(index, bytes)
                : new NodeId(index, (String) identifier);
    }
}
