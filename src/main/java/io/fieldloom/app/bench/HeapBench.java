package io.fieldloom.app.bench;

import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TrafficStore;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Heap that a topic costs beyond its text and payload, at a million topics, tree open. */
public final class HeapBench implements Benchmark {
    private static final int TOPICS = 1_000_000;
    private static final int REPEATED = 100_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "heap";
    }

    @Override
    public String purpose() {
        return "heap for each of 1,000,000 topics beyond topic and payload, tree open and scrolling";
    }

    @Override
    public int run(PrintStream out) {
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
        try {
            long empty = usedHeap();
            TrafficStore store = new TrafficStore(pool);
            long text = 0;
            long start = System.nanoTime();
            for (int number = 0; number < TOPICS; number++) {
                String topic = topic(number);
                byte[] payload = payload(number);
                text += topic.length() + payload.length;
                record(store, topic, payload);
                if (number % 10_000 == 0) {
                    store.settle(PATIENCE);
                }
            }
            store.settle(PATIENCE);
            double seconds = (System.nanoTime() - start) / 1e9;
            long folded = usedHeap() - empty - text;
            out.printf(
                    Locale.ROOT,
                    "%,d topics indexed in %.1f s; topics and payloads %,d bytes; beyond them %.0f bytes a topic%n",
                    store.stats().topics(),
                    seconds,
                    text,
                    (double) folded / TOPICS);
            return open(out, pool, store, empty, text);
        } finally {
            pool.shutdownNow();
        }
    }

    private static int open(
            PrintStream out,
            ScheduledExecutorService pool,
            TrafficStore store,
            long empty,
            long text) {
        try (OpenTree tree = new OpenTree(store.rows(), pool)) {
            store.settle(PATIENCE);
            tree.openAll();
            for (int number = 0; number < REPEATED; number++) {
                record(store, topic(number * (TOPICS / REPEATED)), payload(number));
            }
            store.settle(PATIENCE);
            tree.awaitReads(40, PATIENCE);
            long opened = usedHeap() - empty - text;
            out.printf(
                    Locale.ROOT,
                    "tree of %,d rows open and scrolling, %,d topics with history: %.0f bytes a topic;"
                            + " slowest reading %.1f ms%n",
                    tree.rows(),
                    REPEATED,
                    (double) opened / TOPICS,
                    tree.slowestMillis());
            return store.stats().topics() == TOPICS && store.stats().dropped() == 0 ? 0 : 1;
        }
    }

    private static String topic(int number) {
        return String.format(
                Locale.ROOT,
                "acme/site-%d/area-%d/line-%d/machine-%02d/tag-%02d",
                number / 200_000,
                number / 20_000 % 10,
                number / 2_000 % 10,
                number / 20 % 100,
                number % 20);
    }

    private static byte[] payload(int number) {
        return ("{\"value\":" + number + ".5,\"quality\":\"good\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void record(TrafficStore store, String topic, byte[] payload) {
        store.record(new Message(Instant.now(), topic, payload, 0, true, false, null));
    }

    /** What is left after collections that free nothing more. */
    private static long usedHeap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            memory.gc();
            long used = memory.getHeapMemoryUsage().getUsed();
            if (used >= least) {
                break;
            }
            least = used;
        }
        return least;
    }
}
