import java.lang.reflect.Constructor;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.milo.examples.server.ExampleNamespace;
import org.eclipse.milo.examples.server.ExampleServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.api.config.OpcUaServerConfig;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.server.EndpointConfiguration;

/**
 * The example server of Eclipse Milo 0.6, whose stack is another one than that of the 1.x that
 * Fieldloom uses, with all that it has, but on one port of the loopback instead of on every address
 * of the computer. Started from its source, with the example's own jar as class path:
 *
 * <pre>java -Djava.io.tmpdir=FOLDER -cp server-examples-0.6.14.jar MiloServer.java PORT</pre>
 *
 * <p>It keeps its key and its trust list in FOLDER and prints {@code ready} when it listens.
 */
final class MiloServer {
    private static final String HOST = "127.0.0.1";

    private MiloServer() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        OpcUaServerConfig example = new ExampleServer().getServer().getConfig();
        OpcUaServer server =
                new OpcUaServer(
                        OpcUaServerConfig.copy(
                                example, config -> config.setEndpoints(local(example, port))));
        Constructor<ExampleNamespace> namespace =
                ExampleNamespace.class.getDeclaredConstructor(OpcUaServer.class);
        namespace.setAccessible(true);
        namespace.newInstance(server).startup();
        server.startup().get();
        System.out.println("ready");
        Thread.currentThread().join();
    }

    private static Set<EndpointConfiguration> local(OpcUaServerConfig example, int port) {
        Set<EndpointConfiguration> local = new LinkedHashSet<>();
        for (EndpointConfiguration endpoint : example.getEndpoints()) {
            if (endpoint.getTransportProfile() == TransportProfile.TCP_UASC_UABINARY
                    && endpoint.getHostname().equals(HOST)) {
                local.add(
                        EndpointConfiguration.newBuilder()
                                .setBindAddress(HOST)
                                .setBindPort(port)
                                .setHostname(HOST)
                                .setPath(endpoint.getPath())
                                .setCertificate(endpoint.getCertificate())
                                .setSecurityPolicy(endpoint.getSecurityPolicy())
                                .setSecurityMode(endpoint.getSecurityMode())
                                .addTokenPolicies(
                                        endpoint.getTokenPolicies()
                                                .toArray(new UserTokenPolicy[0]))
                                .build());
            }
        }
        return local;
    }
}
