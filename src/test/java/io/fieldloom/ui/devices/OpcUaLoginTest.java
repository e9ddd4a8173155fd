package io.fieldloom.ui.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.DeviceLogin;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Login;
import io.fieldloom.engine.device.OfferedEndpoint;
import io.fieldloom.engine.device.ScriptedDevices;
import io.fieldloom.engine.device.ScriptedDriver;
import io.fieldloom.engine.plant.RememberedPasswords;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.security.Secrets;
import io.fieldloom.ui.kit.FxStage;
import io.fieldloom.ui.kit.NoCharts;
import io.fieldloom.ui.kit.ProjectEdits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Who one is at an OPC UA server, asked by its dialog. The server takes certificates only. */
@ExtendWith(ApplicationExtension.class)
class OpcUaLoginTest {
    private static final String PROJECT =
            """
            fieldloom: 1
            devices:
              filler: {endpoint: "opc.tcp://10.0.0.5:4840"}
            """;
    private static final String PASSWORD = "Key's password";

    @TempDir Path folder;

    private final FxStage window = new FxStage();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScriptedDevices devices = new ScriptedDevices();
    private final ScriptedDriver driver = devices.driver;
    private RememberedPasswords passwords;
    private ProjectEditor editor;
    private DeviceDialogs dialogs;

    @Start
    void start(Stage stage) throws IOException {
        Home home = new Home(folder.resolve("home"));
        passwords = new RememberedPasswords(new Secrets(home));
        editor = ProjectEditor.ofText(PROJECT, "hall", home);
        Files.createDirectories(folder.resolve("users"));
        Files.writeString(folder.resolve("users/op.crt"), "");
        Files.writeString(folder.resolve("users/op.key"), "");
        window.show(stage, new StackPane());
        dialogs =
                new DeviceDialogs(
                        new DevicesServices(
                                window.kit(),
                                editor::project,
                                () -> Optional.of(folder),
                                new ProjectEdits(window.kit(), editor),
                                devices.registry,
                                List.of(driver),
                                endpoint -> CompletableFuture.completedStage(List.of(offer())),
                                null,
                                null,
                                passwords,
                                null,
                                null,
                                pool,
                                null,
                                null,
                                null,
                                null,
                                null,
                                new NoCharts()),
                        name -> {});
    }

    private static OfferedEndpoint offer() {
        return new OfferedEndpoint(
                "opc.tcp://10.0.0.5:4840",
                "Filler",
                Security.NONE,
                false,
                false,
                true,
                true,
                false,
                0,
                true,
                true,
                null,
                false);
    }

    @AfterEach
    void stop() {
        devices.close();
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

    private static Button button(FxRobot robot, String text) {
        return robot.lookup(".button").queryAllAs(Button.class).stream()
                .filter(each -> text.equals(each.getText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + text));
    }

    private static RadioButton choice(FxRobot robot, String text) {
        return robot.lookup(".radio-button").queryAllAs(RadioButton.class).stream()
                .filter(each -> text.equals(each.getText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no choice " + text));
    }

    private Stream<String> texts(FxRobot robot) {
        robot.interact(window::tick);
        return robot.lookup(".label").queryAllAs(Labeled.class).stream().map(Labeled::getText);
    }

    private void openAndAsk(FxRobot robot) {
        robot.interact(() -> dialogs.edit(editor.project().devices().get("filler")));
        robot.interact(() -> button(robot, "What does it offer?").fire());
        await().until(() -> texts(robot).anyMatch("certificate"::equals));
    }

    @Test
    void aUserCertificateIsTriedRememberedAndUndone(FxRobot robot) {
        openAndAsk(robot);
        assertThat(choice(robot, "Anonymous").isDisabled()).isTrue();
        assertThat(choice(robot, "User certificate").isSelected())
                .as("what is left where nobody anonymous and no password is taken")
                .isTrue();
        robot.interact(() -> choice(robot, "User and password").setSelected(true));
        assertThat(texts(robot)).anyMatch(text -> text.contains("takes no user with a password"));
        robot.interact(() -> choice(robot, "User certificate").setSelected(true));

        type(robot, "Certificate", "users/op.crt");
        type(robot, "Private key", "users/gone.key");
        assertThat(texts(robot))
                .anyMatch(text -> text.endsWith("gone.key is no file that can be read"));
        assertThat(button(robot, "Connect and save").isDisabled()).isTrue();
        type(robot, "Private key", "users/op.key");
        type(robot, PASSWORD, "s3cret");
        robot.interact(() -> button(robot, "Connect and save").fire());

        ScriptedDriver.Session tried = driver.next();
        assertThat(tried.request.login()).isInstanceOf(Login.Certificate.class);
        Login.Certificate login = (Login.Certificate) tried.request.login();
        assertThat(login.certificate()).isEqualTo(folder.resolve("users/op.crt"));
        assertThat(login.key()).isEqualTo(folder.resolve("users/op.key"));
        assertThat(login.password()).isEqualTo("s3cret".toCharArray());
        tried.up();
        await().until(
                        () -> {
                            robot.interact(window::tick);
                            return editor.project().devices().get("filler").login().isCertificate();
                        });
        assertThat(editor.project().devices().get("filler").login())
                .isEqualTo(DeviceLogin.ofCertificate("users/op.crt", "users/op.key"));
        assertThat(passwords.of(editor.project().devices().get("filler")))
                .isEqualTo("s3cret".toCharArray());

        editor.undo();
        assertThat(editor.project().devices().get("filler").login())
                .isEqualTo(DeviceLogin.ANONYMOUS);
    }

    @Test
    void aRefusedCertificateIsTheNextThingToChange(FxRobot robot) {
        openAndAsk(robot);
        assertThat(button(robot, "Save without connecting").isDisabled())
                .as("a certificate without a name would be saved as nobody")
                .isTrue();
        type(robot, "Certificate", "users/op.crt");
        type(robot, "Private key", "users/op.key");
        robot.interact(() -> button(robot, "Connect and save").fire());
        driver.next().refuse(Kind.NOT_AUTHORISED);
        await().until(
                        () -> {
                            robot.interact(window::tick);
                            return field(robot, "Certificate").isFocused();
                        });
        assertThat(texts(robot)).anyMatch(text -> text.startsWith("refused"));
        assertThat(editor.project().devices().get("filler").login().isAnonymous()).isTrue();
    }
}
