package io.fieldloom.engine.plant;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.tag.Device;

/** Where passwords come from: files named on the command line, or what the window remembers. */
public interface Passwords {
    /** Nobody has one. */
    Passwords NONE =
            new Passwords() {
                @Override
                public char[] of(Device device) {
                    return null;
                }

                @Override
                public char[] of(Broker broker) {
                    return null;
                }
            };

    /** The password of a device's user, or of that user's key; or null. */
    char[] of(Device device);

    /** The password of a broker's user, or null. */
    char[] of(Broker broker);
}
