package io.fieldloom.ui.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Edits;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.device.tree.DeviceItem;
import java.util.List;
import org.junit.jupiter.api.Test;

class TagMappingTest {
    private static final DeviceItem OBJECT = item(true, "Objects", "Line A", "Filler01");
    private static final DeviceItem SPEED =
            item(false, "Objects", "Line A", "Filler01", "Motor", "DriveSpeed");
    private static final DeviceItem STATE = item(false, "Objects", "Line A", "Filler01", "State");

    @Test
    void anObjectsTagsLieBelowTheObject() {
        assertThat(topics(Project.EMPTY, List.of(OBJECT), List.of(SPEED, STATE), "acme/line-1"))
                .containsExactly(
                        "acme/line-1/filler-01/motor/drive-speed", "acme/line-1/filler-01/state");
    }

    @Test
    void theUnitThatTheDeviceTellsIsPublished() {
        assertThat(TagMapping.plan(Project.EMPTY, List.of(SPEED), List.of(SPEED), "a").mappings())
                .extracting(Mapping::unit)
                .containsExactly("bar");
    }

    @Test
    void allThatWasMappedIsShownByTheBranchAboveIt() {
        TagMapping.Plan plan =
                TagMapping.plan(Project.EMPTY, List.of(OBJECT), List.of(SPEED, STATE), "acme");

        assertThat(plan.top()).isEqualTo("acme/filler-01");
    }

    @Test
    void aTagLiesUnderItsOwnName() {
        assertThat(topics(Project.EMPTY, List.of(SPEED), List.of(SPEED), "acme"))
                .containsExactly("acme/drive-speed");
    }

    @Test
    void aWholeDeviceBringsItsNameAndNotObjects() {
        DeviceItem device = DeviceItem.device("Filler PLC");
        DeviceItem tag =
                new DeviceItem(
                        "Filler PLC",
                        "x",
                        "x",
                        "State",
                        List.of("Objects", "State"),
                        null,
                        null,
                        false);

        assertThat(topics(Project.EMPTY, List.of(device), List.of(tag), ""))
                .containsExactly("filler-plc/state");
    }

    // Dropping an object twice, after tags were added to it, must map the new ones and nothing
    // else.
    @Test
    void whatIsThereAlreadyIsLeftAlone() {
        Project project = with("acme/filler-01/state", STATE);
        TagMapping.Plan plan =
                TagMapping.plan(project, List.of(OBJECT), List.of(SPEED, STATE), "acme");

        assertThat(plan.there()).isEqualTo(1);
        assertThat(plan.mappings())
                .extracting(Mapping::topic)
                .containsExactly("acme/filler-01/motor/drive-speed");
    }

    @Test
    void aTopicOfAnotherTagIsNotTaken() {
        assertThat(topics(with("acme/state", SPEED), List.of(STATE), List.of(STATE), "acme"))
                .containsExactly("acme/state-2");
    }

    @Test
    void namesBecomeLevelsThatATopicCanHold() {
        assertThat(TagMapping.level("Flow +/#")).isEqualTo("flow");
        assertThat(TagMapping.level("+")).isEqualTo("-");
        assertThat(TagMapping.level("$SYS")).doesNotStartWith("$");
    }

    private static Project with(String topic, DeviceItem tag) {
        return Edits.apply(Project.EMPTY, new Edit.PutMapping(Mapping.of(topic, tag.ref())))
                .after();
    }

    private static List<String> topics(
            Project project, List<DeviceItem> taken, List<DeviceItem> tags, String parent) {
        return TagMapping.plan(project, taken, tags, parent).mappings().stream()
                .map(Mapping::topic)
                .toList();
    }

    private static DeviceItem item(boolean branch, String... path) {
        String address = "nsu=urn:acme;s=" + String.join(".", path);
        String name = path[path.length - 1];
        return new DeviceItem("filler", address, address, name, List.of(path), null, "bar", branch);
    }
}
