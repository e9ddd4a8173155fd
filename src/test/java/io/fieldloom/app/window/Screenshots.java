package io.fieldloom.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.app.cli.Stop;
import io.fieldloom.engine.project.SettingsFile;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.FxGate;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/**
 * Makes the pictures that README and the guide show, of the running demo: {@code mvn -q
 * -Pscreenshots test}. Needs no display.
 */
@Tag("screenshots")
class Screenshots {
    private static final Path FOLDER = Path.of("src", "site", "resources", "images");
    private static final String TOPIC = "acme/prague/bottling/line-1/filler-01/temperature";
    // leads from the chosen mapping to its tag in Devices
    private static final String SOURCE_LINK = ".detail-header .link";
    private static final Duration CHART_FILLED = Duration.ofSeconds(45);
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final FxRobot robot = new FxRobot();
    private Stage stage;

    @Test
    void theDemoInBothLooks(@TempDir Path folder) throws IOException, InterruptedException {
        Home home = new Home(folder);
        try (SettingsFile settings = new SettingsFile(home, Runnable::run)) {
            settings.update(all -> all.withWelcomed(true));
        }
        CountDownLatch painted = new CountDownLatch(1);
        Thread program =
                new Thread(
                        () ->
                                new WindowProgram(home, new Stop(), note -> {}, painted::countDown)
                                        .openDemo(),
                        "program");
        program.start();
        assertThat(painted.await(1, TimeUnit.MINUTES)).isTrue();
        stage = (Stage) Window.getWindows().get(0);
        pause(Duration.ofSeconds(15));

        reveal("Designed topics", TOPIC);
        robot.clickOn(SOURCE_LINK);
        reveal("Topics on the broker", TOPIC);
        pause(CHART_FILLED);
        Files.createDirectories(FOLDER);
        shoot("dark");
        robot.push(KeyCode.CONTROL, KeyCode.ALT, KeyCode.T);
        shoot("light");
        robot.push(KeyCode.CONTROL, KeyCode.ALT, KeyCode.T);
        resize(1024, 700);
        shoot("small");

        new FxGate().execute(stage::close);
        program.join(TimeUnit.SECONDS.toMillis(30));
    }

    private void reveal(String tree, String topic) {
        robot.interact(() -> assertThat(rows(tree).reveal(topic)).as(tree).isTrue());
        pause(SETTLED);
    }

    private VirtualRows<?> rows(String name) {
        return robot.lookup(
                        node ->
                                node instanceof VirtualRows<?> rows
                                        && name.equals(rows.getAccessibleText()))
                .queryAs(VirtualRows.class);
    }

    private void resize(double width, double height) {
        robot.interact(
                () -> {
                    stage.setWidth(width);
                    stage.setHeight(height);
                });
    }

    private void shoot(String name) throws IOException {
        pause(SETTLED);
        WritableImage[] taken = new WritableImage[1];
        robot.interact(() -> taken[0] = stage.getScene().snapshot(null));
        int width = (int) taken[0].getWidth();
        int height = (int) taken[0].getHeight();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        PixelReader pixels = taken[0].getPixelReader();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, pixels.getArgb(x, y));
            }
        }
        ImageIO.write(image, "png", FOLDER.resolve("workbench-" + name + ".png").toFile());
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
