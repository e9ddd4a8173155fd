package io.fieldloom.engine.device;

/** Told by a session, on the driver's threads. */
public interface SessionListener {
    /** The connection is gone and this session will not come back. At most once. */
    void lost(DeviceException reason);

    /** Something the engineer should read in the log; the session lives on. */
    void note(String message);
}
