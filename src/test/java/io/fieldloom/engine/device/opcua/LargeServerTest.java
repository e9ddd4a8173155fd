package io.fieldloom.engine.device.opcua;

import static io.fieldloom.domain.simulation.Signals.constant;
import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static io.fieldloom.engine.device.opcua.OpcUaBench.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.engine.device.Browsing;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.TagNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plant of 100,000 tags must be browsed in seconds, not in hours. */
@Tag("soak")
class LargeServerTest {
    private static final int MACHINES = 1_000;
    private static final int TAGS = 100;

    @TempDir Path folder;

    @Test
    void browsesAHundredThousandNodes() throws Exception {
        Map<String, Signal> points = new HashMap<>();
        for (int machine = 0; machine < MACHINES; machine++) {
            for (int tag = 0; tag < TAGS; tag++) {
                points.put("Machine" + machine + "/Tag" + tag, constant("Double", "1", false));
            }
        }
        OpcUaBench bench = new OpcUaBench(folder);
        try {
            long start = System.nanoTime();
            String endpoint = bench.simulator(points).endpoint();
            Duration built = Duration.ofNanos(System.nanoTime() - start);
            DeviceSession session = bench.connected(endpoint, new OpcUaBench.Events());

            start = System.nanoTime();
            Set<String> seen = everything(session.capability(Browsing.class).orElseThrow());
            Duration browsed = Duration.ofNanos(System.nanoTime() - start);

            assertThat(seen).contains(node("Machine0.Tag0"), node("Machine999.Tag99"));
            assertThat(seen.size()).isGreaterThan(MACHINES * TAGS);
            assertThat(browsed).isLessThan(Duration.ofSeconds(90));
            System.out.printf(
                    "%,d nodes: built in %,d ms, browsed in %,d ms%n",
                    seen.size(), built.toMillis(), browsed.toMillis());
        } finally {
            bench.close();
        }
    }

    private static Set<String> everything(Browsing browsing) throws Exception {
        Set<String> seen = new HashSet<>();
        List<String> level = List.of("");
        while (!level.isEmpty()) {
            List<String> next = new ArrayList<>();
            for (List<TagNode> children : answer(browsing.browseAll(level)).values()) {
                for (TagNode child : children) {
                    if (child.mayHaveChildren() && seen.add(child.address())) {
                        next.add(child.address());
                    }
                }
            }
            level = next;
        }
        return seen;
    }
}
