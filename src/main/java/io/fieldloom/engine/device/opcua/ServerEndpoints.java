package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.domain.connection.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;

/** Asks a server what it offers (GetEndpoints), which needs no session and no security. */
final class ServerEndpoints {
    private ServerEndpoints() {}

    /** Every endpoint over TCP, as the server announces it. */
    static CompletableFuture<List<EndpointDescription>> announced(Endpoint endpoint) {
        long millis = endpoint.timeout().toMillis();
        return CompletableFuture.supplyAsync(() -> resolved(endpoint), Stack.sharedExecutor())
                .thenCompose(
                        known ->
                                DiscoveryClient.getEndpoints(
                                        url(endpoint),
                                        transport ->
                                                transport
                                                        .setConnectTimeout(uint(millis))
                                                        .setAcknowledgeTimeout(uint(millis))))
                .orTimeout(millis, TimeUnit.MILLISECONDS)
                .thenApply(ServerEndpoints::overTcp);
    }

    /** The endpoint's text without its query, which is ours and not the server's. */
    static String url(Endpoint endpoint) {
        return Endpoint.OPC_TCP + "://" + endpoint.authority() + endpoint.path();
    }

    /**
     * The endpoints at the host and port that were typed: what a server announces is its own name,
     * which often nobody else can resolve, and its own port, which a router may have changed. Only
     * a server that announces several ports on the typed host means them.
     */
    static List<EndpointDescription> reachable(
            List<EndpointDescription> announced, Endpoint typed, Consumer<String> note) {
        boolean onePort =
                announced.stream()
                                .map(endpoint -> EndpointUtil.getPort(endpoint.getEndpointUrl()))
                                .distinct()
                                .count()
                        == 1;
        List<EndpointDescription> rewritten = new ArrayList<>();
        String foreign = null;
        for (EndpointDescription endpoint : announced) {
            String url = endpoint.getEndpointUrl();
            boolean sameHost = typed.host().equalsIgnoreCase(EndpointUtil.getHost(url));
            boolean samePort = typed.port() == EndpointUtil.getPort(url);
            if (sameHost && (samePort || !onePort)) {
                rewritten.add(endpoint);
            } else {
                rewritten.add(EndpointUtil.updateUrl(endpoint, typed.host(), typed.port()));
                foreign = foreign == null ? url : foreign;
            }
        }
        if (foreign != null) {
            note.accept(
                    "The server announces "
                            + foreign
                            + "; it is reached at "
                            + typed.authority()
                            + ", as typed.");
        }
        return preferringPath(rewritten, typed);
    }

    /** Endpoints of the typed path first: one port may serve several. */
    private static List<EndpointDescription> preferringPath(
            List<EndpointDescription> endpoints, Endpoint typed) {
        String wanted = EndpointUtil.getPath(url(typed));
        List<EndpointDescription> same =
                endpoints.stream()
                        .filter(
                                endpoint ->
                                        EndpointUtil.getPath(endpoint.getEndpointUrl())
                                                .equals(wanted))
                        .toList();
        return same.isEmpty() ? endpoints : same;
    }

    private static InetAddress resolved(Endpoint endpoint) {
        try {
            return InetAddress.getByName(endpoint.host());
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    private static List<EndpointDescription> overTcp(List<EndpointDescription> endpoints) {
        return endpoints.stream()
                .filter(
                        endpoint ->
                                endpoint.getTransportProfileUri() == null
                                        || Objects.equals(
                                                endpoint.getTransportProfileUri(),
                                                Stack.TCP_UASC_UABINARY_TRANSPORT_URI))
                .filter(
                        endpoint ->
                                Endpoint.OPC_TCP.equals(
                                        EndpointUtil.getScheme(endpoint.getEndpointUrl())))
                .toList();
    }
}
