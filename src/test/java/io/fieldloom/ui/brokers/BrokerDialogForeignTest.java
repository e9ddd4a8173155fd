package io.fieldloom.ui.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.BrokerProbe;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.foreign.Mosquitto;
import io.fieldloom.ui.kit.FxStage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The dialog against a mosquitto that speaks TLS and wants a password. */
@Tag("foreign")
@ExtendWith(ApplicationExtension.class)
class BrokerDialogForeignTest {
    @TempDir private Path folder;

    private final FxStage window = new FxStage();
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
    private ProjectEditor editor;

    @Start
    void start(Stage stage) {
        editor = ProjectEditor.ofText("fieldloom: 1\n", "hall.fieldloom.yaml", new Home(folder));
        new BrokerCommands(window.kit(), new Services()).register();
        window.show(stage, new Region());
    }

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void aTlsBrokerWithAPasswordIsTestedInWordsBeforeItIsAdded(FxRobot robot) throws Exception {
        try (Mosquitto broker =
                        new Mosquitto(folder.resolve("plant"))
                                .withTls()
                                .withUser("loom", "s3cret")
                                .start();
                Mosquitto other = new Mosquitto(folder.resolve("other")).withTls()) {
            robot.interact(() -> window.kit().commands().find("broker.add").orElseThrow().run());
            type(robot, "Name", "plant");
            type(robot, "URL", broker.url("mqtts"));
            type(robot, "User", "loom");
            type(robot, "Password", "wrong");
            type(robot, "CA certificate", "plant/no.crt");
            assertThat(said(robot, "is no file that can be read")).isTrue();
            assertThat(robot.lookup("Test connection").queryAs(Button.class).isDisabled()).isTrue();

            type(robot, "CA certificate", "other/ca.crt");
            test(robot, "unknown issuer");
            type(robot, "CA certificate", "plant/ca.crt");
            test(robot, "not authorised as loom");
            type(robot, "Password", "s3cret");
            test(robot, "Connected to " + broker.url("mqtts") + " as loom, MQTT 5");
            assertThat(said(robot, ", encrypted")).isTrue();

            robot.clickOn("Add broker");
            assertThat(editor.project().brokers().get("plant").ca()).isEqualTo("plant/ca.crt");
            assertThat(other.ca()).exists();
        }
    }

    private static void type(FxRobot robot, String field, String text) {
        TextField found =
                robot.lookup(".dialog .text-field").queryAllAs(TextField.class).stream()
                        .filter(each -> field.equals(each.getAccessibleText()))
                        .findFirst()
                        .orElseThrow();
        robot.interact(() -> found.setText(text));
    }

    private static void test(FxRobot robot, String answer) {
        robot.clickOn("Test connection");
        await().atMost(Duration.ofSeconds(20)).until(() -> said(robot, answer));
    }

    private static boolean said(FxRobot robot, String words) {
        return robot.lookup(".dialog .label").queryAllAs(Labeled.class).stream()
                .anyMatch(label -> label.isVisible() && label.getText().contains(words));
    }

    /** The real probe, and a project in a folder. */
    private final class Services implements BrokerServices {
        @Override
        public Project project() {
            return editor.project();
        }

        @Override
        public Optional<Path> folder() {
            return Optional.of(folder);
        }

        @Override
        public void apply(Edit edit) {
            editor.apply(edit);
        }

        @Override
        public void keepPassword(BrokerUrl url, String user, char[] password, boolean remember) {
            assertThat(password).isEqualTo("s3cret".toCharArray());
        }

        @Override
        public boolean knowsPassword(BrokerUrl url, String user) {
            return false;
        }

        @Override
        public CompletionStage<String> test(Broker broker, char[] password) {
            BrokerUrl url = BrokerUrl.parse(broker.url());
            return BrokerProbe.test(BrokerLogin.of(broker, url, folder, password), pool);
        }
    }
}
