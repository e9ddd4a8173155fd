package io.fieldloom.ui.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.ArmedDevices;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.Events;
import io.fieldloom.engine.device.Events.Condition;
import io.fieldloom.engine.device.Events.Event;
import io.fieldloom.engine.device.ScriptedDevices;
import io.fieldloom.engine.device.ScriptedDriver;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.AuditLog;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.FxStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class EventsViewTest {
    private static final String PROJECT =
            """
            fieldloom: 1
            devices:
              filler: {endpoint: "opc.tcp://10.0.0.5:4840"}
            """;

    @TempDir Path folder;

    private final FxStage window = new FxStage();
    private final ScriptedDevices devices = new ScriptedDevices();
    private final ScriptedDriver driver = devices.driver;
    private final ArmedDevices armed = new ArmedDevices();
    private final List<TagRef> found = new ArrayList<>();
    private final Plant plant = new Plant();
    private final DeviceRegistry registry = devices.registry;
    private Home home;
    private EventsView view;

    /** Events that the test tells, and what was answered. */
    private static final class Plant implements Events {
        final List<String> watched = new CopyOnWriteArrayList<>();
        final List<String> answers = new CopyOnWriteArrayList<>();
        volatile Sink sink;
        volatile DeviceException refusal;

        @Override
        public CompletionStage<Watched> watch(String notifier, Sink taker) {
            watched.add(notifier);
            if (refusal != null) {
                return CompletableFuture.failedStage(refusal);
            }
            sink = taker;
            return CompletableFuture.completedStage(
                    new Watched() {
                        @Override
                        public CompletionStage<Status> refresh() {
                            sink.refreshing();
                            sink.refreshed();
                            return CompletableFuture.completedStage(Status.GOOD);
                        }

                        @Override
                        public void close() {
                            sink = event -> {};
                        }
                    });
        }

        @Override
        public CompletionStage<Status> answer(Event event, Answer answer, String comment) {
            answers.add(answer + " " + event.id() + " " + comment);
            return CompletableFuture.completedStage(Status.GOOD);
        }
    }

    private static Event event(String id, String message, Condition condition) {
        return new Event(
                id,
                "BatchEventType",
                "Tank",
                message,
                700,
                Instant.parse("2026-01-01T10:00:00Z"),
                condition,
                List.of(
                        new Events.Field("SourceNode", Value.of("s=Tank")),
                        new Events.Field("BatchId", Value.of("B-" + id))));
    }

    private static Condition condition(boolean acknowledged) {
        return new Condition("s=TankAlarm", "", "High", true, true, acknowledged, null);
    }

    @Start
    void start(Stage stage) {
        home = new Home(folder);
        ProjectEditor editor = ProjectEditor.ofText(PROJECT, "test", home);
        registry.load(editor.project());
        driver.capabilities.put(Events.class, plant);
        view =
                new EventsView(
                        new EventsServices(
                                window.kit(),
                                editor::project,
                                registry,
                                Optional::empty,
                                armed,
                                new AuditLog(home, "kim"),
                                Runnable::run,
                                found::add));
        window.show(stage, view);
        registry.start();
        driver.next().up();
        await().until(() -> registry.link("filler").orElseThrow().state().isUp());
    }

    @AfterEach
    void stop(FxRobot robot) {
        robot.interact(view::close);
        devices.close();
    }

    private List<String> texts(FxRobot robot) {
        robot.interact(window::tick);
        return robot.lookup(".label").queryAll().stream()
                .filter(Node::isVisible)
                .map(node -> ((Label) node).getText())
                .toList();
    }

    private void see(FxRobot robot, String text) {
        await().until(() -> texts(robot).contains(text));
    }

    private static void press(FxRobot robot, String begin) {
        ButtonBase button =
                robot
                        .lookup(node -> node instanceof ButtonBase)
                        .queryAllAs(ButtonBase.class)
                        .stream()
                        .filter(each -> each.getText().startsWith(begin) && each.isVisible())
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no button " + begin));
        robot.interact(button::fire);
    }

    // From the alarm to the audit log with the keyboard: nothing goes out before the device is
    // armed.
    @Test
    void anAlarmIsAcknowledgedOnceTheDeviceIsArmed(FxRobot robot) throws Exception {
        see(robot, "Nothing is watched");
        press(robot, "Watch");
        see(robot, "Watching filler");
        plant.sink.told(event("1", "Level high", condition(false)));
        see(robot, "active, unacknowledged");
        assertThat(view.badge()).isEqualTo("1");

        press(robot, "Alarms");
        robot.clickOn("Level high");
        see(robot, "B-1");
        robot.push(KeyCode.SPACE);
        see(robot, "Arm writing on filler?");
        assertThat(plant.answers).isEmpty();
        press(robot, "Arm filler");
        assertThat(armed.isArmed("filler")).isTrue();
        see(robot, "Acknowledge Tank on filler");
        TextField comment =
                robot.lookup((TextField field) -> "Comment".equals(field.getAccessibleText()))
                        .query();
        robot.interact(() -> comment.setText("valve 3 checked"));
        robot.interact(comment::requestFocus);
        robot.push(KeyCode.ENTER);
        assertThat(plant.answers).as("the first Enter goes to the red button").isEmpty();
        robot.push(KeyCode.ENTER);
        see(robot, "Acknowledged Tank on filler");
        assertThat(window.kit().dialogs().isOpen()).isFalse();

        assertThat(plant.answers).containsExactly("ACKNOWLEDGE 1 valve 3 checked");
        assertThat(Files.readString(home.audit().resolve("audit.log")))
                .contains("\"who\":\"kim\"", "s=TankAlarm", "valve 3 checked", "Acknowledge: Good");
        plant.sink.told(event("2", "Level high", condition(true)));
        see(robot, "active, acknowledged");
        assertThat(texts(robot)).doesNotContain("active, unacknowledged");
    }

    @Test
    void aListThatIsHeldStillMissesNothing(FxRobot robot) {
        press(robot, "Watch");
        see(robot, "Watching filler");
        plant.sink.told(event("1", "First", null));
        see(robot, "First");

        press(robot, "Pause");
        plant.sink.told(event("2", "Second", null));
        see(robot, "1 line · 1 more came");
        assertThat(texts(robot)).doesNotContain("Second");
        press(robot, "Pause");
        see(robot, "Second");

        // a refresh takes away the alarms that are not told any more, and lists nothing twice
        plant.sink.told(event("3", "Third", condition(false)));
        see(robot, "Third");
        press(robot, "Refresh");
        press(robot, "Alarms");
        see(robot, "No alarm stands");
        press(robot, "Stop");
        plant.sink.told(event("4", "Fourth", null));
        press(robot, "Events");
        see(robot, "3 lines · stopped");
    }

    @Test
    void whatTellsNoEventsIsSaid(FxRobot robot) {
        plant.refusal =
                new DeviceException(
                        DeviceException.Kind.BAD_ADDRESS,
                        "filler: Machine tells no events",
                        "Choose an object that does.");
        robot.interact(
                () ->
                        view.watch(
                                DeviceItem.branch("filler", "s=M", "Machine", List.of("Machine"))));
        see(robot, "Machine tells no events");
        see(robot, "filler: Machine tells no events. Choose an object that does.");
        assertThat(plant.watched).containsExactly("s=M");
    }
}
