package io.fieldloom.engine.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.project.Defaults;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.tag.Deadband;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.WatchEntry;
import io.fieldloom.engine.security.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A diff of a project file shows what the engineer did, and nothing else. */
class ProjectSavingTest {
    private static final String PLANT =
            """
            # Plant 7
            fieldloom: 1
            name: Bottling hall   # shown in the title
            defaults: {broker: plant, payload: json, qos: 1, retain: true}

            brokers:
              plant: {url: "mqtts://broker.acme:8883", user: loom, ca: ca.crt}

            devices:
              # the filler
              filler:
                endpoint: opc.tcp://10.0.0.5:4840/filler
                interval: 250ms   # fast
                use: simulated
                simulator: filler-sim
              boiler:
                endpoint: 'modbus-tcp://10.0.0.9:502?unit=1'
                tags:
                  SteamPressure: {address: "holding:0:float32:CDAB", scale: 0.1, unit: bar}
                  FeedwaterLevel: {address: "holding:2", unit: "%", interval: 5s}   # slow

            simulators:
              filler-sim:
                protocol: opcua
                nodes:
                  Filler01/Temperature: {type: Double, signal: sine, min: 280, max: 360, period: 60s}

            namespace:
              levels: [enterprise, site, area, line, cell]
              topics:
                acme/prague/utilities/boiler: {level: cell}

            mappings:   # a mapping is its topic
              acme/prague/line-1/temperature:
                device: filler
                tag: nsu=urn:acme:filler;s=Filler01.Temperature   # Kelvin
                transform: value - 273.15

              # pressure first
              acme/prague/boiler/steam-pressure: {device: boiler, tag: SteamPressure}   # bar
              acme/prague/boiler/level: {device: boiler, tag: FeedwaterLevel}

              # the last
              acme/prague/other: {device: boiler, tag: SteamPressure}
            """;

    private final ProjectEditor editor = editor(PLANT);

    private static ProjectEditor editor(String text) {
        ProjectEditor editor = ProjectEditor.ofText(text, "plant", new Home(Path.of("none")));
        assertThat(editor.faults()).isEmpty();
        return editor;
    }

    private static Mapping mapping(String topic) {
        return Mapping.of(topic, new TagRef("boiler", "SteamPressure"));
    }

    private void expect(String text) {
        assertThat(editor.text()).isEqualTo(text);
        LoadedProject again = ProjectFile.parse(editor.text());
        assertThat(again.faults()).isEmpty();
        assertThat(again.project()).isEqualTo(editor.project());
        while (editor.undo().isPresent()) {
            assertThat(editor.revision()).isNotNegative();
        }
        assertThat(editor.text()).isEqualTo(PLANT);
    }

    private void expect(String was, String is) {
        assertThat(PLANT).contains(was);
        expect(PLANT.replace(was, is));
    }

    @Test
    void textThatNobodyEditedStays() {
        expect(PLANT);
    }

    @Test
    void changedValueReplacesItsOwnBytes() {
        Mapping old = editor.project().mappings().get("acme/prague/line-1/temperature");
        editor.apply(new Edit.PutMapping(old.withTransform("value * 2")));
        expect("value - 273.15", "value * 2");
    }

    @Test
    void valueInQuotesKeepsThem() {
        Device old = editor.project().devices().get("boiler");
        editor.apply(
                new Edit.PutDevice(
                        new Device(
                                "boiler",
                                "modbus-tcp://10.0.0.10",
                                null,
                                null,
                                null,
                                old.tags(),
                                null,
                                null,
                                null)));
        expect("'modbus-tcp://10.0.0.9:502?unit=1'", "'modbus-tcp://10.0.0.10'");
    }

    @Test
    void newFieldGoesBehindTheOneThatComesBeforeIt() {
        Mapping old = editor.project().mappings().get("acme/prague/line-1/temperature");
        editor.apply(new Edit.PutMapping(old.withRound(2).withUnit("°C")));
        expect(
                "    transform: value - 273.15\n",
                "    transform: value - 273.15\n    round: 2\n    unit: °C\n");
    }

    @Test
    void newFieldInBracesStaysInThem() {
        Mapping old = editor.project().mappings().get("acme/prague/boiler/level");
        editor.apply(new Edit.PutMapping(old.withQos(0)));
        expect("tag: FeedwaterLevel}", "tag: FeedwaterLevel, qos: 0}");
    }

    @Test
    void removedFieldLeavesNothing() {
        Mapping old = editor.project().mappings().get("acme/prague/line-1/temperature");
        editor.apply(new Edit.PutMapping(old.withTransform(null)));
        expect("    transform: value - 273.15\n", "");
    }

    @Test
    void newMappingGoesBehindItsSiblings() {
        editor.apply(new Edit.PutMapping(mapping("acme/prague/boiler/burner")));
        String sibling = "  acme/prague/boiler/level: {device: boiler, tag: FeedwaterLevel}\n";
        expect(
                sibling,
                sibling + "  acme/prague/boiler/burner: {device: boiler, tag: SteamPressure}\n");
    }

    @Test
    void newMappingIsWrittenAsItsSiblingIs() {
        editor.apply(new Edit.PutMapping(mapping("acme/prague/line-1/pressure")));
        expect(
                "    transform: value - 273.15\n",
                "    transform: value - 273.15\n"
                        + "  acme/prague/line-1/pressure:\n"
                        + "    device: boiler\n"
                        + "    tag: SteamPressure\n");
    }

    @Test
    void newMappingWithoutSiblingsGoesToTheEnd() {
        editor.apply(new Edit.PutMapping(mapping("zeta/on")));
        expect(PLANT + "  zeta/on: {device: boiler, tag: SteamPressure}\n");
    }

    @Test
    void deletedMappingTakesItsCommentsAlong() {
        editor.apply(new Edit.RemoveMapping("acme/prague/boiler/steam-pressure"));
        expect(
                "  # pressure first\n"
                        + "  acme/prague/boiler/steam-pressure: {device: boiler, tag:"
                        + " SteamPressure}   # bar\n",
                "");
    }

    @Test
    void renamedBranchChangesKeysOnly() {
        editor.apply(new Edit.MoveBranch("acme/prague/boiler", "acme/prague/utilities/kettle"));
        expect(PLANT.replace("acme/prague/boiler/", "acme/prague/utilities/kettle/"));
    }

    @Test
    void renamedDeviceChangesWhereverItIsNamed() {
        editor.apply(new Edit.RenameDevice("boiler", "kettle"));
        expect(
                PLANT.replace("  boiler:\n", "  kettle:\n")
                        .replace("device: boiler", "device: kettle"));
    }

    @Test
    void renamedTagChangesWhereverItIsNamed() {
        editor.apply(new Edit.RenameTag("boiler", "SteamPressure", "on"));
        expect(
                PLANT.replace("      SteamPressure:", "      \"on\":")
                        .replace("tag: SteamPressure", "tag: \"on\""));
    }

    @Test
    void newTagIsWrittenAsItsSiblingsAre() {
        Device old = editor.project().devices().get("boiler");
        editor.apply(
                new Edit.PutDevice(
                        old.withTags(old.tags().plus("Burner", TagSpec.of("Burner", "coil:0")))));
        String sibling =
                "      FeedwaterLevel: {address: \"holding:2\", unit: \"%\", interval: 5s}   #"
                        + " slow\n";
        expect(sibling, sibling + "      Burner: {address: \"coil:0\"}\n");
    }

    @Test
    void newBrokerAndDefaults() {
        editor.apply(
                new Edit.Batch(
                        "Use test",
                        List.of(
                                new Edit.PutBroker(Broker.of("test", "mqtt://localhost:1884")),
                                new Edit.SetDefaults(Defaults.STANDARD.withBroker("test")))));
        expect(
                PLANT.replace("{broker: plant,", "{broker: test,")
                        .replace(
                                "ca: ca.crt}\n",
                                "ca: ca.crt}\n  test: {url: \"mqtt://localhost:1884\"}\n"));
    }

    @Test
    void levelNamesAndNewLevels() {
        editor.apply(new Edit.SetLevelNames(List.of("enterprise", "site", "area", "line", "unit")));
        editor.apply(new Edit.PutLevel(new Level("acme/brno", null)));
        expect(
                PLANT.replace("line, cell]", "line, unit]")
                        .replace(
                                "boiler: {level: cell}\n",
                                "boiler: {level: cell}\n    acme/brno: {}\n"));
    }

    @Test
    void firstWatchedTagMakesTheSectionAndUndoTakesItAway() {
        ProjectEditor editor = ProjectEditor.ofText(PLANT, "x", new Home(Path.of("none")));
        editor.apply(
                new Edit.PutWatch(WatchEntry.of("steam", new TagRef("boiler", "SteamPressure"))));
        String one = editor.text();
        assertThat(one)
                .startsWith(PLANT)
                .contains("watch:\n  steam: {device: boiler, tag: SteamPressure}\n");

        editor.apply(
                new Edit.PutWatch(
                        new WatchEntry(
                                "temperature",
                                new TagRef("filler", "nsu=urn:acme:filler;s=Filler01.Temperature"),
                                Duration.ofMillis(500),
                                new Monitoring(
                                        20,
                                        Monitoring.Discard.NEWEST,
                                        Deadband.parse("2.50 %"),
                                        Monitoring.Trigger.TIMESTAMP))));
        assertThat(editor.text())
                .isEqualTo(
                        one
                                + "  temperature: {device: filler, tag:"
                                + " \"nsu=urn:acme:filler;s=Filler01.Temperature\","
                                + " interval: 500ms, queue: 20, discard: newest, deadband: 2.5%,"
                                + " trigger: timestamp}\n");

        editor.undo();
        editor.undo();
        assertThat(editor.text()).isEqualTo(PLANT);
    }
}
