package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.outlet.Publication;
import java.util.Objects;

/**
 * A retained topic that says whether this client is there. It is published after each connect, is
 * the broker's to change when the connection breaks (the last will), and is changed by us before an
 * orderly end.
 *
 * @param topic such as {@code acme/_fieldloom/bottling-hall}
 * @param online the payload while connected
 * @param offline the payload when not
 */
public record Presence(String topic, byte[] online, byte[] offline) {
    public Presence {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(online, "online");
        Objects.requireNonNull(offline, "offline");
    }

    Publication saysOnline() {
        return new Publication(topic, online, 1, true, null, 0);
    }

    Publication saysOffline() {
        return new Publication(topic, offline, 1, true, null, 0);
    }
}
