package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.plant.Passwords;
import java.util.Map;

/**
 * Passwords from files named on the command line, else those that the window remembers.
 *
 * @param named by the name of the device or broker
 * @param urls URLs that stand in for those of the file, since what is remembered goes by host
 * @param remembered what the window was asked to remember
 */
record RunPasswords(Map<String, char[]> named, Map<String, BrokerUrl> urls, Passwords remembered)
        implements Passwords {

    @Override
    public char[] of(Device device) {
        char[] given = named.get(device.name());
        return given != null ? given : remembered.of(device);
    }

    @Override
    public char[] of(Broker broker) {
        char[] given = named.get(broker.name());
        BrokerUrl other = urls.get(broker.name());
        if (given != null) {
            return given;
        }
        return remembered.of(other == null ? broker : broker.withUrl(other.text()));
    }

    @Override
    public String toString() {
        return "RunPasswords" + named.keySet();
    }
}
