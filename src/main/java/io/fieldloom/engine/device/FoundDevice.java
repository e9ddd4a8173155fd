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
 */
public record FoundDevice(
        String endpoint, String server, List<Security> security, boolean recommended) {
    public FoundDevice {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(server, "server");
        security = List.copyOf(security);
    }
}
