package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.outlet.PublicationQueue;

/** How large MQTT packets get. */
final class Packets {
    /** Fixed header, topic length, packet id, properties with our one user property. */
    private static final int AROUND = 64;

    private Packets() {}

    /** Bytes of a PUBLISH, rounded up. */
    static long size(Publication publication) {
        return PublicationQueue.size(publication) + AROUND;
    }
}
