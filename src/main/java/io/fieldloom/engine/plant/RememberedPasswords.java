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
 * The passwords of a window: those that were typed since it was opened, then those that it was
 * asked to remember. Thread-safe.
 */
public final class RememberedPasswords implements Passwords {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedPasswords.class);

    private final Secrets secrets;
    private final Map<String, char[]> typed = new ConcurrentHashMap<>();

    public RememberedPasswords(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Takes a password that was typed.
     *
     * @param remember whether it is kept beyond this window; otherwise an older one is forgotten
     */
    public void use(String host, int port, String user, char[] password, boolean remember)
            throws IOException {
        typed.put(key(host, port, user), password.clone());
        secrets.remember(host, port, user, remember ? password : null);
    }

    @Override
    public char[] of(Device device) {
        String owner = device.login().passwordOwner();
        if (owner == null) {
            return null;
        }
        try {
            Endpoint endpoint = Endpoint.parse(device.endpoint());
            return find(endpoint.host(), endpoint.port(), owner);
        } catch (MalformedException e) {
            LOG.debug("{} has no endpoint to find a password by", device.name(), e);
            return null;
        }
    }

    @Override
    public char[] of(Broker broker) {
        if (broker.user() == null) {
            return null;
        }
        try {
            BrokerUrl url = BrokerUrl.parse(broker.url());
            return find(url.host(), url.port(), broker.user());
        } catch (MalformedException e) {
            LOG.debug("{} has no URL to find a password by", broker.name(), e);
            return null;
        }
    }

    /** The password of a user, or of a user's key, at a host and port; or null. */
    public char[] find(String host, int port, String user) {
        char[] now = typed.get(key(host, port, user));
        if (now != null) {
            return now.clone();
        }
        try {
            return secrets.find(host, port, user).orElse(null);
        } catch (IOException e) {
            LOG.warn("The remembered passwords cannot be read: {}", e.getMessage());
            return null;
        }
    }

    private static String key(String host, int port, String user) {
        return host + ":" + port + "/" + user;
    }
}
