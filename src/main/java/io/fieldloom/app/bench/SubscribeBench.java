package io.fieldloom.app.bench;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.SampleSink;
import io.fieldloom.engine.device.Sampling;
import io.fieldloom.engine.device.TagRequest;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Twenty thousand monitored items whose counters must arrive without a gap. */
public final class SubscribeBench implements Benchmark {
    private static final int ITEMS = 20_000;
    private static final int COUNTERS_OF_A_MACHINE = 100;
    private static final Duration INTERVAL = Duration.ofMillis(250);
    // So much slower than the sampling that the server skips no count when its clock is late.
    private static final Duration COUNTS_EACH = Duration.ofMillis(500);
    private static final Duration SETTLED = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final String URI = "urn:fieldloom:bench";

    @Override
    public String name() {
        return "subscribe";
    }

    @Override
    public String purpose() {
        return "20,000 OPC UA monitored items at 250 ms, gaps counted";
    }

    @Override
    public int run(PrintStream out) {
        try (BenchFolder folder = new BenchFolder();
                Child server = Child.simulate(folder.path(), design(), "2g")) {
            return measured(out, server.endpoints().get(0), folder.path());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 3;
        } catch (Exception e) {
            out.println("subscribe: " + e);
            return 3;
        }
    }

    private static String node(int item) {
        return "Machine" + item / COUNTERS_OF_A_MACHINE + "/Count" + item % COUNTERS_OF_A_MACHINE;
    }

    private static String design() {
        StringBuilder nodes = new StringBuilder();
        for (int item = 0; item < ITEMS; item++) {
            nodes.append("      ")
                    .append(node(item))
                    .append(": {type: UInt32, signal: counter, each: ")
                    .append(COUNTS_EACH.toMillis())
                    .append("ms}\n");
        }
        return """
                fieldloom: 1
                simulators:
                  counting:
                    protocol: opcua
                    namespace: %s
                    nodes:
                """
                        .formatted(URI)
                + nodes;
    }

    private static int measured(PrintStream out, String endpoint, Path home) throws Exception {
        Counts counts = new Counts();
        try (DeviceSession session = BenchSession.opcUa(home, endpoint)) {
            List<TagRequest> items =
                    IntStream.range(0, ITEMS)
                            .mapToObj(item -> node(item).replace('/', '.'))
                            .map(name -> new TagRequest("nsu=" + URI + ";s=" + name, INTERVAL))
                            .toList();
            long begin = System.nanoTime();
            Sampling sampling =
                    session.subscribe(items, counts)
                            .toCompletableFuture()
                            .get(60, TimeUnit.SECONDS);
            out.printf(
                    Locale.ROOT,
                    "%,d monitored items at %d ms made in %.2f s, %d refused%n",
                    ITEMS,
                    INTERVAL.toMillis(),
                    (System.nanoTime() - begin) / 1e9,
                    sampling.rejected().size());
            Thread.sleep(SETTLED.toMillis());
            counts.settle();
            long before = counts.received.sum();
            Work work = new Work();
            Thread.sleep(MEASURED.toMillis());
            long received = counts.received.sum() - before;
            out.printf(
                    Locale.ROOT,
                    "%,.0f values/s for %d s, of %,.0f possible%n",
                    (double) received / MEASURED.toSeconds(),
                    MEASURED.toSeconds(),
                    ITEMS * 1_000.0 / COUNTS_EACH.toMillis());
            work.print(out);
            boolean complete = complete(out, session, counts);
            return sampling.rejected().isEmpty() && received > 0 && complete ? 0 : 1;
        }
    }

    /** Whether all arrived that the server sampled, each once and in order. */
    private static boolean complete(PrintStream out, DeviceSession session, Counts counts)
            throws Exception {
        SentValues sent = SentValues.quiet(session, counts.received::sum);
        out.printf(
                Locale.ROOT,
                "since the first: sent by the server's own count %,d, dropped from its queues %,d,"
                        + " received %,d: lost %,d; twice or out of order %,d%n",
                sent.sent(),
                sent.dropped(),
                sent.received(),
                sent.lost(),
                counts.disordered.sum());
        out.printf(
                Locale.ROOT,
                "counts missing in those %d s: %,d; what is missing and not lost, the server passed"
                        + " over itself before it sampled it%n",
                MEASURED.toSeconds(),
                counts.missing.sum());
        return sent.lost() == 0 && counts.disordered.sum() == 0;
    }

    /** The newest count of each item; once settled, whatever lies between two is missing. */
    private static final class Counts implements SampleSink {
        private static final long NOTHING = -1;
        private final AtomicLongArray newest = new AtomicLongArray(ITEMS);
        private final LongAdder received = new LongAdder();
        private final LongAdder missing = new LongAdder();
        private final LongAdder disordered = new LongAdder();
        private volatile boolean settled;

        Counts() {
            for (int item = 0; item < ITEMS; item++) {
                newest.set(item, NOTHING);
            }
        }

        /** From now on gaps count: the server has made all items and is not busy with that. */
        void settle() {
            settled = true;
        }

        @Override
        public void accept(int[] tags, Sample[] samples) {
            received.add(tags.length);
            for (int i = 0; i < tags.length; i++) {
                long now = count(samples[i]);
                long last = newest.getAndSet(tags[i], now);
                if (last == NOTHING) {
                    continue;
                }
                if (now <= last) {
                    disordered.increment();
                } else if (settled) {
                    missing.add(now - last - 1);
                }
            }
        }

        private static long count(Sample sample) {
            if (sample.value() instanceof Value.Numeric count) {
                return count.decimal().longValueExact();
            }
            throw new IllegalStateException("no count: " + sample);
        }
    }
}
