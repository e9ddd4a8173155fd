package io.fieldloom.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.mapping.LatencyMeter.Latency;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.MqttConnection;
import io.fieldloom.engine.mqtt.MqttListener;
import io.fieldloom.engine.mqtt.SessionSettings;
import io.fieldloom.engine.mqtt.Subscription;
import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.plant.Plant;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.traffic.Message;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** From the change of a value in an OPC UA server to the subscriber that receives it. */
public final class LatencyBench implements Benchmark {
    private static final int COUNTERS = 100;
    private static final Duration INTERVAL = Duration.ofMillis(250);
    // Prime to the interval, so that changes fall into every part of a publishing cycle.
    private static final Duration CHANGES_EACH = Duration.ofMillis(259);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final double GOAL_MILLIS = 20;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String purpose() {
        return "from the change of a mapped OPC UA value to an MQTT subscriber, 100 tags";
    }

    @Override
    public int run(PrintStream out) {
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
        Arrivals arrivals = new Arrivals();
        try (BenchFolder folder = new BenchFolder();
                Plant plant = Parts.of(new Home(folder.path())).newPlant()) {
            BrokerUrl url = start(plant, folder.path());
            try (MqttConnection subscriber =
                    new MqttConnection(
                            BrokerLogin.of("subscriber", url),
                            SessionSettings.DEFAULT,
                            arrivals,
                            pool)) {
                BenchPlant.await(subscriber.open());
                BenchPlant.await(subscriber.subscribe(new Subscription("bench/#", 1)));
                BenchPlant.await(plant.startMappings());
                BenchPlant.await(plant.devicesAnswered());
                Thread.sleep(WARM_UP.toMillis());
                arrivals.forget();
                plant.latency().reset();
                Thread.sleep(MEASURED.toMillis());
                return print(out, arrivals, plant.latency().snapshot());
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            out.println("latency: " + e.getMessage());
            return 3;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 3;
        } finally {
            pool.shutdownNow();
        }
    }

    private static BrokerUrl start(Plant plant, Path folder)
            throws ExecutionException, InterruptedException, TimeoutException {
        BrokerUrl url = BenchPlant.open(plant, folder, text());
        BenchPlant.await(plant.startUsedSimulators());
        plant.connectDevices();
        return url;
    }

    private static int print(PrintStream out, Arrivals arrivals, Latency inside) {
        Histogram ways = arrivals.ways();
        double p99 = ways.getValueAtPercentile(99) / 1e3;
        long interval = INTERVAL.toMillis();
        out.printf(
                Locale.ROOT,
                "%,d messages of %d tags in %d s, after %d s of warm-up that do not count%n",
                ways.getTotalCount(),
                COUNTERS,
                MEASURED.toSeconds(),
                WARM_UP.toSeconds());
        out.printf(
                Locale.ROOT,
                "source change to subscriber: p50 %.1f ms, p99 %.1f ms%n",
                ways.getValueAtPercentile(50) / 1e3,
                p99);
        out.printf(
                Locale.ROOT,
                "p99 beyond the publishing interval of %d ms: %.1f ms (goal %.0f ms)%n",
                interval,
                Math.max(0, p99 - interval),
                GOAL_MILLIS);
        out.printf(
                Locale.ROOT,
                "the simulated server samples by exception, each tag at most every %d ms; one that"
                        + " samples on a timer adds up to that much%n",
                interval);
        out.printf(
                Locale.ROOT,
                "of it from the driver to the broker: p50 %.2f ms, p99 %.2f ms%n",
                inside.p50Millis(),
                inside.p99Millis());
        return ways.getTotalCount() > 0 && arrivals.unread() == 0 ? 0 : 1;
    }

    private static String text() {
        StringBuilder nodes = new StringBuilder();
        StringBuilder mappings = new StringBuilder();
        for (int number = 0; number < COUNTERS; number++) {
            nodes.append(
                    String.format(
                            Locale.ROOT,
                            "      Line/Counter%03d: {type: UInt32, signal: counter, each: %dms}%n",
                            number,
                            CHANGES_EACH.toMillis()));
            mappings.append(
                    String.format(
                            Locale.ROOT,
                            "  bench/line/counter-%03d: {device: line, tag:"
                                    + " \"nsu=urn:fieldloom:bench;s=Line.Counter%03d\"}%n",
                            number,
                            number));
        }
        return """
                fieldloom: 1
                devices:
                  line:
                    endpoint: opc.tcp://127.0.0.1:4840/line
                    interval: %dms
                    simulator: line-sim
                    use: simulated
                simulators:
                  line-sim:
                    protocol: opcua
                    namespace: urn:fieldloom:bench
                    nodes:
                """
                        .formatted(INTERVAL.toMillis())
                + nodes
                + "mappings:\n"
                + mappings;
    }

    /** How long each message took, by the source's time in its payload. */
    private static final class Arrivals implements MqttListener {
        private final ObjectMapper json = new ObjectMapper();
        private final Histogram micros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(1), 3);
        private volatile long unread;

        @Override
        public void received(Message message) {
            Instant now = Instant.now();
            if (message.topic().contains("/_fieldloom/")) {
                return;
            }
            try {
                String source = json.readTree(message.payload()).path("timestamp").asText();
                long way = Duration.between(Instant.parse(source), now).toNanos() / 1_000;
                micros.recordValue(Math.min(Math.max(0, way), micros.getHighestTrackableValue()));
            } catch (IOException | RuntimeException e) {
                unread++; // told by the exit code
            }
        }

        void forget() {
            micros.reset();
        }

        Histogram ways() {
            return micros;
        }

        long unread() {
            return unread;
        }
    }
}
