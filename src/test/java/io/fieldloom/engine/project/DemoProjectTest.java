package io.fieldloom.engine.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.lint.Lint;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.SignalCurve;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.NodeAddress;
import io.fieldloom.domain.tag.TagSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The demo is the file that every newcomer reads first. */
class DemoProjectTest {
    private final LoadedProject demo = ProjectFile.parse(demoText());

    private static String demoText() {
        try (InputStream in =
                DemoProjectTest.class.getResourceAsStream(
                        "/io/fieldloom/demo/bottling-hall.fieldloom.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void hasNeitherFaultsNorFindings() {
        assertThat(demo.faults()).isEmpty();
        assertThat(Lint.lint(demo.project(), expression -> Optional.empty()).list()).isEmpty();
    }

    @Test
    void runsWithoutAPlantOnTheEmbeddedBroker() {
        Project project = demo.project();
        assertThat(project.mappings()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(project.devices().values())
                .allMatch(device -> device.use() == Device.Use.SIMULATED);
        assertThat(project.mappings().values())
                .allMatch(mapping -> project.brokerOf(mapping).equals(Broker.EMBEDDED));
    }

    // 50 changes a second is what the demo promises; a margin is for busy computers.
    @Test
    void changesSeventyTimesASecond() {
        Project project = demo.project();
        double perSecond =
                project.mappings().values().stream()
                        .mapToDouble(mapping -> changesPerSecond(project, mapping))
                        .sum();
        assertThat(perSecond).isBetween(70.0, 150.0);
    }

    private static double changesPerSecond(Project project, Mapping mapping) {
        Device device = project.devices().get(mapping.source().device());
        TagSpec tag = project.tagOf(mapping).orElseThrow();
        Simulator simulator = project.simulators().get(device.simulator());
        Signal signal = simulator.points().get(point(simulator, tag.address()));
        assertThat(signal).as(mapping.topic()).isNotNull();
        Duration sampled = tag.interval() == null ? device.interval() : tag.interval();
        return SignalCurve.of(signal, 1)
                .pace()
                .map(pace -> pace.compareTo(sampled) > 0 ? pace : sampled)
                .map(pace -> 1000.0 / pace.toMillis())
                .orElse(0.0);
    }

    private static String point(Simulator simulator, String address) {
        return simulator.isOpcUa()
                ? NodeAddress.parse(address).identifier().replace('.', '/')
                : address;
    }
}
