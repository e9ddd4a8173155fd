package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.Discovery;
import io.fieldloom.engine.device.FoundDevice;
import io.fieldloom.engine.device.OfferedEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which OPC UA servers are on a host: FindServers, then GetEndpoints of each (Part 4, 5.5.2 and
 * 5.5.4). A discovery server names the servers that registered with it; they are looked for on the
 * same host, whatever name they give it.
 */
final class OpcUaDiscovery implements Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(OpcUaDiscovery.class);
    private static final int USUAL_PORT = 4840;

    /**
     * Kepware, Unified Automation, Prosys, Beckhoff, Ignition, the OPC Foundation's own samples.
     */
    private static final List<Integer> OTHER_PORTS =
            List.of(4841, 4843, 4850, 48010, 48020, 48030, 49320, 51210, 53530, 62541, 26543);

    /** Where servers that know their endpoints' own paths only answer discovery. */
    private static final String DISCOVERY_PATH = "/discovery";

    private static final int MOST_SERVERS = 32;

    private final Function<Endpoint, CompletionStage<List<OfferedEndpoint>>> offers;

    /**
     * @param offers what a server offers at an address
     */
    OpcUaDiscovery(Function<Endpoint, CompletionStage<List<OfferedEndpoint>>> offers) {
        this.offers = offers;
    }

    @Override
    public int port() {
        return USUAL_PORT;
    }

    @Override
    public List<Integer> otherPorts() {
        return OTHER_PORTS;
    }

    @Override
    public CompletionStage<List<FoundDevice>> at(String host, int port, Duration timeout) {
        Endpoint typed =
                new Endpoint(
                        Endpoint.OPC_TCP,
                        host,
                        port,
                        "",
                        Map.of("timeout", timeout.toMillis() + "ms"));
        Endpoint besides = withPath(typed, DISCOVERY_PATH);
        return applications(typed)
                .exceptionallyCompose(
                        failure ->
                                Failures.isPathUnknown(failure)
                                        ? applications(besides)
                                        : CompletableFuture.failedFuture(failure))
                .exceptionally(
                        failure -> {
                            if (Failures.isPathUnknown(failure)) {
                                throw new CompletionException(failure);
                            }
                            // Some small servers answer GetEndpoints only.
                            LOG.debug("{} does not answer FindServers", typed.text(), failure);
                            return List.of();
                        })
                .thenCompose(applications -> devices(applications, typed))
                .exceptionally(failure -> List.of(hidden(typed)));
    }

    /** It is there, but no question leads to its endpoints: only its configuration tells. */
    private static FoundDevice hidden(Endpoint typed) {
        return new FoundDevice(
                ServerEndpoints.url(typed),
                "OPC UA server, answers only under the path of its endpoint",
                List.of(),
                false);
    }

    private static Endpoint withPath(Endpoint endpoint, String path) {
        return new Endpoint(
                endpoint.scheme(), endpoint.host(), endpoint.port(), path, endpoint.query());
    }

    private static CompletableFuture<List<ApplicationDescription>> applications(Endpoint typed) {
        long millis = typed.timeout().toMillis();
        return CompletableFuture.supplyAsync(
                        () ->
                                DiscoveryClient.findServers(
                                        ServerEndpoints.url(typed),
                                        transport ->
                                                transport
                                                        .setConnectTimeout(uint(millis))
                                                        .setAcknowledgeTimeout(uint(millis))),
                        Stack.sharedExecutor())
                .thenCompose(asked -> asked)
                .orTimeout(millis, TimeUnit.MILLISECONDS);
    }

    private CompletionStage<List<FoundDevice>> devices(
            List<ApplicationDescription> applications, Endpoint typed) {
        List<ApplicationDescription> servers =
                applications.stream()
                        .filter(one -> one.getDiscoveryUrls() != null)
                        .filter(one -> one.getApplicationType() != ApplicationType.DiscoveryServer)
                        .limit(MOST_SERVERS)
                        .toList();
        CompletionStage<List<FoundDevice>> all =
                servers.isEmpty() ? at(typed, typed) : CompletableFuture.completedStage(List.of());
        for (ApplicationDescription server : servers) {
            all = all.thenCombine(devices(server, typed), OpcUaDiscovery::joined);
        }
        return all;
    }

    /**
     * A server that announces other ports only is either another one, which a discovery server
     * names, or the one that was asked, behind a router or container that maps its port. The latter
     * is reached where it was asked, and nowhere else.
     */
    private CompletionStage<List<FoundDevice>> devices(
            ApplicationDescription server, Endpoint typed) {
        Set<Endpoint> places = new LinkedHashSet<>();
        for (String url : server.getDiscoveryUrls()) {
            announced(url, typed).ifPresent(places::add);
        }
        if (places.isEmpty()) {
            return at(typed, typed);
        }
        if (places.stream().anyMatch(place -> place.port() == typed.port())) {
            return endpoints(places);
        }
        Endpoint first = places.iterator().next();
        String name = server.getApplicationName().text();
        return at(withPath(typed, first.path()), first)
                .thenCompose(
                        here ->
                                here.stream().anyMatch(device -> device.server().equals(name))
                                        ? CompletableFuture.completedStage(here)
                                        : endpoints(places));
    }

    private static Optional<Endpoint> announced(String url, Endpoint typed) {
        try {
            Endpoint announced = Endpoint.parse(url);
            return announced.isOpcUa()
                    ? Optional.of(
                            new Endpoint(
                                    Endpoint.OPC_TCP,
                                    typed.host(),
                                    announced.port(),
                                    announced.path(),
                                    typed.query()))
                    : Optional.empty();
        } catch (MalformedException e) {
            LOG.debug("{} announces {}, which is no endpoint", typed.authority(), url);
            return Optional.empty();
        }
    }

    private CompletionStage<List<FoundDevice>> endpoints(Set<Endpoint> places) {
        CompletionStage<List<FoundDevice>> all = CompletableFuture.completedStage(List.of());
        for (Endpoint place : places) {
            all = all.thenCombine(at(place, place), OpcUaDiscovery::joined);
        }
        return all;
    }

    private CompletionStage<List<FoundDevice>> at(Endpoint place, Endpoint announced) {
        return offers.apply(place)
                .thenApply(offered -> devices(offered, place, announced))
                .exceptionally(
                        failure -> {
                            LOG.debug("{} does not say what it offers", place.text(), failure);
                            return List.of();
                        });
    }

    private static List<FoundDevice> joined(List<FoundDevice> some, List<FoundDevice> more) {
        Map<String, FoundDevice> byEndpoint = new LinkedHashMap<>();
        some.forEach(device -> byEndpoint.put(device.endpoint(), device));
        more.forEach(device -> byEndpoint.putIfAbsent(device.endpoint(), device));
        return List.copyOf(byEndpoint.values());
    }

    /** One device for each path, with the securities that it offers, the strongest first. */
    private static List<FoundDevice> devices(
            List<OfferedEndpoint> offered, Endpoint place, Endpoint announced) {
        Map<String, List<OfferedEndpoint>> byUrl = new LinkedHashMap<>();
        for (OfferedEndpoint one : offered) {
            String path = announced(one.url(), place).map(Endpoint::path).orElse(place.path());
            String url = Endpoint.OPC_TCP + "://" + place.authority() + path;
            byUrl.computeIfAbsent(url, unused -> new ArrayList<>()).add(one);
        }
        List<FoundDevice> devices = new ArrayList<>();
        byUrl.forEach(
                (url, endpoints) ->
                        devices.add(
                                new FoundDevice(
                                        url,
                                        endpoints.get(0).server() == null
                                                ? ""
                                                : endpoints.get(0).server(),
                                        endpoints.stream()
                                                .map(OfferedEndpoint::security)
                                                .distinct()
                                                .toList(),
                                        endpoints.stream().anyMatch(OfferedEndpoint::recommended),
                                        place.port() == announced.port()
                                                ? null
                                                : endpoints.get(0).url())));
        return devices;
    }
}
