package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.TypeNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/** Reads values, each with its own status: an address that is wrong never spoils the others. */
final class Reader implements TypeNames {
    private final Addresses addresses;
    private final Variables variables;
    private final ValueDecoder decoder;
    private final SlowNodes slow;

    Reader(Services services, Addresses addresses, Variables variables, ValueDecoder decoder) {
        this.addresses = addresses;
        this.variables = variables;
        this.decoder = decoder;
        this.slow = new SlowNodes(part -> services.read(part, TimestampsToReturn.Both));
    }

    CompletableFuture<List<Sample>> read(List<String> wanted) {
        Sample[] samples = new Sample[wanted.size()];
        List<Integer> places = new ArrayList<>();
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            try {
                Optional<NodeId> node = addresses.node(wanted.get(i));
                if (node.isPresent()) {
                    places.add(i);
                    nodes.add(node.get());
                } else {
                    samples[i] = failed("BadNodeIdUnknown");
                }
            } catch (MalformedException e) {
                samples[i] = failed("BadNodeIdInvalid");
            }
        }
        List<ReadValueId> values =
                nodes.stream().map(node -> Services.attribute(node, AttributeId.Value)).toList();
        return variables
                .learn(nodes)
                .thenCompose(done -> slow.values(values))
                .thenApplyAsync(
                        data -> {
                            Instant now = Instant.now();
                            for (int i = 0; i < data.size(); i++) {
                                samples[places.get(i)] =
                                        decoder.sample(
                                                data.get(i), variables.known(nodes.get(i)), now);
                            }
                            return List.of(samples);
                        },
                        Stack.sharedExecutor()); // decoding may wait for the type of a structure
    }

    private static Sample failed(String status) {
        return Sample.failed(Status.named(status), Instant.now());
    }

    @Override
    public CompletionStage<List<String>> typeNames(List<String> wanted) {
        List<Optional<NodeId>> nodes = wanted.stream().map(this::node).toList();
        Set<NodeId> known = new LinkedHashSet<>();
        nodes.forEach(node -> node.ifPresent(known::add));
        return variables
                .learn(known)
                .thenApply(
                        done -> {
                            List<String> names = new ArrayList<>();
                            for (Optional<NodeId> node : nodes) {
                                names.add(node.map(id -> variables.known(id).name()).orElse(null));
                            }
                            return names;
                        });
    }

    private Optional<NodeId> node(String address) {
        try {
            return addresses.node(address);
        } catch (MalformedException e) {
            return Optional.empty(); // has no type, as its value has a bad status
        }
    }
}
