package io.fieldloom.domain.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldloom.domain.mapping.ExpressionCheck;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Defaults;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Edits;
import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.WatchEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pcollections.OrderedPMap;

/** What an engineer hears about a design before it runs. */
class LintTest {
    private static final ExpressionCheck EXPRESSIONS =
            text -> text.contains("(") ? Optional.of("a bracket is open") : Optional.empty();

    private final Project project =
            Edits.apply(
                            Project.EMPTY,
                            new Edit.Batch(
                                    "plant",
                                    List.of(
                                            new Edit.PutSimulator(simulator("sim")),
                                            new Edit.PutDevice(device("boiler", "sim")),
                                            new Edit.PutMapping(mapping("a/x", "boiler")))))
                    .after();

    @Test
    void aNameWithSpaceOrCapitalIsToldOnceWithItsRenaming() {
        Change change =
                Edits.apply(
                        project,
                        new Edit.Batch(
                                "map",
                                List.of(
                                        new Edit.PutMapping(mapping("a/Capper 1/x", "boiler")),
                                        new Edit.PutMapping(mapping("a/Capper 1/y", "boiler")),
                                        new Edit.PutMapping(mapping("a/Zone", "boiler")),
                                        new Edit.PutMapping(mapping("a/zone", "boiler")),
                                        new Edit.PutMapping(mapping("spBv1.0/G", "boiler")))));
        Findings full = Lint.lint(change.after(), EXPRESSIONS);

        assertThat(full.list())
                .extracting(Finding::rule, Finding::at, Finding::message, Finding::fix)
                .containsExactly(
                        tuple(
                                "topic-style",
                                "a/Capper 1",
                                "the level name has a space and a capital letter",
                                "Rename to capper-1"),
                        tuple(
                                "topic-style",
                                "a/Zone",
                                "the level name has a capital letter",
                                "Rename it, in small letters with hyphens"));
        assertThat(full.warnings()).isEqualTo(2);
        assertThat(full.list().get(1).edit()).as("a/zone is taken").isEmpty();
        Findings before = Lint.lint(project, EXPRESSIONS);
        assertThat(Lint.relint(before, change, EXPRESSIONS)).isEqualTo(full);

        Change mended = Edits.apply(change.after(), full.list().get(0).edit().orElseThrow());
        assertThat(mended.after().mappings()).containsKey("a/capper-1/y");
        assertThat(Lint.relint(full, mended, EXPRESSIONS).warnings()).isEqualTo(1);
        assertThat(Lint.relint(full, change.reversed(), EXPRESSIONS)).isEqualTo(before);
    }

    private static Simulator simulator(String name) {
        return new Simulator(
                name, Simulator.MODBUS, null, null, null, null, null, OrderedPMap.empty());
    }

    private static Device device(String name, String simulator) {
        return new Device(
                name,
                "modbus-tcp://h",
                null,
                null,
                null,
                OrderedPMap.singleton("Steam", TagSpec.of("Steam", "holding:0")),
                simulator,
                Device.Use.SIMULATED,
                null);
    }

    private static Mapping mapping(String topic, String device) {
        return Mapping.of(topic, new TagRef(device, "Steam"));
    }

    /** The only finding after an edit; looked at in full and by change alike. */
    private Finding after(Edit edit) {
        Change change = Edits.apply(project, edit);
        Findings full = Lint.lint(change.after(), EXPRESSIONS);
        Findings byChange = Lint.relint(Lint.lint(project, EXPRESSIONS), change, EXPRESSIONS);
        assertThat(byChange).isEqualTo(full);
        assertThat(Lint.relint(byChange, change.reversed(), EXPRESSIONS).list()).isEmpty();
        assertThat(full.size()).isEqualTo(1);
        return full.list().get(0);
    }

    private static void expect(Finding finding, String rule, Severity severity, Location where) {
        assertThat(finding.rule()).isEqualTo(rule);
        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(finding.location()).isEqualTo(where);
        assertThat(finding.at()).isEqualTo(where.key());
        assertThat(finding.fix()).isNotBlank();
    }

    @Test
    void goodDesignHasNoFindings() {
        assertThat(Lint.lint(project, EXPRESSIONS)).isEqualTo(Findings.NONE);
    }

    @Test
    void unknownDeviceOffersTheNearestName() {
        Finding finding = after(new Edit.PutMapping(mapping("a/y", "biler")));
        expect(finding, "unknown-device", Severity.ERROR, Location.mapping("a/y"));
        assertThat(finding.edit()).contains(new Edit.PutMapping(mapping("a/y", "boiler")));
        expect(
                after(new Edit.RemoveDevice("boiler")),
                "unknown-device",
                Severity.ERROR,
                Location.mapping("a/x"));
    }

    @Test
    void unknownTag() {
        Finding finding =
                after(new Edit.PutMapping(Mapping.of("a/y", new TagRef("boiler", "steam"))));
        expect(finding, "unknown-tag", Severity.ERROR, Location.mapping("a/y"));
        assertThat(finding.edit()).isPresent();
        Device without = device("boiler", "sim").withTags(OrderedPMap.empty());
        expect(
                after(new Edit.PutDevice(without)),
                "unknown-tag",
                Severity.ERROR,
                Location.mapping("a/x"));
    }

    @Test
    void unknownBroker() {
        expect(
                after(new Edit.PutMapping(mapping("a/x", "boiler").withBroker("none"))),
                "unknown-broker",
                Severity.ERROR,
                Location.mapping("a/x"));
        expect(
                after(new Edit.SetDefaults(Defaults.STANDARD.withBroker("none"))),
                "unknown-broker",
                Severity.ERROR,
                Location.setting("defaults.broker"));
    }

    @Test
    void simulatorsOfSimulatedDevices() {
        expect(
                after(new Edit.PutDevice(device("boiler", null))),
                "missing-simulator",
                Severity.ERROR,
                Location.device("boiler"));
        expect(
                after(new Edit.RemoveSimulator("sim")),
                "unknown-simulator",
                Severity.ERROR,
                Location.device("boiler"));
        Simulator other =
                new Simulator(
                        "sim", Simulator.OPC_UA, null, null, null, null, null, OrderedPMap.empty());
        expect(
                after(new Edit.PutSimulator(other)),
                "simulator-mismatch",
                Severity.ERROR,
                Location.device("boiler"));
    }

    @Test
    void transformThatCannotBeEvaluated() {
        expect(
                after(new Edit.PutMapping(mapping("a/x", "boiler").withTransform("round(value"))),
                "transform-invalid",
                Severity.ERROR,
                Location.mapping("a/x"));
    }

    @Test
    void topicThatNobodyCanPublishTo() {
        Mapping odd = mapping("a/+/x", "boiler");
        Project loaded =
                project.withMappings(project.mappings().plus(odd.topic(), odd))
                        .withLevels(project.levels().plus("b//c", new Level("b//c", null)));
        assertThat(Lint.lint(loaded, EXPRESSIONS).list())
                .extracting(Finding::rule, Finding::at)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("topic-invalid", "b//c"),
                        org.assertj.core.groups.Tuple.tuple("topic-invalid", "a/+/x"));
    }

    @Test
    void valueThatIsAFolderTooIsAWarning() {
        expect(
                after(new Edit.PutMapping(mapping("a/x/y", "boiler"))),
                "leaf-and-folder",
                Severity.WARNING,
                Location.mapping("a/x"));
    }

    @Test
    void watchedTagThatIsNotThereIsAWarning() {
        Finding device = after(new Edit.PutWatch(watched("boilr", "Steam")));
        assertThat(device.rule()).isEqualTo("unknown-device");
        assertThat(device.isError()).isFalse();
        assertThat(device.location()).isEqualTo(Location.watch("steam"));
        assertThat(device.edit()).contains(new Edit.PutWatch(watched("boiler", "Steam")));

        Finding tag = after(new Edit.PutWatch(watched("boiler", "Stam")));
        assertThat(tag.rule()).isEqualTo("unknown-tag");
        assertThat(tag.isError()).isFalse();
        assertThat(tag.edit()).contains(new Edit.PutWatch(watched("boiler", "Steam")));
    }

    @Test
    void watchListIsLookedAtAgainWhenItsDeviceGoes() {
        Project watching =
                Edits.apply(project, new Edit.PutWatch(watched("boiler", "Steam"))).after();
        Change gone = Edits.apply(watching, new Edit.RemoveDevice("boiler"));
        Findings after = Lint.relint(Lint.lint(watching, EXPRESSIONS), gone, EXPRESSIONS);
        assertThat(after).isEqualTo(Lint.lint(gone.after(), EXPRESSIONS));
        assertThat(after.list())
                .extracting(Finding::location)
                .contains(Location.watch("steam"), Location.mapping("a/x"));
    }

    private static WatchEntry watched(String device, String tag) {
        return WatchEntry.of("steam", new TagRef(device, tag));
    }
}
