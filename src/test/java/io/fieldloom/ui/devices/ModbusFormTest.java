package io.fieldloom.ui.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.device.modbus.ModbusDriver;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.ui.kit.FxStage;
import io.fieldloom.ui.kit.NoCharts;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.SimulatedBoiler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pcollections.OrderedPMap;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The Modbus dialogs, with a simulated device where one is asked. */
@ExtendWith(ApplicationExtension.class)
class ModbusFormTest {
    private final FxStage window = new FxStage();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final List<TagRef> shown = new ArrayList<>();
    private SimulatedBoiler boiler;
    private ProjectEditor editor;
    private DeviceDialogs dialogs;

    @Start
    void start(Stage stage) throws IOException {
        boiler = new SimulatedBoiler("holding:3", "float32", "100");
        editor = boiler.editor;
        window.show(stage, new StackPane());
        DevicesServices services =
                new DevicesServices(
                        window.kit(),
                        editor::project,
                        Optional::empty,
                        new ProjectEdits(window.kit(), editor),
                        boiler.registry,
                        List.of(new ModbusDriver()),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        pool,
                        null,
                        null,
                        shown::add,
                        null,
                        null,
                        new NoCharts());
        dialogs = new DeviceDialogs(services, name -> {});
    }

    @AfterEach
    void stop() {
        boiler.close();
        pool.shutdownNow();
    }

    private static TextInputControl field(FxRobot robot, String name) {
        return robot.lookup(".text-input").queryAllAs(TextInputControl.class).stream()
                .filter(each -> name.equals(each.getAccessibleText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no field " + name));
    }

    private static void type(FxRobot robot, String name, String text) {
        robot.interact(() -> field(robot, name).setText(text));
    }

    private static ComboBox<?> choice(FxRobot robot, String name) {
        return robot.lookup(".combo-box").queryAllAs(ComboBox.class).stream()
                .filter(each -> name.equals(each.getAccessibleText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no choice " + name));
    }

    private static Button button(FxRobot robot, String text) {
        return robot.lookup(".button").queryAllAs(Button.class).stream()
                .filter(each -> text.equals(each.getText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + text));
    }

    private Stream<String> texts(FxRobot robot) {
        robot.interact(window::tick);
        return robot.lookup(".label").queryAllAs(Labeled.class).stream().map(Labeled::getText);
    }

    private void add(FxRobot robot) {
        robot.interact(dialogs::add);
        robot.interact(
                () ->
                        robot.lookup(".button").queryAllAs(Button.class).stream()
                                .filter(each -> "Modbus device".equals(each.getAccessibleText()))
                                .forEach(Button::fire));
    }

    @Test
    void endpointAndFieldsFollowEachOther(FxRobot robot) {
        add(robot);
        type(robot, "Endpoint", "modbus-rtu:/dev/ttyUSB0?unit=3&baud=9600&parity=none");
        assertThat(choice(robot, "Transport").getValue()).hasToString("RTU, a serial line");
        assertThat(choice(robot, "Baud").getValue()).isEqualTo("9600");
        assertThat(choice(robot, "Parity").getValue()).isEqualTo("none");
        assertThat(field(robot, "Unit").getText()).isEqualTo("3");
        assertThat(field(robot, "Name").getText()).isEqualTo("modbus-ttyusb0-3");
        assertThat(field(robot, "In flight").isDisabled()).isTrue();

        type(robot, "Unit", "300");
        assertThat(texts(robot)).anyMatch(text -> text.contains("unit is a number from 0 to 255"));
        type(robot, "Unit", "4");
        assertThat(field(robot, "Endpoint").getText())
                .isEqualTo("modbus-rtu:/dev/ttyUSB0?unit=4&baud=9600&parity=none");
        robot.interact(() -> choice(robot, "Transport").getSelectionModel().select(1));
        type(robot, "Host", "10.0.0.9");
        type(robot, "In flight", "4");
        assertThat(field(robot, "Endpoint").getText())
                .isEqualTo("modbus-udp://10.0.0.9:502?unit=4&inflight=4");
    }

    @Test
    void theLoadIsToldBeforeAnythingIsRead(FxRobot robot) {
        add(robot);
        type(robot, "Endpoint", "modbus-rtu:/dev/ttyUSB0?baud=1200");
        StringBuilder lines = new StringBuilder();
        for (int tag = 0; tag < 300; tag++) {
            lines.append("t").append(tag).append(" holding:").append(2 * tag).append('\n');
        }
        type(robot, "Tags, one a line", lines.toString());
        assertThat(texts(robot))
                .anyMatch(
                        text ->
                                text.startsWith("300 tags → 5 requests, 5.0 a second: about")
                                        && text.endsWith(
                                                "more than it carries: read them less" + " often"));
        type(robot, "Endpoint", "modbus-tcp://10.0.0.9?inflight=2");
        assertThat(texts(robot))
                .contains(
                        "300 tags → 5 requests, 5.0 a second: about 5 % of the link at 20 ms each,"
                                + " 2 open at once");
    }

    @Test
    void anEndpointThatNobodyTouchesStaysAsItWasWritten(FxRobot robot) {
        String written = editor.project().devices().get("boiler").endpoint();
        robot.interact(() -> dialogs.edit(editor.project().devices().get("boiler")));
        type(robot, "Tags, one a line", "Level holding:3:float32");
        robot.interact(() -> button(robot, "Save boiler with 1 tag").fire());

        assertThat(editor.project().devices().get("boiler").endpoint()).isEqualTo(written);
        assertThat(editor.project().devices().get("boiler").tags()).containsKey("Level");
    }

    // A mistyped line must not remove the tag that it was.
    @Test
    void aFaultyLineOfADeviceIsMendedBeforeItIsSaved(FxRobot robot) {
        robot.interact(() -> dialogs.edit(editor.project().devices().get("boiler")));
        type(robot, "Tags, one a line", "Level holding:3:float32");
        robot.interact(() -> button(robot, "Save boiler with 1 tag").fire());
        robot.interact(() -> dialogs.edit(editor.project().devices().get("boiler")));
        String good = field(robot, "Tags, one a line").getText();
        type(robot, "Tags, one a line", good + ":oops");
        assertThat(texts(robot))
                .anyMatch(text -> text.contains("1 faulty line: mend or delete what is marked"));
        assertThat(button(robot, "Save boiler with 0 tags").isDisabled()).isTrue();

        type(robot, "Tags, one a line", good + " bar");
        robot.interact(() -> button(robot, "Save boiler with 1 tag").fire());
        assertThat(editor.project().devices().get("boiler").tags().values())
                .singleElement()
                .satisfies(tag -> assertThat(tag.unit()).isEqualTo("bar"));
    }

    @Test
    void aSerialDeviceIsShownAsItIsAndItsPortsAreOffered(FxRobot robot) {
        String written = "modbus-rtu:/dev/ttyS77?stop=2&unit=1";
        Device boiler =
                new Device(
                        "boiler", written, null, null, null, OrderedPMap.empty(), null, null, null);
        robot.interact(() -> dialogs.edit(boiler));
        robot.interact(window::tick);
        assertThat(choice(robot, "Serial port").getEditor().getText()).isEqualTo("/dev/ttyS77");
        assertThat(choice(robot, "Stop bits").getValue()).isEqualTo("2");
        assertThat(field(robot, "Endpoint").getText()).isEqualTo(written);
    }

    @Test
    void aScanFindsWhatCanBeReadAndShowsItInRegisters(FxRobot robot) {
        String endpoint = editor.project().devices().get("boiler").endpoint();
        robot.interact(() -> dialogs.modbus().scan(endpoint));
        type(robot, "Last address", "20");
        robot.interact(() -> button(robot, "Scan").fire());
        await().until(() -> texts(robot).anyMatch("1 range found."::equals));
        assertThat(texts(robot)).contains("holding:3 to 4", "boiler");

        robot.clickOn("holding:3 to 4");
        robot.interact(() -> button(robot, "Show in Registers").fire());
        assertThat(shown).containsExactly(new TagRef("boiler", "holding:3"));
        assertThat(window.kit().dialogs().isOpen()).isFalse();
    }

    @Test
    void aScanThatReachesNobodySaysWhyAndCanBeTriedAgain(FxRobot robot) {
        robot.interact(() -> dialogs.modbus().scan("modbus-tcp://127.0.0.1:1?timeout=300ms"));
        robot.interact(() -> button(robot, "Scan").fire());
        await().until(() -> texts(robot).anyMatch(text -> text.contains("onnection refused")));
        assertThat(button(robot, "Scan").isDisabled()).isFalse();
        type(robot, "Units", "7-3");
        assertThat(texts(robot)).anyMatch(text -> text.contains("unit ids"));
        assertThat(button(robot, "Scan").isDisabled()).isTrue();
    }
}
