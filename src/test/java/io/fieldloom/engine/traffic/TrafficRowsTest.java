package io.fieldloom.engine.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.namespace.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficRowsTest {
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
    private final TrafficStore store = new TrafficStore(pool);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private void record(String topic) {
        store.record(new Message(Instant.now(), topic, "1".getBytes(), 0, false, false, null));
    }

    private void settle() {
        assertThat(store.settle(Duration.ofSeconds(20))).isTrue();
    }

    private static List<String> labels(TrafficRows rows) {
        List<String> labels = new ArrayList<>();
        for (int place = 0; place < rows.count(); place++) {
            TopicRow row = rows.at(place);
            String mark = !row.expandable() ? "" : row.expanded() ? "v " : "> ";
            labels.add("  ".repeat(row.depth()) + mark + row.label());
        }
        return labels;
    }

    @Test
    void aChainOfSingleChildrenIsOneRow() {
        record("acme/prague/bottling/line-1/temperature");
        record("acme/prague/bottling/line-1/pressure");
        record("acme/prague/bottling/line-1/filler/state");
        record("acme/brno");
        settle();
        TrafficRows rows = store.rows();
        assertThat(labels(rows)).containsExactly("> acme");
        rows.toggle(0);
        assertThat(labels(rows)).containsExactly("v acme", "  brno", "  > prague/bottling/line-1");
        rows.expand(2, true);
        assertThat(labels(rows))
                .containsExactly(
                        "v acme",
                        "  brno",
                        "  v prague/bottling/line-1",
                        "    filler/state",
                        "    pressure",
                        "    temperature");
        assertThat(rows.at(2).topic()).isEqualTo("acme/prague/bottling/line-1");
        assertThat(rows.at(2).topicCount()).isEqualTo(3);
        assertThat(rows.at(2).isTopic()).isFalse();
        assertThat(rows.at(3).topic()).isEqualTo("acme/prague/bottling/line-1/filler/state");
    }

    // What a person looks at must not fold because a neighbour of the chain turned up.
    @Test
    void aChainThatSplitsStaysOpen() {
        record("acme/prague/line/a");
        record("acme/prague/line/b");
        settle();
        TrafficRows rows = store.rows();
        rows.toggle(0);
        assertThat(labels(rows)).containsExactly("v acme/prague/line", "  a", "  b");
        record("acme/brno");
        settle();
        assertThat(labels(rows))
                .containsExactly("v acme", "  brno", "  v prague/line", "    a", "    b");
        record("acme/prague");
        settle();
        assertThat(labels(rows))
                .containsExactly(
                        "v acme", "  brno", "  v prague", "    v line", "      a", "      b");
    }

    // Cleared topics that stay for ever are taken for topics that somebody still publishes.
    @Test
    void aDeletedTopicGoesAfterAWhileAndComesBackWithAMessage() {
        Instant begin = Instant.now();
        Instant[] now = {begin};
        TrafficStore clocked =
                new TrafficStore(pool, TrafficLimits.forHeap(1L << 30), () -> now[0]);
        List.of("a/b/c", "a/b/d", "a/e", "f")
                .forEach(topic -> clocked.record(kept(begin, topic, "1")));
        clocked.record(kept(begin, "a/b/d", ""));
        clocked.record(kept(begin, "f", ""));
        clocked.record(kept(begin, "a/e", ""));
        clocked.record(kept(begin.plusSeconds(1), "a/e", "2"));
        assertThat(clocked.settle(Duration.ofSeconds(20))).isTrue();
        TrafficRows rows = clocked.rows();
        rows.toggle(0);
        rows.expand(1, true);
        assertThat(labels(rows)).containsExactly("v a", "  v b", "    c", "    d", "  e", "f");
        assertThat(rows.at(3).deleted()).isTrue();
        assertThat(rows.at(4).deleted()).isFalse();

        now[0] = begin.plus(TopicRecords.DELETED_STAYS);
        assertThat(labels(rows)).containsExactly("v a", "  b/c", "  e");
        assertThat(rows.at(0).topicCount()).isEqualTo(2);
        assertThat(clocked.stats().topics()).isEqualTo(2);
        assertThat(clocked.topic("f")).isEmpty();
        rows.filter("d");
        assertThat(rows.count()).isZero();
        rows.filter("");

        clocked.record(kept(now[0], "f", "3"));
        clocked.record(kept(now[0], "a/b/d", "3"));
        assertThat(clocked.settle(Duration.ofSeconds(20))).isTrue();
        assertThat(labels(rows)).containsExactly("v a", "  > b", "  e", "f");
        assertThat(rows.reveal("a/b/d")).isEqualTo(3);
    }

    private static Message kept(Instant time, String topic, String payload) {
        return new Message(time, topic, payload.getBytes(), 1, true, false, null);
    }

    @Test
    void revealOpensTheBranchesAbove() {
        record("a/b/c");
        record("a/b/d");
        record("a/e");
        record("f");
        settle();
        TrafficRows rows = store.rows();
        assertThat(rows.reveal("a/b/d")).isEqualTo(3);
        assertThat(rows.at(3).topic()).isEqualTo("a/b/d");
        assertThat(rows.reveal("f")).isEqualTo(5);
        assertThat(rows.reveal("nowhere")).isEqualTo(-1);
        rows.filter("f");
        assertThat(rows.reveal("a/b/d")).isEqualTo(-1);
    }

    @Test
    void aFilterOpensWhatItFindsAndLeavesNoTrace() {
        record("acme/prague/temperature");
        record("acme/prague/pressure");
        record("acme/brno/temperature");
        settle();
        TrafficRows rows = store.rows();
        rows.filter("TEMP");
        assertThat(labels(rows))
                .containsExactly("v acme", "  brno/temperature", "  prague/temperature");
        rows.filter("acme/+/pressure");
        assertThat(labels(rows)).containsExactly("acme/prague/pressure");
        rows.filter("nothing");
        assertThat(rows.count()).isZero();
        rows.filter("");
        assertThat(labels(rows)).containsExactly("> acme");
    }

    @Test
    void aPausedViewStandsStillWhileRecordingGoesOn() {
        record("a/b");
        record("a/c");
        settle();
        TrafficRows rows = store.rows();
        rows.toggle(0);
        rows.pause(true);
        assertThat(rows.at(1).count()).isEqualTo(1);
        record("a/b");
        record("a/bb");
        record("a");
        settle();
        assertThat(labels(rows)).containsExactly("v a", "  b", "  c");
        assertThat(rows.at(1).count()).isEqualTo(1);
        assertThat(store.stats().messages()).isEqualTo(5);
        rows.pause(false);
        assertThat(labels(rows)).containsExactly("v a", "  b", "  bb", "  c");
        assertThat(rows.at(1).count()).isEqualTo(2);
        assertThat(rows.at(0).isTopic()).isTrue();
    }

    @Test
    void clearingEmptiesTheView() {
        record("a/b");
        settle();
        TrafficRows rows = store.rows();
        store.clear();
        assertThat(rows.count()).isZero();
        record("c");
        settle();
        assertThat(labels(rows)).containsExactly("c");
        rows.close();
        rows.close();
    }

    // The rows must be those of the plainest possible tree, whatever comes in whatever order.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theRowsAreThoseOfANaiveModel(long seed) {
        Random random = new Random(seed);
        TrafficRows rows = store.rows();
        NaiveTree model = new NaiveTree();
        for (int step = 0; step < 400; step++) {
            int dice = random.nextInt(10);
            if (dice < 6) {
                for (int n = random.nextInt(5); n >= 0; n--) {
                    String topic = topic(random);
                    record(topic);
                    model.add(topic);
                }
                settle();
            } else if (dice < 9 && rows.count() > 0) {
                int place = random.nextInt(rows.count());
                rows.toggle(place);
                model.toggle(place);
            } else if (dice == 9) {
                String filter =
                        List.of("", "", "a", "B/", "+/b/#", "#", "a/+", "x1")
                                .get(random.nextInt(8));
                rows.filter(filter);
                model.filter(filter);
                settle();
            }
            assertThat(labels(rows)).as("seed %d step %d", seed, step).isEqualTo(model.labels());
            if (rows.count() > 0) {
                int place = random.nextInt(rows.count());
                assertThat(rows.reveal(rows.at(place).topic())).isEqualTo(place);
            }
        }
    }

    private static String topic(Random random) {
        StringBuilder topic = new StringBuilder();
        int depth = 1 + random.nextInt(5);
        for (int level = 0; level < depth; level++) {
            topic.append(level == 0 ? "" : "/")
                    .append(
                            List.of("a", "b", "c", "ž", "", "x" + random.nextInt(20))
                                    .get(random.nextInt(6)));
        }
        return topic.toString();
    }

    /** The same behaviour, written for reading: rebuilds everything for every question. */
    private static final class NaiveTree {
        private final List<String> topics = new ArrayList<>();
        private final Set<String> expanded = new TreeSet<>();
        private final Set<String> folded = new TreeSet<>();
        private String filter = "";

        private static final class Node {
            private final String path;
            private boolean topic;
            private final TreeMap<String, Node> children = new TreeMap<>();

            Node(String path) {
                this.path = path;
            }

            boolean compact() {
                return !topic && children.size() == 1;
            }

            Node row() {
                return compact() ? children.firstEntry().getValue().row() : this;
            }
        }

        void add(String topic) {
            if (topics.contains(topic)) {
                return;
            }
            Node before = build();
            topics.add(topic);
            // a branch that stops being compact is as open as the row that showed it
            Node after = build();
            inherit(before, after);
        }

        private void inherit(Node before, Node after) {
            for (var entry : before.children.entrySet()) {
                Node was = entry.getValue();
                Node is = after.children.get(entry.getKey());
                if (was.compact() && !is.compact()) {
                    setOpen(is.path, isOpen(was.row().path));
                }
                inherit(was, is);
            }
        }

        void filter(String text) {
            if (!text.equals(filter)) {
                filter = text;
                folded.clear();
            }
        }

        private boolean isOpen(String path) {
            return filter.isEmpty() ? expanded.contains(path) : !folded.contains(path);
        }

        private void setOpen(String path, boolean open) {
            Set<String> set = filter.isEmpty() ? expanded : folded;
            if (filter.isEmpty() == open) {
                set.add(path);
            } else {
                set.remove(path);
            }
        }

        private boolean matches(String topic) {
            if (filter.isEmpty()) {
                return true;
            }
            return filter.contains("+") || filter.contains("#")
                    ? Topic.matches(filter, topic)
                    : topic.contains(filter.toLowerCase(java.util.Locale.ROOT));
        }

        private Node build() {
            Node root = new Node("");
            for (String topic : topics) {
                if (matches(topic)) {
                    Node at = root;
                    String path = null;
                    for (String level : topic.split("/", -1)) {
                        path = path == null ? level : path + "/" + level;
                        String own = path;
                        at = at.children.computeIfAbsent(level, l -> new Node(own));
                    }
                    at.topic = true;
                }
            }
            return root;
        }

        private List<Node> rows(Node from) {
            List<Node> rows = new ArrayList<>();
            for (Node child : from.children.values()) {
                Node row = child.row();
                rows.add(row);
                if (isOpen(row.path)) {
                    rows.addAll(rows(row));
                }
            }
            return rows;
        }

        void toggle(int place) {
            String path = rows(build()).get(place).path;
            setOpen(path, !isOpen(path));
        }

        List<String> labels() {
            List<String> labels = new ArrayList<>();
            labels(build(), "", labels);
            return labels;
        }

        private void labels(Node from, String indent, List<String> into) {
            for (var entry : from.children.entrySet()) {
                String label = entry.getKey();
                Node row = entry.getValue();
                while (row.compact()) {
                    var only = row.children.firstEntry();
                    label += "/" + only.getKey();
                    row = only.getValue();
                }
                boolean expandable = !row.children.isEmpty();
                boolean open = expandable && isOpen(row.path);
                into.add(indent + (!expandable ? "" : open ? "v " : "> ") + label);
                if (open) {
                    labels(row, indent + "  ", into);
                }
            }
        }
    }
}
