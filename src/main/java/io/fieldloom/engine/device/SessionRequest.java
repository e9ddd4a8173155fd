package io.fieldloom.engine.device;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.Security;
import java.util.Objects;

/**
 * Everything a driver needs to open a session.
 *
 * @param device the device's name, for messages; the endpoint's authority where there is no project
 * @param endpoint where it is
 * @param security the wanted choice, or null for the default (anonymous None where offered, else
 *     the strongest; with a user the strongest)
 * @param login who one is
 */
public record SessionRequest(String device, Endpoint endpoint, Security security, Login login) {
    public SessionRequest {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(login, "login");
    }

    /** Without a user, with the default security. */
    public static SessionRequest anonymous(String device, Endpoint endpoint) {
        return new SessionRequest(device, endpoint, null, Login.ANONYMOUS);
    }

    @Override
    public String toString() {
        return "SessionRequest[" + device + ", " + endpoint.text() + "]";
    }
}
