package io.fieldloom.ui.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.ui.kit.FxStage;
import io.fieldloom.ui.kit.PublishGuard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.NodeQueryUtils;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class PublishViewTest {
    private final FxStage window = new FxStage();
    private final Desk desk = new Desk();
    private PublishView view;

    @Start
    void start(Stage stage) {
        view =
                new PublishView(
                        window.kit(),
                        new PublishGuard(window.kit().dialogs(), () -> desk.url("embedded")),
                        desk);
        window.show(stage, view);
    }

    @Test
    void whatIsTypedGoesOutAndItsAnswerIsSaidInWords(FxRobot robot) {
        robot.clickOn(".publish-form .text-field").write("acme/order");
        robot.clickOn(".publish-form .text-area").write("hello");
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(desk.sent).containsExactly("embedded acme/order hello 1 false");
        assertThat(robot.lookup("taken; no program subscribes to it now").tryQuery()).isPresent();

        robot.interact(() -> view.fill("other", "", 0, true));
        await().until(
                        () -> {
                            robot.interact(window::tick);
                            return robot.lookup("Reuse")
                                    .match(NodeQueryUtils.isVisible())
                                    .tryQuery()
                                    .isPresent();
                        });
        robot.clickOn("Reuse");
        assertThat(robot.lookup(".publish-form .text-field").queryAs(TextField.class).getText())
                .isEqualTo("acme/order");
        assertThat(robot.lookup(".publish-form .text-area").queryAs(TextArea.class).getText())
                .isEqualTo("hello");
    }

    @Test
    void aFaultyTopicCannotBeSentAndBadJsonIsPointedAt(FxRobot robot) {
        robot.interact(() -> view.fill("acme/+", "{}", 1, false));
        assertThat(
                        robot.lookup("Topic: '+' and '#' are wildcards and cannot be published to")
                                .tryQuery())
                .isPresent();
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(desk.sent).isEmpty();

        robot.interact(() -> view.fill("acme/a", "{\n \"a\": }", 1, false));
        assertThat(robot.lookup(".publish-form .label").queryAll().toString())
                .contains("Not JSON: line 2");
    }

    // An empty retained message deletes the topic's last value, so even our own broker asks.
    @Test
    void deletingARetainedMessageIsAlwaysAskedFor(FxRobot robot) {
        robot.interact(() -> view.fill("acme/a", "", 1, true));
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(desk.sent).isEmpty();

        robot.clickOn("Delete retained message");

        assertThat(desk.sent).containsExactly("embedded acme/a  1 true");
    }

    @Test
    void aForeignBrokerAsksOnceAndNamesItselfAndWhatIsThere(FxRobot robot) {
        robot.interact(
                () -> {
                    robot.lookup(".publish-form .combo-box").queryAll().stream()
                            .map(node -> (ComboBox<?>) node)
                            .filter(box -> box.getItems().contains("plant"))
                            .forEach(
                                    box ->
                                            box.getSelectionModel()
                                                    .select(box.getItems().indexOf("plant")));
                    view.fill("acme/a", "1", 1, false);
                });
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(robot.lookup("Publish to plant?").tryQuery()).isPresent();
        assertThat(robot.lookup("1 of these topics is in use already:").tryQuery()).isPresent();
        robot.push(KeyCode.ESCAPE);
        assertThat(desk.sent).isEmpty();

        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        robot.clickOn(".dialog .danger");
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);

        assertThat(desk.sent).containsExactly("plant acme/a 1 1 false", "plant acme/a 1 1 false");
    }

    /** Takes everything, for nobody. */
    private static final class Desk implements PublishDesk {
        final List<String> sent = new ArrayList<>();

        @Override
        public Project project() {
            return Project.EMPTY.withBrokers(
                    Project.EMPTY
                            .brokers()
                            .plus("plant", Broker.of("plant", "mqtt://broker.acme:1883")));
        }

        @Override
        public Optional<BrokerUrl> url(String broker) {
            return Optional.of(
                    BrokerUrl.parse(
                            broker.equals("plant")
                                    ? "mqtt://broker.acme:1883"
                                    : "mqtt://127.0.0.1:1883"));
        }

        @Override
        public CompletionStage<Integer> send(String broker, Publication publication) {
            sent.add(
                    String.join(
                            " ",
                            broker,
                            publication.topic(),
                            new String(publication.payload(), StandardCharsets.UTF_8),
                            Integer.toString(publication.qos()),
                            Boolean.toString(publication.retain())));
            return CompletableFuture.completedFuture(16);
        }

        @Override
        public List<String> topicsSeen(String text, int most) {
            return List.of();
        }

        @Override
        public boolean isRetained(String broker, String topic) {
            return true;
        }
    }
}
