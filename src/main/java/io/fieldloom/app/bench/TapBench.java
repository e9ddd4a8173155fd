package io.fieldloom.app.bench;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.traffic.TrafficStats;
import io.fieldloom.engine.traffic.TrafficStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Messages a second from publishers through the embedded broker and its tap into the traffic store,
 * tree open and scrolling, each one counted in the store. Nobody subscribes: what a broker does
 * most of its work for, deliveries, is not part of this.
 *
 * <p>Publishers send as fast as they can, but wait while more than a hundred thousand messages are
 * on the way: HiveMQ takes QoS 0 without a limit, and what would be measured then is its heap. A
 * run without that wait follows; what it loses is counted.
 */
public final class TapBench implements Benchmark {
    private static final int PUBLISHERS = 4;
    private static final int TOPICS_EACH = 500;
    private static final int ROUNDS = 1_000;
    private static final int ROUNDS_AT_A_TIME = 10;
    private static final int RUNS = 5;
    private static final long RUN_SECONDS = 120;

    @Override
    public String name() {
        return "tap";
    }

    @Override
    public String purpose() {
        return "messages a second through broker, tap and traffic store with the tree view open";
    }

    @Override
    public int run(PrintStream out) {
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(3);
        ExecutorService publishers = Executors.newFixedThreadPool(PUBLISHERS);
        TrafficStore store = new TrafficStore(pool);
        try {
            Path folder = Files.createTempDirectory("fieldloom-bench-");
            try (EmbeddedBroker broker = new EmbeddedBroker(new Home(folder), pool);
                    OpenTree tree = new OpenTree(store.rows(), pool)) {
                broker.addTap((client, message) -> store.record(message));
                BrokerUrl url =
                        broker.start(EmbeddedBroker.DEFAULT_PORT, false)
                                .get(RUN_SECONDS, TimeUnit.SECONDS);
                try (Load load = new Load(store, tree, flood(url), publishers)) {
                    return measure(out, load, tree);
                }
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            out.println("tap: " + e.getMessage());
            return 3;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 3;
        } finally {
            publishers.shutdownNow();
            pool.shutdownNow();
        }
    }

    private static int measure(PrintStream out, Load load, OpenTree tree)
            throws InterruptedException, ExecutionException, TimeoutException {
        boolean whole = load.measure(out, "paced, QoS 0, nobody subscribes", RUNS, true);
        out.printf(
                Locale.ROOT,
                "  tree of %,d rows read %,d times, slowest %.1f ms%n",
                tree.rows(),
                tree.reads(),
                tree.slowestMillis());
        load.measure(out, "unpaced", 1, false);
        return whole ? 0 : 1;
    }

    private static List<PublishFlood> flood(BrokerUrl url) throws IOException {
        List<PublishFlood> flood = new ArrayList<>();
        for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
            String[] topics = new String[TOPICS_EACH];
            String[] payloads = new String[TOPICS_EACH];
            for (int at = 0; at < TOPICS_EACH; at++) {
                topics[at] =
                        String.format(
                                Locale.ROOT,
                                "acme/prague/bottling/line-%d/machine-%02d/tag-%02d",
                                publisher,
                                at / 20,
                                at % 20);
                payloads[at] =
                        "{\"value\":"
                                + at
                                + ".5,\"quality\":\"good\",\"timestamp\":\"2026-01-01T00:00:00.000Z\"}";
            }
            flood.add(new PublishFlood(url, "flood-" + publisher, topics, payloads));
        }
        return flood;
    }

    /** The publishers, and what they load. */
    private record Load(
            TrafficStore store, OpenTree tree, List<PublishFlood> flood, ExecutorService publishers)
            implements AutoCloseable {

        /**
         * Prints each run and the median.
         *
         * @return whether every message was counted in the store
         */
        boolean measure(PrintStream out, String what, int runs, boolean paced)
                throws InterruptedException, ExecutionException, TimeoutException {
            double[] rates = new double[runs];
            boolean whole = true;
            out.printf("%s:%n", what);
            for (int run = paced ? -1 : 0; run < runs; run++) { // the first one warms up
                TrafficStats before = store.stats();
                Pace pace = new Pace(store, before);
                long start = System.nanoTime();
                List<Future<Long>> sending = new ArrayList<>();
                for (PublishFlood one : flood) {
                    sending.add(publishers.submit(() -> publish(one, paced ? pace : null)));
                }
                long sent = 0;
                for (Future<Long> one : sending) {
                    sent += one.get(RUN_SECONDS, TimeUnit.SECONDS);
                }
                awaitAll(store, before.messages() + before.dropped() + sent);
                double seconds = (System.nanoTime() - start) / 1e9;
                TrafficStats stats = store.stats();
                long seen = stats.messages() - before.messages();
                long dropped = stats.dropped() - before.dropped();
                whole &= seen == sent;
                if (run < 0) {
                    tree.openAll();
                } else {
                    rates[run] = seen / seconds;
                    out.printf(
                            Locale.ROOT,
                            "  run %d: sent %,d, in the store %,d, dropped %,d, %,.0f messages/s%n",
                            run + 1,
                            sent,
                            seen,
                            dropped,
                            rates[run]);
                }
            }
            Arrays.sort(rates);
            out.printf(
                    Locale.ROOT,
                    "  median %,.0f messages/s of %d publishers to %,d topics%n",
                    rates[runs / 2],
                    PUBLISHERS,
                    store.stats().topics());
            return whole;
        }

        private static long publish(PublishFlood flood, Pace pace) throws IOException {
            long sent = 0;
            for (int round = 0; round < ROUNDS; round += ROUNDS_AT_A_TIME) {
                if (pace != null) {
                    pace.await();
                }
                long some = flood.publish(ROUNDS_AT_A_TIME);
                if (pace != null) {
                    pace.sent(some);
                }
                sent += some;
            }
            return sent;
        }

        private static void awaitAll(TrafficStore store, long messages) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(RUN_SECONDS);
            TrafficStats stats;
            do {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                stats = store.stats();
            } while (stats.messages() + stats.dropped() < messages && System.nanoTime() < end);
        }

        @Override
        public void close() throws IOException {
            for (PublishFlood one : flood) {
                one.close();
            }
        }
    }
}
