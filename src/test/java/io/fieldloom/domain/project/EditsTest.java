package io.fieldloom.domain.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.WatchEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pcollections.OrderedPMap;

/** An edit changes whatever refers to what it changes, or is refused and changes nothing. */
class EditsTest {
    private static final Project PLANT =
            all(
                    Project.EMPTY,
                    new Edit.PutSimulator(
                            new Simulator(
                                    "sim",
                                    Simulator.MODBUS,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    OrderedPMap.empty())),
                    new Edit.PutDevice(boiler()),
                    new Edit.PutDevice(
                            new Device(
                                    "filler",
                                    "opc.tcp://h",
                                    null,
                                    null,
                                    null,
                                    OrderedPMap.empty(),
                                    null,
                                    null,
                                    null)),
                    new Edit.PutBroker(Broker.of("plant", "mqtt://b")),
                    new Edit.SetDefaults(Defaults.STANDARD.withBroker("plant")),
                    new Edit.PutMapping(mapping("acme/a/x", "boiler", "Steam").withBroker("plant")),
                    new Edit.PutMapping(mapping("acme/a/y", "boiler", "Level")),
                    new Edit.PutMapping(mapping("acme/ab", "filler", "i=85")),
                    new Edit.PutLevel(new Level("acme/a", "cell")));

    private static Device boiler() {
        return new Device(
                "boiler",
                "modbus-tcp://h",
                null,
                null,
                null,
                OrderedPMap.from(
                        Map.of(
                                "Steam", TagSpec.of("Steam", "holding:0"),
                                "Level", TagSpec.of("Level", "holding:1"))),
                "sim",
                Device.Use.SIMULATED,
                null);
    }

    private static Mapping mapping(String topic, String device, String tag) {
        return Mapping.of(topic, new TagRef(device, tag));
    }

    private static Project all(Project project, Edit... edits) {
        return Edits.apply(project, new Edit.Batch("all", List.of(edits))).after();
    }

    private static Project apply(Edit edit) {
        Change change = Edits.apply(PLANT, edit);
        assertThat(change.before()).isSameAs(PLANT);
        assertThat(change.label()).isNotBlank();
        return change.after();
    }

    private static void refused(Edit edit, String words) {
        assertThatThrownBy(() -> Edits.apply(PLANT, edit))
                .isInstanceOf(EditRefused.class)
                .hasMessageContaining(words);
    }

    @Test
    void movedBranchTakesItsMappingsAndLevelsAlong() {
        Edits.Outcome outcome = Edits.outcome(PLANT, new Edit.MoveBranch("acme/a", "acme/c"));
        Project after = outcome.change().after();
        // acme/ab only looks like a part of the branch
        assertThat(after.mappings()).containsOnlyKeys("acme/ab", "acme/c/x", "acme/c/y");
        assertThat(after.mappings().get("acme/c/x").topic()).isEqualTo("acme/c/x");
        assertThat(after.levels()).containsOnlyKeys("acme/c");
        assertThat(outcome.change().label()).isEqualTo("Rename a to c");
        assertThat(outcome.change().touched().topics())
                .containsExactlyInAnyOrder("acme/a/x", "acme/a/y", "acme/c/x", "acme/c/y");
        assertThat(outcome.renamings()).hasSize(2);
    }

    @Test
    void branchCanMoveBelowItselfAndBack() {
        Project deeper = apply(new Edit.MoveBranch("acme", "acme/a"));
        assertThat(deeper.mappings()).containsOnlyKeys("acme/a/a/x", "acme/a/a/y", "acme/a/ab");
        assertThat(Edits.apply(deeper, new Edit.MoveBranch("acme/a", "acme")).after())
                .isEqualTo(PLANT);
    }

    @Test
    void renamedDeviceIsRenamedInEveryMapping() {
        Project after = apply(new Edit.RenameDevice("boiler", "kettle"));
        assertThat(after.devices().keySet()).containsExactly("kettle", "filler");
        assertThat(after.mappings().get("acme/a/x").source())
                .isEqualTo(new TagRef("kettle", "Steam"));
        assertThat(after.mappings().get("acme/ab").source().device()).isEqualTo("filler");
    }

    @Test
    void renamedTagIsRenamedInItsMappingsOnly() {
        Project after = apply(new Edit.RenameTag("boiler", "Steam", "Pressure"));
        assertThat(after.devices().get("boiler").tags()).containsOnlyKeys("Pressure", "Level");
        assertThat(after.mappings().get("acme/a/x").source().tag()).isEqualTo("Pressure");
        assertThat(after.mappings().get("acme/a/y").source().tag()).isEqualTo("Level");
    }

    @Test
    void watchListFollowsRenamedDevicesAndTags() {
        Project watching =
                apply(
                        new Edit.Batch(
                                "Watch",
                                List.of(
                                        new Edit.PutWatch(watched("one", "boiler", "Steam")),
                                        new Edit.PutWatch(watched("two", "filler", "Steam")))));
        Change change =
                Edits.apply(
                        watching,
                        new Edit.Batch(
                                "Rename",
                                List.of(
                                        new Edit.RenameTag("boiler", "Steam", "Pressure"),
                                        new Edit.RenameDevice("boiler", "kettle"))));
        assertThat(change.after().watch().values())
                .containsExactly(
                        watched("one", "kettle", "Pressure"), watched("two", "filler", "Steam"));
        assertThat(change.touched().watch()).containsExactly("one");
        assertThat(Edits.apply(watching, new Edit.RemoveWatch("one")).after().watch())
                .containsOnlyKeys("two");
        refused(new Edit.RemoveWatch("none"), "no watch list entry 'none'");
        refused(new Edit.PutWatch(watched("a b", "boiler", "Steam")), "not a name");
        refused(new Edit.PutWatch(watched("a", "boiler", "ns=2;s=x")), "nsu=URI");
    }

    private static WatchEntry watched(String name, String device, String tag) {
        return WatchEntry.of(name, new TagRef(device, tag));
    }

    @Test
    void renamedBrokerIsRenamedInMappingsAndDefaults() {
        Project after = apply(new Edit.RenameBroker("plant", "hall"));
        assertThat(after.defaults().broker()).isEqualTo("hall");
        assertThat(after.mappings().get("acme/a/x").broker()).isEqualTo("hall");
    }

    @Test
    void renamedSimulatorIsRenamedInItsDevices() {
        Project after = apply(new Edit.RenameSimulator("sim", "twin"));
        assertThat(after.devices().get("boiler").simulator()).isEqualTo("twin");
    }

    @Test
    void removedBranchTakesItsLevelsAlong() {
        Project after = apply(new Edit.RemoveBranch("acme/a"));
        assertThat(after.mappings()).containsOnlyKeys("acme/ab");
        assertThat(after.levels()).isEmpty();
    }

    @Test
    void removedDeviceLeavesItsMappings() {
        assertThat(apply(new Edit.RemoveDevice("boiler")).mappings()).hasSize(3);
    }

    @Test
    void whatCannotBeIsRefusedInWords() {
        refused(new Edit.MoveBranch("acme/a/x", "acme/a/y"), "'acme/a/y' exists already");
        refused(new Edit.MoveBranch("none", "acme/z"), "no topic 'none'");
        refused(new Edit.MoveBranch("acme/a", "acme/#"), "wildcards");
        refused(new Edit.MoveBranch("acme/a", "acme/" + "z".repeat(995)), "longer than 1000");
        refused(new Edit.PutMapping(mapping("acme//z", "boiler", "Steam")), "level");
        refused(new Edit.PutMapping(mapping("acme/z", "boiler", "ns=2;s=x")), "nsu=URI");
        refused(
                new Edit.PutMapping(mapping("acme/z", "boiler", "Steam").withQos(3)),
                "from 0 to 2");
        refused(new Edit.RemoveMapping("none"), "no mapping 'none'");
        refused(new Edit.RenameDevice("boiler", "filler"), "'filler' exists already");
        refused(new Edit.RenameDevice("boiler", "bad name"), "not a name");
        refused(new Edit.RenameDevice("none", "x"), "no device 'none'");
        refused(new Edit.RenameTag("boiler", "Steam", "Level"), "'Level' exists already");
        refused(new Edit.RenameBroker("plant", "embedded"), "Fieldloom starts");
        refused(new Edit.PutBroker(Broker.of("x", "http://h")), "not a broker");
        refused(
                new Edit.PutDevice(
                        boiler().withTags(boiler().tags().plus("x", TagSpec.of("x", "hold:1")))),
                "not a Modbus address");
        refused(
                new Edit.PutDevice(
                        new Device(
                                "x",
                                "opc.tcp://h",
                                null,
                                null,
                                Duration.ofNanos(1_500_000),
                                OrderedPMap.empty(),
                                null,
                                null,
                                null)),
                "whole number of milliseconds");
    }

    @Test
    void mappingWithAnInvalidTopicFromAFileCanStillBeChanged() {
        Mapping odd = mapping("acme/+/x", "boiler", "Steam");
        Project loaded = PLANT.withMappings(PLANT.mappings().plus(odd.topic(), odd));
        Project after = Edits.apply(loaded, new Edit.PutMapping(odd.withQos(0))).after();
        assertThat(after.mappings().get(odd.topic()).qos()).isZero();
        assertThat(Edits.apply(after, new Edit.MoveBranch("acme/+", "acme/b")).after().mappings())
                .containsKey("acme/b/x");
    }

    @Test
    void batchIsOneStepThatFailsAsAWhole() {
        refused(
                new Edit.Batch(
                        "two", List.of(new Edit.SetName("x"), new Edit.RemoveDevice("none"))),
                "no device");
        Change change =
                Edits.apply(
                        PLANT,
                        new Edit.Batch(
                                "two",
                                List.of(
                                        new Edit.RenameDevice("boiler", "kettle"),
                                        new Edit.RenameDevice("filler", "boiler"))));
        assertThat(change.label()).isEqualTo("two");
        assertThat(change.after().mappings().get("acme/ab").source().device()).isEqualTo("boiler");
    }
}
