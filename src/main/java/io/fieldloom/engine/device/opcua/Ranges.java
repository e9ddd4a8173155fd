package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.engine.device.WriteLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;

/** The ranges that an analog variable has as properties (OPC UA Part 8, 5.3.2). */
final class Ranges implements WriteLimits {
    private static final List<String> PROPERTIES = List.of("EURange", "InstrumentRange");

    private final Services services;
    private final Addresses addresses;
    private final Failures failures;

    Ranges(Services services, Addresses addresses, Failures failures) {
        this.services = services;
        this.addresses = addresses;
        this.failures = failures;
    }

    @Override
    public CompletionStage<List<Limit>> limits(String address) {
        Optional<NodeId> node;
        try {
            node = addresses.node(address);
        } catch (MalformedException e) {
            node = Optional.empty(); // has no ranges, as it has no value
        }
        if (node.isEmpty()) {
            return CompletableFuture.completedStage(List.of());
        }
        NodeId variable = node.get();
        return services.translate(PROPERTIES.stream().map(name -> path(variable, name)).toList())
                .thenCompose(this::read)
                .exceptionally(
                        failure -> {
                            throw new CompletionException(
                                    failures.service(
                                            "asking for the range of " + address, failure));
                        });
    }

    private static BrowsePath path(NodeId variable, String property) {
        QualifiedName name = new QualifiedName(0, property);
        return new BrowsePath(
                variable,
                new RelativePath(
                        new RelativePathElement[] {
                            new RelativePathElement(NodeIds.HasProperty, false, true, name)
                        }));
    }

    private CompletableFuture<List<Limit>> read(List<BrowsePathResult> results) {
        List<String> names = new ArrayList<>();
        List<ReadValueId> asked = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            BrowsePathResult result = results.get(i);
            if (result.getTargets() != null && result.getTargets().length > 0) {
                Optional<NodeId> property = addresses.node(result.getTargets()[0].getTargetId());
                if (property.isPresent()) {
                    names.add(PROPERTIES.get(i));
                    asked.add(Services.attribute(property.get(), AttributeId.Value));
                }
            }
        }
        return services.read(asked, TimestampsToReturn.Neither)
                .thenApply(
                        values -> {
                            List<Limit> limits = new ArrayList<>();
                            for (int i = 0; i < names.size(); i++) {
                                limit(names.get(i), values.get(i)).ifPresent(limits::add);
                            }
                            return limits;
                        });
    }

    /** A range without a width is one that nobody has set. */
    private Optional<Limit> limit(String name, DataValue value) {
        try {
            return value.value().value() instanceof ExtensionObject object
                            && object.decode(services.client().getStaticEncodingContext())
                                    instanceof Range range
                            && range.getLow() < range.getHigh()
                    ? Optional.of(new Limit(name, range.getLow(), range.getHigh()))
                    : Optional.empty();
        } catch (UaSerializationException e) {
            return Optional.empty(); // it says nothing that can be understood
        }
    }
}
