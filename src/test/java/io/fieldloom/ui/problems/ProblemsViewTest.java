package io.fieldloom.ui.problems;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.project.Location;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.mapping.MappingEngine;
import io.fieldloom.engine.mapping.Transforms;
import io.fieldloom.engine.outlet.Outlet;
import io.fieldloom.engine.project.LiveLint;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.FxStage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class ProblemsViewTest {
    private static final String DESIGN =
            """
            fieldloom: 1
            devices:
              boiler:
                endpoint: modbus-tcp://10.0.0.9:502
                tags:
                  Pressure: {address: "holding:0"}
            mappings:
              acme/boiler/pressure: {device: boyler, tag: Pressure}
            """;
    private static final String BROKEN = DESIGN.replace("endpoint:", "endpiont:");

    private final FxStage window = new FxStage();
    private final List<Location> visited = new ArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private final LiveLint lint = new LiveLint(new Transforms()::fault, Runnable::run);
    private ProjectEditor editor;
    private ProblemsView view;

    @Start
    void start(Stage stage) {
        open(DESIGN);
        view =
                new ProblemsView(
                        window.kit(),
                        () -> editor,
                        lint,
                        new MappingEngine(new NothingWired(), new Transforms(), Runnable::run),
                        () -> List.copyOf(troubles),
                        visited::add);
        window.show(stage, view);
    }

    private void open(String text) {
        editor = ProjectEditor.ofText(text, "hall.fieldloom.yaml", new Home(Path.of("unused")));
        lint.open(editor.project());
        editor.addListener(lint::apply);
    }

    // What is away is a problem as long as it is away, and can be tried again from here.
    @Test
    void aDeviceThatIsAwayIsListedAndTriedAgain(FxRobot robot) {
        List<String> tried = new ArrayList<>();
        open(DESIGN.replace("boyler", "boiler"));
        troubles.add(
                new Trouble(
                        "boiler",
                        "nothing listens at 10.0.0.9:502",
                        "Check the port.",
                        Optional.of(Location.device("boiler")),
                        Optional.of(
                                Command.named("problem.remedy", "Problems", "Connect now")
                                        .does(() -> tried.add("boiler")))));
        robot.interact(window::tick);
        assertThat(view.badge()).isEqualTo("1");
        robot.clickOn("Connect now");
        assertThat(tried).containsExactly("boiler");

        troubles.clear();
        robot.interact(window::tick);
        assertThat(view.badge()).isEmpty();
    }

    @Test
    void namesKeepTheirSpellingWhereASentenceBeginsWithThem(FxRobot robot) {
        open(DESIGN.replace("boyler", "boiler"));
        for (String message :
                List.of(
                        "boiler failed unexpectedly",
                        "plc-1 does not answer",
                        "nobody answers at plc-1")) {
            troubles.add(new Trouble("boiler", message, "", Optional.empty(), Optional.empty()));
        }
        robot.interact(window::tick);
        assertThat(robot.lookup("boiler failed unexpectedly").tryQuery()).isPresent();
        assertThat(robot.lookup("plc-1 does not answer").tryQuery()).isPresent();
        assertThat(robot.lookup("Nobody answers at plc-1").tryQuery()).isPresent();
    }

    @Test
    void aMissingDeviceIsOneProblemHoweverManyMappingsReadFromIt(FxRobot robot) {
        open(
                DESIGN
                        + "  acme/boiler/level: {device: boyler, tag: Pressure}\n"
                        + "  acme/boiler/state: {device: boyler, tag: Pressure}\n");
        robot.interact(window::tick);
        assertThat(robot.lookup("acme/boiler/level and 2 more").tryQuery()).isPresent();
        robot.clickOn("Apply");
        assertThat(editor.project().mappings().values())
                .extracting(mapping -> mapping.source().device())
                .containsOnly("boiler");
    }

    @Test
    void aClickMendsAndUndoBringsTheProblemBack(FxRobot robot) {
        robot.interact(window::tick);
        assertThat(view.badge()).isEqualTo("1");
        assertThat(robot.lookup("The device 'boyler' is not in the project").tryQuery())
                .isPresent();

        robot.clickOn("Apply");

        assertThat(editor.project().mappings().get("acme/boiler/pressure").source().device())
                .isEqualTo("boiler");
        assertThat(view.badge()).isEmpty();
        assertThat(robot.lookup("No problems").tryQuery()).isPresent();

        robot.interact(editor::undo);
        robot.interact(window::tick);
        assertThat(view.badge()).isEqualTo("1");
    }

    @Test
    void enterGoesToWhatAProblemIsAbout(FxRobot robot) {
        robot.interact(window::tick);
        robot.clickOn("acme/boiler/pressure").push(KeyCode.ENTER);

        assertThat(visited).containsExactly(Location.mapping("acme/boiler/pressure"));
    }

    // Such a file is open for reading only, so nothing is offered that would edit it.
    @Test
    void aFaultOfTheFileShowsItsLine(FxRobot robot) {
        robot.interact(() -> open(BROKEN));
        robot.interact(window::tick);
        assertThat(robot.lookup("Apply").tryQuery()).isEmpty();

        robot.clickOn("hall.fieldloom.yaml:4").push(KeyCode.ENTER);

        assertThat(robot.lookup("    4      endpiont: modbus-tcp://10.0.0.9:502").tryQuery())
                .isPresent();
        robot.push(KeyCode.ESCAPE);
        assertThat(window.kit().dialogs().isOpen()).isFalse();
    }

    /** No devices and no brokers. */
    private static final class NothingWired implements MappingEngine.Wiring {
        @Override
        public DeviceLink device(String name) throws MappingEngine.Unavailable {
            throw new MappingEngine.Unavailable("no device");
        }

        @Override
        public Outlet outlet(String broker, String topic, boolean unreal)
                throws MappingEngine.Unavailable {
            throw new MappingEngine.Unavailable("no broker");
        }
    }
}
