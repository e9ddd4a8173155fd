package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloom.app.CommandRun.Result;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code broker}, {@code publish} and {@code watch}, as a script sees them. */
class CliBrokerTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir static Path home;

    private static ExecutorService pool;
    private static EmbeddedBroker broker;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        pool = Executors.newCachedThreadPool();
        broker = new EmbeddedBroker(new Home(home), pool);
        BrokerUrl at = broker.start(21_883, false).get(60, TimeUnit.SECONDS);
        url = at.text();
    }

    @AfterAll
    static void stop() {
        broker.close();
        pool.shutdown();
    }

    private static CommandRun command(String... args) {
        return CommandRun.of(home, args);
    }

    private static Result run(String... args) {
        return command(args).result();
    }

    private static CommandRun watching(String... args) {
        CommandRun watch = command(args).start();
        await().atMost(SOON).until(() -> watch.notes().contains("watching ") || !watch.isRunning());
        return watch;
    }

    @Test
    void aMessageIsWatchedDecoded() {
        CommandRun watch = watching("watch", url, "cli/one/#", "--json");
        assertThat(watch.notes()).isEqualTo("watching " + url + " cli/one/#" + nl());

        Result published = run("publish", url, "cli/one/a", "{\"v\":1.10}", "--json");
        await().atMost(SOON).until(() -> watch.answers().contains("cli/one/a"));
        Result result = watch.stop().result();

        assertThat(published.code()).as(published.err()).isZero();
        assertThat(published.json()).hasToString("{\"topic\":\"cli/one/a\",\"reasonCode\":0}");
        assertThat(result.code()).isZero();
        JsonNode line = result.jsonLines().get(0);
        assertThat(line.get("time").asText()).endsWith("Z");
        assertThat(line.get("qos").asInt()).isEqualTo(1);
        assertThat(line.get("retain").asBoolean()).isFalse();
        assertThat(line.get("encoding").asText()).isEqualTo("json");
        assertThat(result.out()).contains("\"value\":{\"v\":1.10}");
    }

    @Test
    void textBinaryAndNothingAreToldApart() {
        CommandRun watch = watching("watch", url, "cli/two/#", "--json");
        run("publish", url, "cli/two/text", "Running");
        run("publish", url, "cli/two/none", "");
        command("publish", url, "cli/two/binary", "-").withInput("\u0000\u0001").result();
        await().atMost(SOON).until(() -> watch.answers().lines().count() == 3);
        String lines = watch.stop().result().out();

        assertThat(lines)
                .contains("\"encoding\":\"text\",\"value\":\"Running\"")
                .contains("\"encoding\":\"empty\",\"value\":null")
                .contains("\"encoding\":\"binary\",\"value\":\"AAE=\"");
    }

    @Test
    void embeddedIsTheNewestLiveOne() {
        Result result = run("publish", "embedded", "cli/three", "x", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().get("reasonCode").asInt()).isIn(0, 16);
    }

    @Test
    void withoutALiveBrokerEmbeddedIsThree(@TempDir Path elsewhere) {
        Result result = CommandRun.of(elsewhere, "watch", "embedded", "#").result();

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void watchingNothingIsGoodAndCountsNothing() {
        Result quiet = run("watch", url, "cli/quiet/#", "--for", "300ms", "--json");
        Result count = run("watch", url, "cli/quiet/#", "--for", "300ms", "--count", "--json");

        assertThat(quiet.code()).isZero();
        assertThat(quiet.out()).isEmpty();
        assertThat(count.code()).isZero();
        assertThat(count.out())
                .matches(
                        "\\{\"messages\":0,\"topics\":0,\"bytes\":0,\"duplicates\":0,"
                                + "\"dropped\":0,\"seconds\":\\d+\\.\\d+,\"rate\":0\\.0}\\R");
    }

    @Test
    void countTellsTotalsEverySecondUntilItIsStopped() {
        CommandRun watch = watching("watch", url, "cli/count/#", "--count", "--json");
        run("publish", url, "cli/count/a", "1");
        run("publish", url, "cli/count/a", "22");
        run("publish", url, "cli/count/b", "333");
        await().atMost(SOON).until(() -> watch.answers().contains("\"messages\":3"));
        Result result = watch.stop().result();

        assertThat(result.code()).isZero();
        JsonNode last = result.jsonLines().get(result.jsonLines().size() - 1);
        assertThat(last.get("messages").asInt()).isEqualTo(3);
        assertThat(last.get("topics").asInt()).isEqualTo(2);
        assertThat(last.get("bytes").asInt()).isEqualTo(6);
    }

    @Test
    void mqtt3WorksToo() {
        Result result = run("publish", url, "cli/old", "x", "--mqtt", "3", "--qos", "2", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().get("reasonCode").asInt()).isZero();
    }

    // A retained value that somebody relies on is not deleted by an empty argument.
    @Test
    void deletingARetainedMessageNeedsYesEvenHere() {
        run("publish", url, "cli/kept", "x", "--retain");
        Result refused = run("publish", url, "cli/kept", "", "--retain");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err().lines()).hasSize(1);
        assertThat(run("watch", url, "cli/kept", "--for", "500ms", "--json").jsonLines())
                .hasSize(1);

        assertThat(run("publish", url, "cli/kept", "", "--retain", "--yes").code()).isZero();
        assertThat(run("watch", url, "cli/kept", "--for", "500ms", "--json").jsonLines()).isEmpty();
    }

    @Test
    void publishingElsewhereNeedsYesAndConnectsToNobody() {
        Result result = run("publish", "mqtt://192.0.2.1:1883", "a", "x", "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("192.0.2.1").contains("--yes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "publish URL a/# x",
                "publish URL a/+/b x",
                "publish URL a x --qos 3",
                "publish URL a x --mqtt 4",
                "publish URL a x --cert c.pem",
                "publish URL a x --ca ca.pem",
                "publish URL a",
                "publish nobody://host a x",
                "watch URL",
                "watch URL a/#/b",
                "watch URL a+",
                "watch URL a --qos -1",
                "watch URL a --for never",
                "watch URL a --until x",
                "watch mqtts://127.0.0.1:1 a --ca /no/such/file.pem",
            })
    void wrongUsageIsOneLineAndTwo(String line) {
        Result result = run(line.replace("URL", url).split(" "));

        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "5"})
    void aWebServersPortIsNoBrokerAndThree(String version) throws IOException {
        try (StrangeServer web = StrangeServer.web()) {
            Result result = run("watch", web.url("mqtt"), "#", "--mqtt", version);

            assertThat(result.code()).isEqualTo(3);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains(web.url("mqtt")).contains("not an MQTT broker");
        }
    }

    @Test
    void aRefusedConnectionIsThreeWithinTheLimit() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        long begin = System.nanoTime();
        Result result = run("watch", "mqtt://127.0.0.1:" + port, "#", "--json");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.failure()).contains("127.0.0.1:" + port);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void theBrokerSaysWhereItListensAndEndsOnASignal() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        CommandRun run = command("broker", "--port", String.valueOf(port), "--json").start();
        await().atMost(Duration.ofSeconds(70)).until(() -> run.answers().contains("listening"));
        Result taken = run("broker", "--port", String.valueOf(port), "--json");
        Result result = run.stop().result();

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json())
                .hasToString("{\"listening\":[\"mqtt://127.0.0.1:" + port + "\"]}");
        assertThat(result.err()).contains("listening mqtt://127.0.0.1:" + port + nl());
        assertThat(taken.code()).isEqualTo(3);
        assertThat(taken.out()).isEmpty();
        assertThat(taken.err().lines()).hasSize(1);
        assertThat(taken.err()).contains(String.valueOf(port));
    }

    private static String nl() {
        return System.lineSeparator();
    }
}
