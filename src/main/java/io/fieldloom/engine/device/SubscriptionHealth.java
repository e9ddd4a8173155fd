package io.fieldloom.engine.device;

import java.time.Duration;
import java.util.List;

/** Capability: the device sends values by itself, and how well that works can be seen. */
public interface SubscriptionHealth {
    /** The subscriptions as they are now; does not ask the device. */
    List<Stream> streams();

    /**
     * One subscription at the device.
     *
     * @param id the device's number of it
     * @param interval how often it sends, as the device decided
     * @param keepAlive after how long without values it says that it lives
     * @param lifetime after how long without us the device ends it
     * @param items how many tags are in it
     * @param silence how long ago it was heard
     * @param missing messages that were not there when the ones after them came
     * @param recovered those of them that the device sent again when asked
     * @param transferred whether it outlived a lost connection
     */
    record Stream(
            long id,
            Duration interval,
            Duration keepAlive,
            Duration lifetime,
            int items,
            Duration silence,
            long missing,
            long recovered,
            boolean transferred) {
        /** Messages whose values are lost. */
        public long lost() {
            return missing - recovered;
        }
    }
}
