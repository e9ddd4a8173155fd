package io.fieldloom.ui.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.mqtt.MqttFailure;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.FxStage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class BrokerDialogTest {
    private final FxStage window = new FxStage();
    private final List<String> kept = new ArrayList<>();
    private final ProjectEditor editor =
            ProjectEditor.ofText(
                    "fieldloom: 1\nname: Hall\n",
                    "hall.fieldloom.yaml",
                    new Home(Path.of("unused")));

    @Start
    void start(Stage stage) {
        new BrokerCommands(window.kit(), new Services()).register();
        window.show(stage, new Region());
    }

    @Test
    void aBrokerIsAddedWithItsPasswordKeptElsewhereAndOneUndoTakesItBack(FxRobot robot) {
        run(robot, "broker.add");
        robot.clickOn(field(robot, "URL")).eraseText(7).write("mqtts://broker.acme:8883");
        robot.clickOn(field(robot, "User")).write("loom");
        robot.clickOn(field(robot, "Password")).write("secret");
        robot.clickOn("Add broker");
        WaitForAsyncUtils.waitForFxEvents();

        Broker plant = editor.project().brokers().get("plant");
        assertThat(plant.url()).isEqualTo("mqtts://broker.acme:8883");
        assertThat(plant.user()).isEqualTo("loom");
        assertThat(editor.project().defaults().broker()).isEqualTo("plant");
        assertThat(kept).containsExactly("broker.acme:8883 loom secret true");
        assertThat(editor.text()).doesNotContain("secret");

        robot.interact(editor::undo);
        assertThat(editor.text()).isEqualTo("fieldloom: 1\nname: Hall\n");
    }

    @Test
    void whatWillNotDoIsSaidAndCannotBeAdded(FxRobot robot) {
        run(robot, "broker.add");
        robot.clickOn(field(robot, "Name")).eraseText(5).write("embedded");
        robot.clickOn(field(robot, "URL")).eraseText(7).write("http://h");

        assertThat(robot.lookup("there is a broker 'embedded' already").tryQuery()).isPresent();
        Node wrong =
                robot.lookup(".dialog .label").queryAllAs(Labeled.class).stream()
                        .filter(label -> label.getText().startsWith("'http"))
                        .findFirst()
                        .orElseThrow();
        assertThat(wrong.getParent().getChildrenUnmodifiable())
                .as("it is said at the field that it is wrong in")
                .contains(field(robot, "URL"));
        assertThat(robot.lookup(".dialog .primary").queryAs(Button.class).isDisabled()).isTrue();
    }

    @Test
    void testingSaysWhyNotAndWhatToTry(FxRobot robot) {
        robot.interact(
                () -> {
                    editor.apply(new Edit.PutBroker(Broker.of("plant", "mqtt://nowhere:1883")));
                    editor.apply(
                            new Edit.SetDefaults(editor.project().defaults().withBroker("plant")));
                });
        run(robot, "broker.edit");
        robot.clickOn("Test connection");
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(robot.lookup("nowhere is unknown. Check the spelling").tryQuery()).isPresent();
    }

    private void run(FxRobot robot, String command) {
        robot.interact(() -> window.kit().commands().find(command).orElseThrow().run());
    }

    private static Node field(FxRobot robot, String name) {
        return robot.lookup(".dialog .text-field").queryAll().stream()
                .filter(node -> name.equals(node.getAccessibleText()))
                .findFirst()
                .orElseThrow();
    }

    /** A project without a plant around it. */
    private final class Services implements BrokerServices {
        @Override
        public Project project() {
            return editor.project();
        }

        @Override
        public Optional<Path> folder() {
            return Optional.empty();
        }

        @Override
        public void apply(Edit edit) {
            editor.apply(edit);
        }

        @Override
        public void keepPassword(BrokerUrl url, String user, char[] password, boolean remember) {
            kept.add(
                    url.host()
                            + ":"
                            + url.port()
                            + " "
                            + user
                            + " "
                            + new String(password)
                            + " "
                            + remember);
        }

        @Override
        public boolean knowsPassword(BrokerUrl url, String user) {
            return user.equals("loom");
        }

        @Override
        public CompletionStage<String> test(Broker broker, char[] password) {
            return CompletableFuture.failedFuture(
                    new MqttFailure(
                            MqttFailure.Kind.UNKNOWN_HOST,
                            "nowhere is unknown",
                            "Check the spelling"));
        }
    }
}
