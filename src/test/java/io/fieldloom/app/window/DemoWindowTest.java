package io.fieldloom.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.engine.project.SettingsFile;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.log.LogMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The main job from end to end, in the real window on the real demo plant. */
@ExtendWith(ApplicationExtension.class)
class DemoWindowTest {
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(90);
    private static final String TOPIC = "acme/prague/bottling/line-1/steam-pressure";

    // What the headless screen has room for.
    private static final double WIDTH = 1_240;
    private static final double HEIGHT = 760;

    @TempDir static Path folder;

    private final ScheduledExecutorService background = Executors.newScheduledThreadPool(8);
    private SettingsFile settings;
    private Projects projects;

    @Start
    void start(Stage stage) {
        Home home = new Home(folder);
        settings = new SettingsFile(home, background);
        settings.update(all -> all.withWelcomed(true));
        stage.setWidth(WIDTH);
        stage.setHeight(HEIGHT);
        projects = new Projects(stage, home, settings, new LogMemory(), background);
        stage.show();
        projects.openDemo();
    }

    @AfterEach
    void stop() {
        projects.close();
        settings.close();
        background.shutdownNow();
    }

    @Test
    void aTagDraggedOntoTheNamespaceArrivesInLiveTrafficDecoded(FxRobot robot) {
        await().atMost(STARTED_WITHIN).until(() -> button(robot, "Stop mappings").isPresent());
        robot.clickOn(button(robot, "Stop mappings").orElseThrow());
        await().atMost(STARTED_WITHIN).until(() -> button(robot, "Run mappings").isPresent());

        await().atMost(STARTED_WITHIN).until(() -> label(robot, "SteamPressure", 0).isPresent());
        Node tag = label(robot, "SteamPressure", 0).orElseThrow();
        Node line = label(robot, "line-1", 1).orElseThrow();
        robot.drag(tag).dropTo(line);
        await().atMost(STARTED_WITHIN)
                .until(
                        () ->
                                projects.session()
                                        .project()
                                        .editor()
                                        .project()
                                        .mappings()
                                        .containsKey(TOPIC));
        assertThat(projects.session().project().editor().unsaved()).isTrue();

        robot.clickOn(button(robot, "Run mappings").orElseThrow());
        robot.clickOn(filter(robot, 2)).write("line-1/steam");
        await().atMost(STARTED_WITHIN).until(() -> label(robot, "steam-pressure", 2).isPresent());
        robot.clickOn(label(robot, "steam-pressure", 2).orElseThrow());
        await().atMost(STARTED_WITHIN)
                .untilAsserted(
                        () ->
                                assertThat(texts(robot, 2))
                                        .contains("\"value\"", "\"quality\"", "\"good\""));
    }

    /** The window lays itself out meanwhile; bounds asked for from here would race with it. */
    private static <T> T onFx(Callable<T> question) {
        return WaitForAsyncUtils.waitForAsyncFx(STARTED_WITHIN.toMillis(), question);
    }

    private static Node filter(FxRobot robot, int column) {
        return onFx(
                () ->
                        robot.lookup(".text-field").queryAll().stream()
                                .filter(node -> node.isVisible() && isIn(robot, node, column))
                                .findFirst()
                                .orElseThrow());
    }

    private static String texts(FxRobot robot, int column) {
        return onFx(
                () ->
                        robot.lookup(node -> node instanceof Text).queryAll().stream()
                                .filter(node -> isIn(robot, node, column))
                                .map(node -> ((Text) node).getText())
                                .collect(Collectors.joining()));
    }

    private static Optional<Node> button(FxRobot robot, String text) {
        return onFx(
                () ->
                        robot.lookup(".button").queryAll().stream()
                                .filter(
                                        node ->
                                                node instanceof Labeled named
                                                        && text.equals(named.getText()))
                                .filter(Node::isVisible)
                                .findFirst());
    }

    /** A label of a row in one of the three columns, counted from the left. */
    private static Optional<Node> label(FxRobot robot, String text, int column) {
        return onFx(
                () ->
                        robot.lookup(".label").queryAll().stream()
                                .filter(
                                        node ->
                                                node instanceof Labeled named
                                                        && isCalled(named, text))
                                .filter(node -> node.isVisible() && isIn(robot, node, column))
                                .findFirst());
    }

    /** A row of its own, or the end of a chain that is shown as one row. */
    private static boolean isCalled(Labeled label, String text) {
        return text.equals(label.getText())
                || label.getText() != null && label.getText().endsWith("/" + text);
    }

    private static boolean isIn(FxRobot robot, Node node, int column) {
        Bounds bounds = node.localToScene(node.getBoundsInLocal());
        double[] edges = {0, WIDTH * 404 / 1440, WIDTH * (1440 - 436) / 1440, WIDTH};
        double centre = bounds.getCenterX();
        return bounds.getWidth() > 0 && centre > edges[column] && centre < edges[column + 1];
    }
}
