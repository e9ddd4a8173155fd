package io.fieldloom.ui.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.lint.Severity;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.ScriptedDriver;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.mapping.MappingEngine;
import io.fieldloom.engine.mapping.Transforms;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.MqttOutlet;
import io.fieldloom.engine.mqtt.SessionSettings;
import io.fieldloom.engine.outlet.Outlet;
import io.fieldloom.engine.outlet.PublicationQueue;
import io.fieldloom.engine.project.LiveLint;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values that a device gives as bad while it is there. */
class BadTagsProblemTest {
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(3);
    private final ScriptedDriver driver = new ScriptedDriver();
    private final DeviceLink link =
            new DeviceLink(
                    driver,
                    SessionRequest.anonymous("filler", Endpoint.parse("opc.tcp://127.0.0.1:1")),
                    pool,
                    pool,
                    Clock.systemUTC());
    // Never opened: what is published does not matter here.
    private final MqttOutlet outlet =
            new MqttOutlet(
                    BrokerLogin.of("plant", BrokerUrl.parse("mqtt://127.0.0.1:1")),
                    SessionSettings.DEFAULT,
                    PublicationQueue.Bounds.DEFAULT,
                    pool);
    private final List<Trouble> away = new ArrayList<>();

    @AfterEach
    void stop() {
        link.stop().toCompletableFuture().join();
        pool.shutdownNow();
    }

    @Test
    void areOneWarningADeviceAndReasonUntilTheyAreGoodAgain() {
        StringBuilder text =
                new StringBuilder(
                        """
                        fieldloom: 1
                        devices:
                          filler: {endpoint: "opc.tcp://127.0.0.1:1"}
                        mappings:
                        """);
        for (int at = 10; at < 40; at++) {
            text.append("  acme/t")
                    .append(at)
                    .append(": {device: filler, tag: \"nsu=urn:x;s=")
                    .append(at)
                    .append("\"}\n");
        }
        ProjectEditor editor =
                ProjectEditor.ofText(
                        text.toString(), "hall.fieldloom.yaml", new Home(Path.of("unused")));
        LiveLint lint = new LiveLint(new Transforms()::fault, Runnable::run);
        lint.open(editor.project());
        link.start();
        ScriptedDriver.Session session = driver.next().up();
        MappingEngine engine = new MappingEngine(new Wired(), new Transforms(), Runnable::run);
        engine.start(editor.project()).toCompletableFuture().join();
        ScriptedDriver.Subscription samples = session.subscription();
        ProblemSources sources =
                new ProblemSources(() -> editor, lint, engine, () -> List.copyOf(away));
        for (int tag = 0; tag < 30; tag++) {
            send(samples, tag, tag == 7 ? "BadNodeIdUnknown" : "BadOutOfService");
        }
        sources.refresh();
        assertThat(sources.problems()).as("bad for a moment").isEmpty();

        await().atMost(Duration.ofSeconds(15))
                .until(
                        () -> {
                            sources.refresh();
                            return sources.problems().size() == 2;
                        });
        assertThat(sources.problems())
                .extracting(each -> each.where() + " | " + each.message())
                .containsExactly(
                        "filler | 29 tags of filler are BadOutOfService: out of service",
                        "acme/t17 | Its tag on filler is BadNodeIdUnknown: node id unknown");
        assertThat(sources.problems()).allMatch(each -> each.severity() == Severity.WARNING);

        away.add(new Trouble("filler", "away", "", Optional.empty(), Optional.empty()));
        sources.refresh();
        assertThat(sources.problems()).extracting(Problem::message).containsExactly("Away");
        away.clear();
        for (int tag = 0; tag < 30; tag++) {
            samples.send(tag, Sample.good(Value.of(1), Instant.EPOCH));
        }
        sources.refresh();
        assertThat(sources.problems()).isEmpty();
    }

    private static void send(ScriptedDriver.Subscription samples, int tag, String status) {
        samples.send(tag, Sample.failed(Status.named(status), Instant.EPOCH));
    }

    private final class Wired implements MappingEngine.Wiring {
        @Override
        public DeviceLink device(String name) {
            return link;
        }

        @Override
        public Outlet outlet(String broker, String topic, boolean unreal) {
            return outlet;
        }
    }
}
