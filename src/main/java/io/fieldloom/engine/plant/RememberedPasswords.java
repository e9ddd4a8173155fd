package io.fieldloom.engine.plant;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.security.Secrets;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The passwords that the window was asked to remember. Thread-safe. */
public final class RememberedPasswords implements Passwords {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedPasswords.class);

    private final Secrets secrets;

    public RememberedPasswords(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public char[] of(Device device) {
        if (device.user() == null) {
            return null;
        }
        try {
            Endpoint endpoint = Endpoint.parse(device.endpoint());
            return find(endpoint.host(), endpoint.port(), device.user());
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

    private char[] find(String host, int port, String user) {
        try {
            return secrets.find(host, port, user).orElse(null);
        } catch (IOException e) {
            LOG.warn("The remembered passwords cannot be read: {}", e.getMessage());
            return null;
        }
    }
}
