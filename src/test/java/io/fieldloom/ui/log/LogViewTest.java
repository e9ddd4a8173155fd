package io.fieldloom.ui.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldloom.ui.kit.FxStage;
import java.io.IOException;
import java.time.Instant;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class LogViewTest {
    private final FxStage window = new FxStage();
    private final LogMemory memory = new LogMemory();
    private LogView view;
    private Stage stage;

    @Start
    void start(Stage shown) {
        stage = shown;
        view = new LogView(window.kit(), memory);
        window.show(shown, view);
    }

    @Test
    void linesOfPartsComeInPlainWordsWithTheirCause(FxRobot robot) {
        try (LogAppender appender = LogAppender.listen(memory)) {
            assertThat(appender.isStarted()).isTrue();
            LoggerFactory.getLogger("io.fieldloom.engine.mqtt.Any").info("connected");
            LoggerFactory.getLogger("com.ghgande.j2mod.Any").info("chatter of a part");
            LoggerFactory.getLogger("org.eclipse.milo.Any")
                    .error("lost it", new IOException("end of stream"));
        }
        LoggerFactory.getLogger("io.fieldloom.engine.mqtt.Any").error("nobody listens any more");

        assertThat(memory.lines())
                .extracting(LogLine::source, LogLine::level, LogLine::message)
                .containsExactly(
                        tuple("MQTT", LogLine.Level.INFO, "connected"),
                        tuple("OPC UA", LogLine.Level.ERROR, "lost it: end of stream"));
        robot.interact(window::tick);
        assertThat(robot.lookup("lost it: end of stream").tryQuery()).isPresent();
    }

    @Test
    void onlyTheNewestLinesAreHeld() {
        for (int at = 1; at <= LogMemory.LINES + 5; at++) {
            add(LogLine.Level.INFO, "line " + at);
        }
        assertThat(memory.lines()).hasSize(LogMemory.LINES);
        assertThat(memory.lines().get(0).message()).isEqualTo("line 6");
    }

    @Test
    void theTabCountsErrorsThatNobodySawYet(FxRobot robot) {
        robot.interact(() -> stage.getScene().setRoot(new Region()));
        add(LogLine.Level.WARNING, "warned");
        add(LogLine.Level.ERROR, "failed");
        robot.interact(window::tick);
        assertThat(view.badge()).isEqualTo("1");

        robot.interact(() -> window.show(stage, view));
        robot.interact(window::tick);
        assertThat(view.badge()).isEmpty();
    }

    @Test
    void theFilterLooksInAllColumns(FxRobot robot) {
        add(LogLine.Level.WARNING, "the boiler went away");
        add(LogLine.Level.INFO, "the filler is back");
        robot.interact(window::tick);
        robot.clickOn(".filter-field").write("BOILER");

        assertThat(robot.lookup("the boiler went away").tryQuery()).isPresent();
        assertThat(robot.lookup(".virtual-row").queryAll().stream().filter(Node::isVisible))
                .hasSize(1);
    }

    private void add(LogLine.Level level, String message) {
        memory.add(Instant.EPOCH, level, "Devices", message, "");
    }
}
