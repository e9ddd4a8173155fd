package io.fieldloom.ui.traffic;

import io.fieldloom.engine.plant.TrafficWatch;
import io.fieldloom.engine.traffic.TrafficStore;
import java.util.List;

/**
 * What the traffic column asks of the program. Called on the FX thread; answers come from memory.
 */
public interface TrafficDesk {
    TrafficStore store();

    /** Which broker is watched, and how that stands. */
    TrafficWatch.State watched();

    /** Watches one more filter on the broker. */
    void watchAlso(String filter);

    /** Whether the design has a mapping at a topic. */
    boolean isDesigned(String topic);

    /** Goes to a topic in Namespace. */
    void showInNamespace(String topic);

    /** Deletes the retained messages of topics, after whatever consent that needs. */
    void clearRetained(List<String> topics);
}
