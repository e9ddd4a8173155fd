package io.fieldloom.ui.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.mapping.MappingEngine;
import io.fieldloom.engine.mapping.Transforms;
import io.fieldloom.engine.outlet.Outlet;
import io.fieldloom.engine.project.LiveLint;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.FxGate;
import io.fieldloom.ui.kit.HandTicker;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.UiKit;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class NamespaceViewTest {
    private static final String YAML =
            """
            fieldloom: 1
            devices:
              boiler:
                endpoint: modbus-tcp://127.0.0.1:1502
                tags:
                  SteamPressure: {address: "holding:0"}
                  FeedwaterLevel: {address: "holding:2"}
            mappings:
              acme/prague/boiler/steam-pressure: {device: boiler, tag: SteamPressure}
            """;
    private static final String MAPPED = "acme/prague/boiler/steam-pressure";
    private static final String NEW = "acme/prague/boiler/feedwater-level";
    private static final TagRef LEVEL = new TagRef("boiler", "FeedwaterLevel");

    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
    private final HandTicker ticker = new HandTicker();
    private final ProjectEditor editor =
            ProjectEditor.ofText(
                    YAML, "test.fieldloom.yaml", new Home(Path.of("target", "test-home")));
    private final List<TagRef> shown = new ArrayList<>();
    private final List<String> cleared = new ArrayList<>();
    private boolean retained;
    private NamespaceView view;

    @Start
    void start(Stage stage) {
        UiKit kit = UiKit.create(new FxGate(), ticker, Runnable::run, new Theme(Theme.Look.DARK));
        DeviceRegistry devices =
                new DeviceRegistry(
                        List.of(),
                        device -> {
                            throw new AssertionError("nothing connects here");
                        },
                        pool,
                        pool,
                        Clock.systemUTC());
        MappingEngine engine = new MappingEngine(new NothingWired(), new Transforms(), pool);
        LiveLint lint = new LiveLint(new Transforms()::fault, Runnable::run);
        view =
                new NamespaceView(
                        new NamespaceServices(
                                kit,
                                editor,
                                new ProjectEdits(kit, editor),
                                engine,
                                lint,
                                devices,
                                new Transforms(),
                                shown::add,
                                mapping -> false,
                                (broker, topic) -> retained,
                                (broker, topics) -> cleared.addAll(topics)));
        Label tag = new Label("FeedwaterLevel");
        tag.setOnDragDetected(
                event -> {
                    Dragboard board = tag.startDragAndDrop(TransferMode.COPY);
                    board.setContent(new Dragged(List.of(level())).content());
                    event.consume();
                });
        BorderPane both = new BorderPane(view.node());
        both.setLeft(tag);
        kit.overlay().content(both);
        Scene scene = new Scene(kit.overlay().root(), 900, 640);
        kit.theme().dress(scene);
        stage.setScene(scene);
        stage.show();
    }

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private static DeviceItem level() {
        return new DeviceItem(
                "boiler",
                "FeedwaterLevel",
                "holding:2",
                "FeedwaterLevel",
                List.of("FeedwaterLevel"),
                "UInt16",
                null,
                false);
    }

    @Test
    void aTagDroppedOnALevelIsMappedThere(FxRobot robot) {
        robot.interact(ticker::tick);
        robot.drag("FeedwaterLevel").dropTo("prague");

        assertThat(project().mappings()).containsKey("acme/prague/feedwater-level");
        assertThat(shows(robot, "feedwater-level")).isTrue();

        robot.interact(() -> editor.undo());
        assertThat(project().mappings()).doesNotContainKey("acme/prague/feedwater-level");
        assertThat(shows(robot, "feedwater-level")).isFalse();
    }

    // The advice to do so must not be in the way of it.
    @Test
    void aTagDroppedOnTheEmptyNamespaceIsMapped(FxRobot robot) {
        robot.interact(() -> editor.apply(new Edit.RemoveBranch("acme")));
        robot.interact(ticker::tick);
        robot.drag("FeedwaterLevel").dropTo("No topics yet");

        assertThat(project().mappings()).containsOnlyKeys("feedwater-level");
    }

    @Test
    void withoutAMouseATopicIsProposedAndEnterTakesIt(FxRobot robot) {
        robot.interact(() -> view.reveal("acme/prague"));
        robot.interact(() -> view.map(new Dragged(List.of(level()))));
        assertThat(robot.lookup(".dialog .text-field").queryAs(TextField.class).getText())
                .isEqualTo("acme/prague/feedwater-level");
        robot.push(KeyCode.ENTER);

        assertThat(project().mappings()).containsKey("acme/prague/feedwater-level");
    }

    // Beside the tags of the same device, when nothing is chosen; its levels need not be typed.
    @Test
    void theProposedTopicIsTypedOverWithLevelsCompleted(FxRobot robot) {
        robot.interact(() -> view.map(new Dragged(List.of(level()))));
        TextField field = robot.lookup(".dialog .text-field").queryAs(TextField.class);
        assertThat(field.getText()).isEqualTo(NEW);
        assertThat(field.getSelectedText()).isEqualTo("feedwater-level");

        robot.write("steam-pressure").push(KeyCode.ENTER);
        assertThat(robot.lookup("It carries boiler › SteamPressure already").tryQuery())
                .isPresent();
        assertThat(project().mappings()).hasSize(1);

        robot.push(KeyCode.CONTROL, KeyCode.A).write("a").push(KeyCode.TAB).write("pr");
        robot.push(KeyCode.TAB).push(KeyCode.ENTER);
        assertThat(project().mappings()).containsKey("acme/prague/feedwater-level");
    }

    // What the old topic keeps stays on the broker for ever unless somebody clears it.
    @Test
    void renamingInPlaceOffersToClearTheOldTopic(FxRobot robot) {
        retained = true;
        robot.interact(() -> view.reveal("acme/prague/boiler"));
        robot.push(KeyCode.F2).push(KeyCode.CONTROL, KeyCode.A);
        robot.write("kettle").push(KeyCode.ENTER);
        assertThat(project().mappings()).containsOnlyKeys("acme/prague/kettle/steam-pressure");

        robot.clickOn("Clear there");
        assertThat(cleared).containsExactly(MAPPED);
        assertThat(robot.lookup(".virtual-rows").query().isFocused())
                .as("one goes on where one was")
                .isTrue();
    }

    // Mapped by mistake, published, taken back: the value would stay there for ever.
    @Test
    void undoOfAMappingOffersToClearWhatItPublished(FxRobot robot) {
        retained = true;
        robot.interact(() -> editor.apply(new Edit.PutMapping(Mapping.of(NEW, LEVEL))));
        assertThat(robot.lookup("Clear there").tryQuery()).isEmpty();
        robot.interact(() -> editor.undo());

        robot.clickOn("Clear there");
        assertThat(cleared).containsExactly(NEW);
    }

    // It would clear what is published there again.
    @Test
    void theOfferEndsWhenTheTopicIsMappedAgain(FxRobot robot) {
        retained = true;
        robot.interact(() -> view.reveal("acme/prague/boiler"));
        robot.push(KeyCode.DELETE);
        assertThat(robot.lookup("Clear there").tryQuery()).isPresent();

        robot.interact(() -> editor.undo());
        assertThat(robot.lookup("Clear there").tryQuery()).isEmpty();
    }

    @Test
    void afterADeletionTheNeighbourIsChosenAndAfterItsUndoTheRowAgain(FxRobot robot) {
        robot.interact(() -> editor.apply(new Edit.PutMapping(Mapping.of(NEW, LEVEL))));
        robot.interact(() -> view.reveal(NEW));
        robot.push(KeyCode.DELETE).push(KeyCode.DELETE);
        assertThat(project().mappings()).as("both, one after the other").isEmpty();

        robot.interact(() -> view.show(editor.undo().orElseThrow()));
        robot.interact(() -> view.show(editor.undo().orElseThrow()));
        assertThat(project().mappings()).containsOnlyKeys(MAPPED, NEW);
        robot.push(KeyCode.DELETE);
        assertThat(project().mappings()).containsOnlyKeys(MAPPED);
    }

    @Test
    void aRefusedEditIsToldAndChangesNothing(FxRobot robot) {
        robot.interact(() -> view.reveal(MAPPED));
        robot.push(KeyCode.F2).push(KeyCode.CONTROL, KeyCode.A);
        robot.write("a+b").push(KeyCode.ENTER);

        assertThat(project().mappings()).containsOnlyKeys(MAPPED);
        assertThat(robot.lookup(".toast").tryQuery()).isPresent();
    }

    @Test
    void aFaultyTransformIsSaidAndNotTaken(FxRobot robot) {
        robot.interact(() -> view.reveal(MAPPED));
        robot.push(KeyCode.ENTER);
        robot.write("value * ").push(KeyCode.ENTER);
        assertThat(project().mappings().get(MAPPED).transform()).isNull();
        assertThat(robot.lookup(".detail-preview .label").queryAllAs(Label.class))
                .anyMatch(label -> label.getText().contains("Not taken yet"));

        robot.write("2").push(KeyCode.ENTER);
        assertThat(project().mappings().get(MAPPED).transform()).isEqualTo("value * 2");

        robot.interact(() -> editor.undo());
        assertThat(robot.lookup(".detail-form .text-field").queryAs(TextField.class).getText())
                .isEmpty();
    }

    // Half a formula must never reach the plant because somebody looked something up.
    @Test
    void aTextIsTakenByGoingOnAndNotByAnotherWindow(FxRobot robot) {
        robot.interact(() -> view.reveal(MAPPED));
        robot.push(KeyCode.ENTER);
        robot.write("value - 27");
        List<Stage> other = new ArrayList<>();
        robot.interact(
                () -> {
                    other.add(new Stage());
                    other.get(0).show();
                    other.get(0).requestFocus();
                });
        assertThat(project().mappings().get(MAPPED).transform()).isNull();

        robot.interact(() -> other.get(0).close());
        robot.interact(() -> view.node().getScene().getWindow().requestFocus());
        robot.push(KeyCode.END)
                .write("3")
                .push(KeyCode.TAB)
                .write("99")
                .push(KeyCode.TAB)
                .write("K");
        robot.push(KeyCode.ENTER);
        assertThat(project().mappings().get(MAPPED).transform()).isEqualTo("value - 273");
        assertThat(project().mappings().get(MAPPED).round()).as("faulty").isNull();
        assertThat(project().mappings().get(MAPPED).unit()).isEqualTo("K");
        assertThat(texts(robot)).as("what is faulty stays to be mended").contains("99");

        robot.interact(() -> editor.undo());
        assertThat(project().mappings().get(MAPPED).unit()).isNull();
        assertThat(project().mappings().get(MAPPED).transform()).isEqualTo("value - 273");
        robot.interact(() -> editor.undo());
        assertThat(editor.unsaved()).as("a step for each field that changed").isFalse();
    }

    @Test
    void escapeDropsWhatIsTyped(FxRobot robot) {
        robot.interact(() -> view.reveal(MAPPED));
        robot.push(KeyCode.ENTER);
        robot.write("value * 2").push(KeyCode.ESCAPE).push(KeyCode.TAB);

        assertThat(editor.unsaved()).isFalse();
        assertThat(texts(robot)).doesNotContain("value * 2");
    }

    private static List<String> texts(FxRobot robot) {
        return robot.lookup(".detail-form .text-field").queryAllAs(TextField.class).stream()
                .map(TextField::getText)
                .toList();
    }

    @Test
    void aRenamedLevelStaysOpenThroughUndoAndRedo(FxRobot robot) {
        robot.interact(() -> view.reveal("acme/prague/boiler"));
        robot.push(KeyCode.F2).push(KeyCode.CONTROL, KeyCode.A);
        robot.write("kettle").push(KeyCode.ENTER);
        robot.interact(() -> view.show(editor.undo().orElseThrow()));
        assertThat(shows(robot, "steam-pressure")).isTrue();

        robot.interact(() -> view.show(editor.redo().orElseThrow()));
        assertThat(shows(robot, "kettle")).isTrue();
        assertThat(shows(robot, "steam-pressure")).isTrue();
    }

    @Test
    void theProposalForSeveralTagsNamesTheRealTopics(FxRobot robot) {
        DeviceItem taken =
                new DeviceItem(
                        "boiler",
                        "SteamPressure",
                        "holding:8",
                        "SteamPressure",
                        List.of("SteamPressure"),
                        "UInt16",
                        null,
                        false);
        robot.interact(() -> editor.apply(new Edit.PutMapping(Mapping.of(MAPPED, LEVEL))));
        robot.interact(() -> view.reveal("acme/prague/boiler"));
        robot.interact(() -> view.map(new Dragged(List.of(level(), taken))));

        assertThat(robot.lookup(".dialog .label").queryAllAs(Label.class))
                .anyMatch(
                        label ->
                                label.getText().contains("They become " + NEW)
                                        && label.getText().contains("steam-pressure-2"));
    }

    // It stays until it is answered, and says which topics it is about.
    @Test
    void theQuestionAboutOldTopicsNamesThem(FxRobot robot) {
        retained = true;
        for (String name : List.of("a", "b", "c", "d")) {
            robot.interact(
                    () -> editor.apply(new Edit.PutMapping(Mapping.of("acme/" + name, LEVEL))));
        }
        robot.interact(() -> editor.apply(new Edit.RemoveBranch("acme")));
        assertThat(robot.lookup(".toast .label").queryAllAs(Label.class))
                .anyMatch(label -> label.getText().contains("acme/a\nacme/b\nacme/c\nand 2 more"));

        robot.clickOn("Show all…");
        robot.push(KeyCode.ESCAPE);
        robot.clickOn("Keep");
        assertThat(cleared).isEmpty();
        assertThat(robot.lookup(".toast").tryQuery()).isEmpty();
    }

    @Test
    void deletingTakesTheBranch(FxRobot robot) {
        robot.interact(() -> view.reveal("acme/prague"));
        robot.push(KeyCode.DELETE);
        assertThat(project().mappings()).isEmpty();
        assertThat(robot.lookup("No topics yet").tryQuery()).isPresent();
    }

    @Test
    void theSourceOfAMappingIsAClickAway(FxRobot robot) {
        robot.interact(() -> view.reveal(MAPPED));
        robot.clickOn("boiler › SteamPressure");

        assertThat(shown).contains(new TagRef("boiler", "SteamPressure"));
    }

    /** Rows that nothing is in are kept, hidden, with their last text. */
    private static boolean shows(FxRobot robot, String name) {
        return robot.lookup(name).queryAll().stream().anyMatch(NamespaceViewTest::isSeen);
    }

    private static boolean isSeen(Node node) {
        return node == null || node.isVisible() && isSeen(node.getParent());
    }

    private Project project() {
        return editor.project();
    }

    private static final class NothingWired implements MappingEngine.Wiring {
        @Override
        public DeviceLink device(String name) throws MappingEngine.Unavailable {
            throw new MappingEngine.Unavailable("no device");
        }

        @Override
        public Outlet outlet(String name, String topic, boolean unreal)
                throws MappingEngine.Unavailable {
            throw new MappingEngine.Unavailable("no broker");
        }
    }
}
