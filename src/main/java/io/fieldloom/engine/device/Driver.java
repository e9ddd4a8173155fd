package io.fieldloom.engine.device;

/**
 * One protocol: it makes sessions and says which endpoints it takes. Thread-safe. Sessions of one
 * driver may share a connection.
 */
public interface Driver {
    /** Whether this driver speaks the endpoint's scheme. */
    boolean speaks(String scheme);

    /** A session that is not yet connected; no I/O happens here. */
    DeviceSession open(SessionRequest request, SessionListener listener);
}
