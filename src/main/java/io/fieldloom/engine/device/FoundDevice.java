package io.fieldloom.engine.device;

import io.fieldloom.domain.connection.Security;
import java.util.List;
import java.util.Objects;

/**
 * A device that a search found.
 *
 * @param endpoint where it is reached, as one types it
 * @param server what it calls itself, or what is known of it
 * @param security what it offers, the strongest first; empty where the protocol has none
 * @param recommended whether this is the endpoint that Fieldloom would take of this server
 * @param announced where the server believes to be reached, if that is another port: a router or a
 *     container maps it; null otherwise
 */
public record FoundDevice(
        String endpoint,
        String server,
        List<Security> security,
        boolean recommended,
        String announced) {
    public FoundDevice {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(server, "server");
        security = List.copyOf(security);
    }

    public FoundDevice(
            String endpoint, String server, List<Security> security, boolean recommended) {
        this(endpoint, server, security, recommended, null);
    }

    /** What it is, and what it says of itself where that does not lead to it. */
    public String words() {
        return announced == null
                ? server
                : server + " (announces " + announced + ", reached as shown)";
    }
}
