package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.Methods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** The methods of a server: what they take, by their own InputArguments, and the Call service. */
final class MethodCalls implements Methods {
    private static final List<AttributeId> ASKED =
            List.of(
                    AttributeId.NodeClass,
                    AttributeId.BrowseName,
                    AttributeId.Description,
                    AttributeId.Executable,
                    AttributeId.UserExecutable);

    private final Services services;
    private final Addresses addresses;
    private final Browser browser;
    private final DataTypes types;
    private final ValueDecoder decoder;
    private final Failures failures;
    private final ArgumentReader arguments;
    private final ArgumentText texts;

    MethodCalls(
            Services services,
            Addresses addresses,
            Browser browser,
            DataTypes types,
            ValueDecoder decoder,
            Failures failures) {
        this.services = services;
        this.addresses = addresses;
        this.browser = browser;
        this.types = types;
        this.decoder = decoder;
        this.failures = failures;
        this.arguments = new ArgumentReader(services, addresses, types);
        this.texts = new ArgumentText(addresses);
    }

    @Override
    public CompletionStage<Method> method(String address) {
        return node(address)
                .thenCompose(
                        node ->
                                services.read(
                                                ASKED.stream()
                                                        .map(id -> Services.attribute(node, id))
                                                        .toList(),
                                                TimestampsToReturn.Neither)
                                        .thenCompose(values -> method(address, node, values)))
                .exceptionally(failure -> failed("asking about " + address, failure));
    }

    private CompletableFuture<Method> method(String address, NodeId node, List<DataValue> values) {
        DataValue kind = values.get(0);
        boolean isMethod =
                kind.value().value() instanceof Integer number
                        && NodeClass.from(number) == NodeClass.Method;
        if (!isMethod) {
            String why =
                    kind.statusCode().isBad()
                            ? "it cannot be called (" + Statuses.name(kind.statusCode()) + ")"
                            : "it is no method";
            return CompletableFuture.failedFuture(
                    failures.badAddress(address, why, "Check the address."));
        }
        return browser.all(node)
                .thenCompose(
                        found ->
                                arguments
                                        .of(found)
                                        .thenApply(
                                                arguments ->
                                                        method(
                                                                node,
                                                                values,
                                                                owners(found),
                                                                arguments)));
    }

    private Method method(
            NodeId node, List<DataValue> values, List<Owner> owners, List<List<Argument>> all) {
        String name =
                values.get(1).value().value() instanceof QualifiedName qualified
                        ? Objects.requireNonNullElse(qualified.name(), "")
                        : "";
        boolean executable =
                values.subList(3, 5).stream()
                        .noneMatch(value -> Boolean.FALSE.equals(value.value().value()));
        return new Method(
                addresses.text(node),
                name,
                ArgumentReader.words(values.get(2).value().value()),
                executable,
                owners,
                all.get(0),
                all.get(1));
    }

    /** Objects first: a method that an object shares with its type is called on the object. */
    private List<Owner> owners(Browser.Found found) {
        Map<String, Owner> objects = new LinkedHashMap<>();
        Map<String, Owner> types = new LinkedHashMap<>();
        for (ReferenceDescription one : found.references()) {
            boolean component =
                    one.getReferenceTypeId().equals(NodeIds.HasComponent)
                            || one.getReferenceTypeId().equals(NodeIds.HasOrderedComponent);
            if (!one.getIsForward() && component) {
                String address = addresses.text(one.getNodeId());
                Owner owner = new Owner(address, ArgumentReader.name(one));
                (one.getNodeClass() == NodeClass.Object ? objects : types).put(address, owner);
            }
        }
        return List.copyOf((objects.isEmpty() ? types : objects).values());
    }

    @Override
    public CompletionStage<List<Value>> parse(Method method, List<String> texts) {
        int wanted = method.inputs().size();
        if (texts.size() != wanted) {
            return CompletableFuture.failedStage(
                    failures.badAddress(
                            method.name(),
                            "it takes "
                                    + (wanted == 0
                                            ? "no arguments"
                                            : wanted + (wanted == 1 ? " argument" : " arguments"))
                                    + ", not "
                                    + texts.size(),
                            wanted == 0
                                    ? "Leave them out."
                                    : "Give "
                                            + String.join(
                                                    ", ",
                                                    method.inputs().stream()
                                                            .map(
                                                                    one ->
                                                                            one.name()
                                                                                    + " ("
                                                                                    + one.typeText()
                                                                                    + ")")
                                                            .toList())
                                            + "."));
        }
        return infos(method.inputs())
                .thenApply(
                        infos -> {
                            List<Value> values = new ArrayList<>();
                            for (int i = 0; i < wanted; i++) {
                                Argument argument = method.inputs().get(i);
                                values.add(value(method, argument, infos.get(i), texts.get(i)));
                            }
                            return values;
                        })
                .exceptionally(failure -> failed("asking about " + method.name(), failure));
    }

    private Value value(Method method, Argument argument, DataTypeInfo info, String text) {
        try {
            return texts.parse(text, info, argument.rank());
        } catch (MalformedException e) {
            throw new CompletionException(
                    failures.badAddress(
                            method.name() + ", " + argument.name(),
                            e.getMessage(),
                            "Give a value of type " + argument.typeText() + "."));
        }
    }

    private CompletableFuture<List<DataTypeInfo>> infos(List<Argument> arguments) {
        List<NodeId> nodes =
                arguments.stream()
                        .map(one -> addresses.node(one.typeAddress()).orElse(NodeId.NULL_VALUE))
                        .toList();
        return types.of(nodes).thenApply(infos -> nodes.stream().map(infos::get).toList());
    }

    @Override
    public CompletionStage<Outcome> call(Method method, String object, List<Value> arguments) {
        return node(object)
                .thenCombine(node(method.address()), List::of)
                .thenCombine(
                        infos(method.inputs()),
                        (nodes, infos) ->
                                new CallMethodRequest(
                                        nodes.get(0), nodes.get(1), variants(arguments, infos)))
                .thenCompose(
                        request ->
                                services.client()
                                        .callAsync(List.of(request))
                                        .exceptionally(failure -> unanswered(method, failure)))
                .thenCombine(
                        infos(method.outputs()),
                        (response, outputs) -> new Answer(response.getResults()[0], outputs))
                .thenApplyAsync(this::outcome, Stack.sharedExecutor()) // may wait for a type
                .exceptionally(failure -> failed("calling " + method.name(), failure));
    }

    private record Answer(CallMethodResult result, List<DataTypeInfo> outputs) {}

    private Variant[] variants(List<Value> arguments, List<DataTypeInfo> infos) {
        Variant[] variants = new Variant[arguments.size()];
        for (int i = 0; i < variants.length; i++) {
            variants[i] = texts.variant(arguments.get(i), infos.get(i).builtin());
        }
        return variants;
    }

    private Outcome outcome(Answer answer) {
        CallMethodResult result = answer.result();
        StatusCode[] judged = result.getInputArgumentResults();
        List<Status> faults =
                judged == null ? List.of() : Arrays.stream(judged).map(Statuses::of).toList();
        Variant[] outputs = result.getOutputArguments();
        List<Value> values = new ArrayList<>();
        for (int i = 0; outputs != null && i < outputs.length; i++) {
            Map<Long, String> names =
                    i < answer.outputs().size() ? answer.outputs().get(i).names() : Map.of();
            values.add(decoded(outputs[i], names));
        }
        return new Outcome(Statuses.of(result.getStatusCode()), faults, values);
    }

    /** The method was called whatever comes back, so an output never hides the others. */
    private Value decoded(Variant output, Map<Long, String> names) {
        try {
            return decoder.value(output, names);
        } catch (UaException | UaSerializationException e) {
            return Value.NONE;
        }
    }

    private CompletableFuture<NodeId> node(String address) {
        return addresses.known(address, failures, () -> failures.noNamespace(address));
    }

    private <T> T unanswered(Method method, Throwable failure) {
        throw new CompletionException(failures.sent("calling " + method.name(), failure));
    }

    private <T> T failed(String what, Throwable failure) {
        throw new CompletionException(failures.service(what, failure));
    }
}
