package io.fieldloom.engine.device;

import java.util.Optional;

/**
 * One protocol: it makes sessions and says which endpoints it takes. Thread-safe. Sessions of one
 * driver may share a connection.
 */
public interface Driver {
    /** Whether this driver speaks the endpoint's scheme. */
    boolean speaks(String scheme);

    /** A session that is not yet connected; no I/O happens here. */
    DeviceSession open(SessionRequest request, SessionListener listener);

    /**
     * A session in place of one that was lost, for the same request. Where the protocol lets it, it
     * takes over what the device still keeps for the lost one.
     */
    default DeviceSession resume(
            SessionRequest request, SessionListener listener, DeviceSession lost) {
        return open(request, listener);
    }

    /** How devices of this protocol are found; empty where a network cannot be asked. */
    default Optional<Discovery> discovery() {
        return Optional.empty();
    }

    /** What explains why a device cannot be reached. */
    default Optional<Diagnosis> diagnosis() {
        return Optional.empty();
    }
}
