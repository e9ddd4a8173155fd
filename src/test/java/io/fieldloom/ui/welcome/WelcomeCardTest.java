package io.fieldloom.ui.welcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.FxStage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.Node;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class WelcomeCardTest {
    private final FxStage window = new FxStage();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ProjectEditor editor =
            ProjectEditor.ofText(
                    """
                    fieldloom: 1
                    devices:
                      boiler: {endpoint: "modbus-tcp://10.0.0.9:502", tags: {Level: {address: "holding:0"}}}
                    mappings:
                      acme/level: {device: boiler, tag: Level}
                    """,
                    "hall.fieldloom.yaml",
                    new Home(Path.of("unused")));
    private WelcomeCard card;

    @Start
    void start(Stage stage) {
        card = new WelcomeCard(Map.of(), () -> closed.set(true));
        editor.addListener(change -> card.done(WelcomeStep.doneBy(change)));
        window.show(stage, card);
    }

    @Test
    void stepsTickThemselvesOff(FxRobot robot) {
        Mapping level = editor.project().mappings().get("acme/level");
        robot.interact(() -> editor.apply(new Edit.PutMapping(level.withTransform("value * 2"))));
        robot.interact(() -> editor.apply(new Edit.PutMapping(level.withTopic("acme/again"))));
        robot.interact(() -> card.done(Set.of(WelcomeStep.WATCH)));

        assertThat(robot.lookup("3 of 4").tryQuery()).isPresent();
        assertThat(spoken(robot, "Change a transform")).endsWith(", done");
        assertThat(spoken(robot, "Add a device")).doesNotEndWith(", done");
    }

    // At 1366 by 768 and 150 % the column is what one needs to see.
    @Test
    void inALowColumnOnlyTheNextStepIsTold(FxRobot robot) {
        robot.interact(
                () -> {
                    card.done(Set.of(WelcomeStep.WATCH));
                    card.fit(380);
                });
        assertThat(robot.lookup(".welcome-step").queryAll().stream().filter(Node::isVisible))
                .extracting(Node::getAccessibleText)
                .containsExactly("Drag a tag from Devices onto the Namespace");

        robot.interact(() -> card.fit(600));
        assertThat(robot.lookup(".welcome-step").queryAllAs(Node.class)).allMatch(Node::isVisible);
    }

    @Test
    void closedItTakesNoRoomAndSaysSo(FxRobot robot) {
        robot.clickOn(".welcome-card .ghost");

        assertThat(card.isManaged()).isFalse();
        assertThat(closed).isTrue();
    }

    private static String spoken(FxRobot robot, String step) {
        return robot.lookup(".welcome-step").queryAll().stream()
                .map(Node::getAccessibleText)
                .filter(text -> text.startsWith(step))
                .findFirst()
                .orElseThrow();
    }
}
