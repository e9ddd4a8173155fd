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
 * Messages a second through the embedded broker, its tap and the traffic store, tree open.
 * Publishers send as fast as they can, but wait while more than a hundred thousand messages are on
 * the way: HiveMQ takes QoS 0 without a limit, and what would be measured then is its heap.
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
                return measure(out, store, tree, flood(url), publishers);
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

    private static int measure(
            PrintStream out,
            TrafficStore store,
            OpenTree tree,
            List<PublishFlood> flood,
            ExecutorService publishers)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        double[] rates = new double[RUNS];
        boolean lost = false;
        for (int run = -1; run < RUNS; run++) { // the first one warms up
            TrafficStats before = store.stats();
            Pace pace = new Pace(store, before);
            long start = System.nanoTime();
            List<Future<Long>> sending = new ArrayList<>();
            for (PublishFlood one : flood) {
                sending.add(publishers.submit(() -> publishPaced(one, pace)));
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
            if (run < 0) {
                tree.openAll();
            }
            lost |= seen != sent;
            if (run >= 0) {
                rates[run] = seen / seconds;
                out.printf(
                        Locale.ROOT,
                        "run %d: sent %,d, indexed %,d, dropped %d, %,.0f messages/s%n",
                        run + 1,
                        sent,
                        seen,
                        dropped,
                        rates[run]);
            }
        }
        for (PublishFlood one : flood) {
            one.close();
        }
        Arrays.sort(rates);
        out.printf(
                Locale.ROOT,
                "median %,.0f messages/s over %d publishers and %,d topics;"
                        + " tree of %,d rows read %,d times, slowest %.1f ms%n",
                rates[RUNS / 2],
                PUBLISHERS,
                store.stats().topics(),
                tree.rows(),
                tree.reads(),
                tree.slowestMillis());
        return lost ? 1 : 0;
    }

    private static long publishPaced(PublishFlood flood, Pace pace) throws IOException {
        long sent = 0;
        for (int round = 0; round < ROUNDS; round += ROUNDS_AT_A_TIME) {
            pace.await();
            long some = flood.publish(ROUNDS_AT_A_TIME);
            pace.sent(some);
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
}
