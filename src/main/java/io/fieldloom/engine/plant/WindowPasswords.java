package io.fieldloom.engine.plant;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.security.Secrets;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The passwords of a window: those typed since it was opened, then those remembered in {@link
 * Secrets}. Thread-safe.
 */
public final class WindowPasswords implements Passwords {
    private static final Logger LOG = LoggerFactory.getLogger(WindowPasswords.class);

    private final Secrets secrets;
    private final Map<String, char[]> typed = new ConcurrentHashMap<>();

    public WindowPasswords(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Takes a password until the program ends; with {@code remember} for the next time too. */
    public void use(String host, int port, String user, char[] password, boolean remember)
            throws IOException {
        typed.put(key(host, port, user), password.clone());
        secrets.remember(host, port, user, remember ? password : null);
    }

    /** The password of a user at a host and port, or null. */
    public char[] find(String host, int port, String user) {
        if (user == null) {
            return null;
        }
        char[] now = typed.get(key(host, port, user));
        if (now != null) {
            return now.clone();
        }
        try {
            return secrets.find(host, port, user).orElse(null);
        } catch (IOException e) {
            LOG.warn("Remembered passwords cannot be read: {}", e.getMessage());
            return null;
        }
    }

    @Override
    public char[] of(Device device) {
        try {
            Endpoint endpoint = Endpoint.parse(device.endpoint());
            return find(endpoint.host(), endpoint.port(), device.user());
        } catch (MalformedException e) {
            return null; // such a device has no link that would need one
        }
    }

    @Override
    public char[] of(Broker broker) {
        try {
            BrokerUrl url = BrokerUrl.parse(broker.url());
            return find(url.host(), url.port(), broker.user());
        } catch (MalformedException e) {
            return null; // such a broker is never connected
        }
    }

    private static String key(String host, int port, String user) {
        return host + ":" + port + "/" + user;
    }
}
