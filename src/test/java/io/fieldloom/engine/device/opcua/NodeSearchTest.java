package io.fieldloom.engine.device.opcua;

import static io.fieldloom.domain.simulation.Signals.constant;
import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static io.fieldloom.engine.device.opcua.OpcUaBench.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.engine.device.NodeSearch;
import io.fieldloom.engine.device.NodeSearch.Hit;
import io.fieldloom.engine.device.NodeSearch.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSearchTest {
    @TempDir Path folder;
    private OpcUaBench bench;

    @BeforeEach
    void begin() {
        bench = new OpcUaBench(folder);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void findsByNamePathAndAddressInTheWholeSpace() throws Exception {
        Map<String, Signal> points = new HashMap<>();
        for (int i = 0; i < 2_500; i++) {
            points.put("Hall/Tag" + i, constant("Int32", "1", false));
        }
        points.put("Line1/Filler/PumpSpeed", constant("Double", "1", false));
        points.put("Line2/Filler/PumpSpeed", constant("Double", "1", false));
        NodeSearch search = search(points);

        Watcher watcher = new Watcher();
        Outcome outcome = answer(search.search("pumpspeed", watcher));
        assertThat(outcome.complete()).isTrue();
        assertThat(outcome.nodes()).isGreaterThan(3_000).isEqualTo(watcher.looked);
        assertThat(watcher.hits)
                .containsExactlyInAnyOrder(
                        new Hit(
                                node("Line1.Filler.PumpSpeed"),
                                "PumpSpeed",
                                "Objects/Line1/Filler/PumpSpeed",
                                "Variable"),
                        new Hit(
                                node("Line2.Filler.PumpSpeed"),
                                "PumpSpeed",
                                "Objects/Line2/Filler/PumpSpeed",
                                "Variable"));
        assertThat(paths(search, "line2/filler/"))
                .containsExactly("Objects/Line2/Filler/PumpSpeed");
        assertThat(paths(search, "Hall/Tag249")).hasSize(11);
        assertThat(paths(search, "AnalogItemType"))
                .as("types as well")
                .anyMatch(path -> path.startsWith("Types/"));

        Watcher exact = new Watcher();
        answer(search.search(node("Line1.Filler.PumpSpeed"), exact));
        assertThat(exact.hits).extracting(Hit::name).containsExactly("PumpSpeed");
        assertThat(exact.looked).as("an address needs no search").isEqualTo(1);
    }

    @Test
    void stopsWhenNobodyWantsToKnow() throws Exception {
        Map<String, Signal> points = new HashMap<>();
        for (int i = 0; i < 2_500; i++) {
            points.put("Hall/Tag" + i, constant("Int32", "1", false));
        }
        Watcher watcher = new Watcher();
        watcher.stopAt = 1;
        Outcome outcome = answer(search(points).search("tag", watcher));
        assertThat(outcome.complete()).isFalse();
        assertThat(outcome.nodes()).isLessThan(2_000);
    }

    private static List<String> paths(NodeSearch search, String text) throws Exception {
        Watcher watcher = new Watcher();
        answer(search.search(text, watcher));
        return watcher.hits.stream().map(Hit::path).toList();
    }

    private NodeSearch search(Map<String, Signal> points) throws Exception {
        return bench.connected(bench.simulator(points).endpoint(), new OpcUaBench.Events())
                .capability(NodeSearch.class)
                .orElseThrow();
    }

    private static final class Watcher implements NodeSearch.Watcher {
        final List<Hit> hits = new ArrayList<>();
        volatile long looked;
        long stopAt = Long.MAX_VALUE;

        @Override
        public synchronized void found(Hit hit) {
            hits.add(hit);
        }

        @Override
        public void looked(long nodes) {
            looked = nodes;
        }

        @Override
        public boolean isCancelled() {
            return looked >= stopAt;
        }
    }
}
