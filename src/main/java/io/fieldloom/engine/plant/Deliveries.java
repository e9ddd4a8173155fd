package io.fieldloom.engine.plant;

import io.fieldloom.engine.mapping.LatencyMeter;
import io.fieldloom.engine.outlet.DeliveryListener;
import io.fieldloom.engine.outlet.Publication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps book of what one broker has taken, and says what it refused. */
final class Deliveries implements DeliveryListener {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final String broker;
    private final RetainedTopics retained;
    private final LatencyMeter latency;

    /**
     * @param latency measures each delivery; null where a tap sees the messages sooner
     */
    Deliveries(String broker, RetainedTopics retained, LatencyMeter latency) {
        this.broker = broker;
        this.retained = retained;
        this.latency = latency;
    }

    @Override
    public void delivered(Publication publication, long nanoTime) {
        retained.delivered(broker, publication);
        if (latency != null && publication.arrivedNanos() != 0) {
            latency.record(publication.arrivedNanos(), nanoTime);
        }
    }

    @Override
    public void refused(Publication publication, String reason) {
        LOG.warn("{}: {}", publication.topic(), reason);
    }
}
