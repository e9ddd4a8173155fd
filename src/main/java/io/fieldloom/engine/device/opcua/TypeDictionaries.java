package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.engine.device.opcua.DictionaryType.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The type dictionaries of one server, for structures whose DataType does not define itself. Each
 * is fetched once, when a structure needs it; the answers of the server are waited for, each at
 * most for the session's time-out.
 */
final class TypeDictionaries implements DictionaryDecoder.Types {
    private static final Logger LOG = LoggerFactory.getLogger(TypeDictionaries.class);

    private final Services services;
    private final Addresses addresses;
    private final Browser browser;

    /** Also the encodings without any, else each value of them would ask again. */
    private final Map<NodeId, Optional<Name>> encodings = new HashMap<>();

    private final Map<NodeId, Optional<TypeDictionary>> fetched = new HashMap<>();
    private boolean allFetched;

    TypeDictionaries(Services services, Addresses addresses, Browser browser) {
        this.services = services;
        this.addresses = addresses;
        this.browser = browser;
    }

    /** The type that an encoding carries; empty where the server describes none. */
    synchronized Optional<Name> typeOf(NodeId encoding) throws UaException {
        Optional<Name> known = encodings.get(encoding);
        if (known == null) {
            known = described(encoding);
            encodings.put(encoding, known);
        }
        return known;
    }

    /** From the encoding to its description, from there to the dictionary that it is a part of. */
    private Optional<Name> described(NodeId encoding) throws UaException {
        Optional<NodeId> description = target(encoding, NodeIds.HasDescription, true);
        if (description.isEmpty()) {
            return Optional.empty();
        }
        Optional<NodeId> node = target(description.get(), NodeIds.HasComponent, false);
        if (node.isEmpty() || !(value(description.get()) instanceof String name)) {
            return Optional.empty();
        }
        return dictionary(node.get())
                .filter(dictionary -> dictionary.types().containsKey(name))
                .map(dictionary -> new Name(dictionary.namespace(), name));
    }

    private Optional<NodeId> target(NodeId node, NodeId referenceType, boolean forward)
            throws UaException {
        for (ReferenceDescription reference : answer(browser.all(node)).references()) {
            if (reference.getReferenceTypeId().equals(referenceType)
                    && reference.getIsForward() == forward) {
                return addresses.node(reference.getNodeId());
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized DictionaryType type(Name name) throws UaException {
        Optional<DictionaryType> found = find(name);
        if (found.isEmpty() && !allFetched) {
            fetchAll();
            found = find(name);
        }
        return found.orElseThrow(
                () -> new UaException(StatusCodes.Bad_DecodingError, "no dictionary has " + name));
    }

    private Optional<DictionaryType> find(Name name) {
        return fetched.values().stream()
                .flatMap(Optional::stream)
                .filter(dictionary -> dictionary.namespace().equals(name.namespace()))
                .flatMap(
                        dictionary ->
                                Optional.ofNullable(dictionary.types().get(name.local())).stream())
                .findFirst();
    }

    /** A field may be of a type that another dictionary has. */
    private void fetchAll() throws UaException {
        List<Browser.Found> found =
                answer(browser.children(List.of(NodeIds.OPCBinarySchema_TypeSystem)));
        for (ReferenceDescription child : found.get(0).references()) {
            Optional<NodeId> node = addresses.node(child.getNodeId());
            if (node.isPresent()) {
                dictionary(node.get());
            }
        }
        allFetched = true;
    }

    private Optional<TypeDictionary> dictionary(NodeId node) throws UaException {
        Optional<TypeDictionary> known = fetched.get(node);
        if (known == null) {
            known = parsed(node, value(node));
            fetched.put(node, known);
        }
        return known;
    }

    private Optional<TypeDictionary> parsed(NodeId node, Object value) {
        if (!(value instanceof ByteString xml) || xml.isNullOrEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TypeDictionary.parse(xml.bytes()));
        } catch (MalformedException e) {
            LOG.warn(
                    "The type dictionary {} cannot be used. {}. Structures of its types are shown"
                            + " as bytes.",
                    addresses.text(node),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private Object value(NodeId node) throws UaException {
        return answer(
                        services.read(
                                List.of(Services.attribute(node, AttributeId.Value)),
                                TimestampsToReturn.Neither))
                .get(0)
                .value()
                .value();
    }

    private static <T> T answer(CompletableFuture<T> asked) throws UaException {
        try {
            return asked.join();
        } catch (CompletionException e) {
            throw UaException.extract(e).orElseGet(() -> new UaException(e));
        }
    }
}
