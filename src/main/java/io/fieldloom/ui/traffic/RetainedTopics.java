package io.fieldloom.ui.traffic;

import io.fieldloom.engine.traffic.TopicRow;
import io.fieldloom.engine.traffic.TrafficRows;
import io.fieldloom.engine.traffic.TrafficStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a broker keeps at and below a topic, as far as it was seen. Waits; not for the FX
 * thread.
 */
final class RetainedTopics {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    private RetainedTopics() {}

    static List<String> within(TrafficStore store, String branch) {
        List<String> found = new ArrayList<>();
        try (TrafficRows rows = store.rows()) {
            // With a filter, all that matches is open.
            rows.filter(branch + "/#");
            store.settle(PATIENCE);
            int count = rows.count();
            for (int place = 0; place < count && found.size() < MOST; place++) {
                TopicRow row = rows.at(place);
                if (row.isTopic() && row.retained()) {
                    found.add(row.topic());
                }
            }
        }
        return found;
    }
}
