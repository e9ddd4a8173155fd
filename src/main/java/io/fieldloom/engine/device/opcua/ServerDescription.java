package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.Durations;
import io.fieldloom.engine.device.SelfDescription;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.RedundancySupport;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ServerState;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ServerDiagnosticsSummaryDataType;
import org.eclipse.milo.opcua.stack.core.types.structured.ServerStatusDataType;

/**
 * What the Server object says: what it is, how it is, who is connected, and what it takes (OPC UA
 * Part 5, 6.3). What a server does not have is left out.
 */
final class ServerDescription implements SelfDescription {
    private static final String SERVER = "Server";
    private static final String SESSION = "Session";
    private static final String LOAD = "Load";
    private static final String LIMITS = "Limits";

    /** Below this a redundant server asks its clients to go to another (Part 4, 6.6.2.4). */
    private static final int HEALTHY = 200;

    private static final Map<NodeId, String> NUMBERS = numbers();

    private final Services services;
    private final Addresses addresses;
    private final Failures failures;

    ServerDescription(Services services, Addresses addresses, Failures failures) {
        this.services = services;
        this.addresses = addresses;
        this.failures = failures;
    }

    private static Map<NodeId, String> numbers() {
        Map<NodeId, String> numbers = new LinkedHashMap<>();
        numbers.put(
                NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead, "Nodes a read");
        numbers.put(
                NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerWrite,
                "Nodes a write");
        numbers.put(
                NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerBrowse,
                "Nodes a browse");
        numbers.put(
                NodeIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall,
                "Monitored items a call");
        numbers.put(
                NodeIds.Server_ServerCapabilities_MaxBrowseContinuationPoints,
                "Unfinished browses");
        numbers.put(
                NodeIds.Server_ServerCapabilities_MaxHistoryContinuationPoints,
                "Unfinished history reads");
        numbers.put(NodeIds.Server_ServerCapabilities_MaxArrayLength, "Array length");
        numbers.put(NodeIds.Server_ServerCapabilities_MaxStringLength, "String length, bytes");
        return numbers;
    }

    @Override
    public CompletionStage<List<Entry>> describe() {
        List<NodeId> nodes =
                new ArrayList<>(
                        List.of(
                                NodeIds.Server_ServerStatus,
                                NodeIds.Server_ServiceLevel,
                                NodeIds.Server_ServerRedundancy_RedundancySupport,
                                NodeIds.Server_ServerArray,
                                NodeIds.Server_ServerDiagnostics_EnabledFlag,
                                NodeIds.Server_ServerDiagnostics_ServerDiagnosticsSummary,
                                NodeIds.Server_ServerCapabilities_MinSupportedSampleRate));
        nodes.addAll(NUMBERS.keySet());
        CompletableFuture<? extends UaSession> session = services.client().getSessionAsync();
        return services.read(
                        nodes.stream()
                                .map(node -> Services.attribute(node, AttributeId.Value))
                                .toList(),
                        TimestampsToReturn.Neither)
                .thenCombine(session, (read, open) -> entries(open, values(nodes, read)))
                .exceptionally(
                        failure -> {
                            throw new CompletionException(
                                    failures.service("asking what the server is", failure));
                        });
    }

    private Map<NodeId, Object> values(List<NodeId> nodes, List<DataValue> read) {
        Map<NodeId, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            Object value = read.get(i).value().value();
            if (value != null && !read.get(i).statusCode().isBad()) {
                values.put(nodes.get(i), decoded(value));
            }
        }
        return values;
    }

    private Object decoded(Object value) {
        if (!(value instanceof ExtensionObject structure)) {
            return value;
        }
        try {
            return structure.decode(services.client().getStaticEncodingContext());
        } catch (UaSerializationException e) {
            return value; // a server that packs its own status wrongly: left out below
        }
    }

    private List<Entry> entries(UaSession session, Map<NodeId, Object> values) {
        List<Entry> entries = new ArrayList<>();
        if (values.get(NodeIds.Server_ServerStatus) instanceof ServerStatusDataType status) {
            addStatus(status, entries);
        }
        addRole(values, entries);
        addSession(session, entries);
        addLoad(values, entries);
        addLimits(values, entries);
        List<String> namespaces = addresses.uris();
        for (int index = 0; index < namespaces.size(); index++) {
            entries.add(Entry.of("Namespaces", String.valueOf(index), namespaces.get(index)));
        }
        return entries;
    }

    private static void addStatus(ServerStatusDataType status, List<Entry> entries) {
        BuildInfo build = status.getBuildInfo();
        if (build != null) {
            addText(SERVER, "Product", build.getProductName(), entries);
            addText(SERVER, "Manufacturer", build.getManufacturerName(), entries);
            addText(SERVER, "Version", build.getSoftwareVersion(), entries);
            addText(SERVER, "Build", build.getBuildNumber(), entries);
        }
        ServerState state = status.getState();
        if (state != null) {
            boolean isLeaving = state == ServerState.Shutdown;
            String reason =
                    status.getShutdownReason() == null ? null : status.getShutdownReason().text();
            entries.add(
                    new Entry(
                            SERVER,
                            "State",
                            state.name()
                                    + (isLeaving
                                            ? " in " + status.getSecondsTillShutdown() + " s"
                                            : "")
                                    + (reason == null || reason.isBlank() ? "" : ": " + reason),
                            state != ServerState.Running));
        }
        if (ValueDecoder.time(status.getStartTime()) != null) {
            addText(SERVER, "Running since", time(status.getStartTime()), entries);
        }
    }

    private static String time(DateTime time) {
        return ValueDecoder.time(time).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void addRole(Map<NodeId, Object> values, List<Entry> entries) {
        if (values.get(NodeIds.Server_ServiceLevel) instanceof Number level) {
            entries.add(
                    new Entry(
                            SERVER,
                            "Service level",
                            level + " of 255",
                            level.intValue() < HEALTHY));
        }
        Object support = values.get(NodeIds.Server_ServerRedundancy_RedundancySupport);
        if (support instanceof Number number && RedundancySupport.from(number.intValue()) != null) {
            addText(
                    SERVER,
                    "Redundancy",
                    RedundancySupport.from(number.intValue()).name(),
                    entries);
        }
        if (values.get(NodeIds.Server_ServerArray) instanceof String[] uris && uris.length > 0) {
            addText(SERVER, "Application URI", uris[0], entries);
        }
    }

    private void addSession(UaSession session, List<Entry> entries) {
        EndpointDescription endpoint = services.client().getConfig().getEndpoint();
        addText(SESSION, "Endpoint", endpoint.getEndpointUrl(), entries);
        addText(SESSION, "Security", SecurityChoice.security(endpoint).text(), entries);
        addText(
                SESSION,
                "Kept without us for",
                Durations.format(Duration.ofMillis(session.getSessionTimeout().longValue())),
                entries);
    }

    private static void addLoad(Map<NodeId, Object> values, List<Entry> entries) {
        if (Boolean.FALSE.equals(values.get(NodeIds.Server_ServerDiagnostics_EnabledFlag))) {
            addText(LOAD, "Diagnostics", "switched off at the server", entries);
        } else if (values.get(NodeIds.Server_ServerDiagnostics_ServerDiagnosticsSummary)
                instanceof ServerDiagnosticsSummaryDataType load) {
            addText(
                    LOAD,
                    "Sessions",
                    load.getCurrentSessionCount()
                            + " now, "
                            + load.getCumulatedSessionCount()
                            + " since its start",
                    entries);
            addText(
                    LOAD,
                    "Sessions that ended badly",
                    load.getSessionTimeoutCount()
                            + " timed out, "
                            + load.getSessionAbortCount()
                            + " aborted",
                    entries);
            addText(
                    LOAD,
                    "Sessions rejected",
                    load.getRejectedSessionCount()
                            + ", for security "
                            + load.getSecurityRejectedSessionCount(),
                    entries);
            addText(
                    LOAD,
                    "Subscriptions",
                    load.getCurrentSubscriptionCount()
                            + " now, "
                            + load.getCumulatedSubscriptionCount()
                            + " since its start",
                    entries);
            addText(
                    LOAD,
                    "Requests rejected",
                    load.getRejectedRequestsCount()
                            + ", for security "
                            + load.getSecurityRejectedRequestsCount(),
                    entries);
        }
    }

    private static void addLimits(Map<NodeId, Object> values, List<Entry> entries) {
        if (values.get(NodeIds.Server_ServerCapabilities_MinSupportedSampleRate)
                instanceof Number fastest) {
            addText(LIMITS, "Fastest sampling", fastest + " ms", entries);
        }
        NUMBERS.forEach(
                (node, name) -> {
                    if (values.get(node) instanceof Number number) {
                        // zero is no limit (Part 5, 6.3.11)
                        addText(
                                LIMITS,
                                name,
                                number.longValue() == 0 ? "no limit" : number.toString(),
                                entries);
                    }
                });
    }

    private static void addText(String group, String name, String text, List<Entry> entries) {
        if (text != null && !text.isBlank()) {
            entries.add(Entry.of(group, name, text));
        }
    }
}
