package io.fieldloom.app.bench;

import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.SessionListener;

/** What a session tells besides values; a loss fails the next request. */
final class Quiet implements SessionListener {
    @Override
    public void lost(DeviceException reason) {
        // told by the next request
    }

    @Override
    public void note(String message) {
        // nothing to note of a server of our own choice
    }
}
