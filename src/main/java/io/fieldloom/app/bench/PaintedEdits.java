package io.fieldloom.app.bench;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.engine.mapping.Transforms;
import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.plant.Passwords;
import io.fieldloom.engine.plant.Plant;
import io.fieldloom.engine.plant.PlantSettings;
import io.fieldloom.engine.project.LiveLint;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.FirstFrame;
import io.fieldloom.ui.kit.FxGate;
import io.fieldloom.ui.kit.FxTicker;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.namespace.NamespaceServices;
import io.fieldloom.ui.namespace.NamespaceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.animation.AnimationTimer;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.util.Duration;

/**
 * Makes edits in a window that shows a project, and measures how long each takes until its row has
 * been painted: the Namespace column, the lint and the plant follow as they do in the workbench. FX
 * thread only, but for {@link #measured}.
 */
final class PaintedEdits {
    private static final int EDITS = 120;
    private static final double LONGEST_PAUSE_MILLIS = 100;

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final FxGate fx = new FxGate();
    private final Random random = new Random(1);
    private final CompletableFuture<List<Long>> measured = new CompletableFuture<>();
    private final List<Long> nanos = new ArrayList<>();
    private final ProjectEditor editor;
    private final String topic;
    private final String name;
    private final Plant plant;
    private final ProjectEdits edits;
    private final NamespaceView view;
    private final Stage stage = new Stage();

    /**
     * @param topic a mapping; its row is edited
     */
    PaintedEdits(ProjectEditor editor, Home home, String topic) {
        this.editor = editor;
        this.topic = topic;
        name = topic.substring(topic.lastIndexOf('/') + 1);
        UiKit kit = UiKit.create(fx, new FxTicker(fx), pool, new Theme(Theme.Look.DARK));
        LiveLint lint = new LiveLint(new Transforms()::fault, pool);
        lint.open(editor.project());
        plant = Parts.of(home).newPlant();
        plant.open(
                editor.project(),
                new PlantSettings(
                        "bench",
                        home.settings().getParent(),
                        Map.of(),
                        Passwords.NONE,
                        broker -> Optional.empty()));
        editor.addListener(
                change -> {
                    lint.apply(change);
                    plant.apply(change);
                });
        edits = new ProjectEdits(kit, editor);
        view =
                new NamespaceView(
                        new NamespaceServices(
                                kit,
                                editor,
                                edits,
                                plant.mappings(),
                                lint,
                                plant.devices(),
                                new Transforms(),
                                tag -> {},
                                mapping -> false,
                                (broker, kept) -> false,
                                (broker, kept) -> {}));
        kit.overlay().content(view.node());
        Scene scene = new Scene(kit.overlay().root(), 640, 800);
        kit.theme().dress(scene);
        stage.setScene(scene);
    }

    /** Opens the window and begins. */
    CompletableFuture<List<Long>> measured() {
        stage.show();
        view.reveal(topic);
        FirstFrame.then(this::next);
        return measured;
    }

    private void next() {
        if (nanos.size() == EDITS) {
            stage.hide();
            plant.close();
            pool.shutdownNow();
            measured.complete(nanos);
            return;
        }
        // At any moment between two pulses, as a person's keys come.
        PauseTransition pause =
                new PauseTransition(Duration.millis(random.nextDouble() * LONGEST_PAUSE_MILLIS));
        pause.setOnFinished(event -> pool.execute(() -> fx.execute(this::edit)));
        pause.play();
    }

    private void edit() {
        int number = nanos.size();
        String other = name + "-" + number;
        String otherTopic = topic.substring(0, topic.length() - name.length()) + other;
        Mapping mapping = editor.project().mappings().get(topic);
        long start = System.nanoTime();
        switch (number % 4) {
            case 0 -> {
                edits.make(new Edit.MoveBranch(topic, otherTopic));
                timeUntil(start, other, true);
            }
            case 1 -> {
                String before = name + "-" + (number - 1);
                edits.make(
                        new Edit.MoveBranch(
                                topic.substring(0, topic.length() - name.length()) + before,
                                topic));
                timeUntil(start, name, true);
            }
            case 2 -> {
                edits.make(new Edit.PutMapping(mapping.withEnabled(false)));
                timeUntil(start, "off", true);
            }
            default -> {
                edits.make(new Edit.PutMapping(mapping.withEnabled(true)));
                timeUntil(start, "off", false);
            }
        }
    }

    /**
     * A pulse begins when what the one before it has laid out is painted. So a text that was there
     * at one pulse is on the screen at the next.
     */
    private void timeUntil(long start, String text, boolean there) {
        new AnimationTimer() {
            private boolean laidOut;

            @Override
            public void handle(long now) {
                if (laidOut) {
                    stop();
                    nanos.add(System.nanoTime() - start);
                    next();
                } else {
                    laidOut = shows(view.node(), text) == there;
                }
            }
        }.start();
    }

    private static boolean shows(Node node, String text) {
        if (!node.isVisible()) {
            return false;
        }
        if (node instanceof Labeled label && text.equals(label.getText())
                || node instanceof Text words && text.equals(words.getText())) {
            return true;
        }
        return node instanceof Parent parent
                && parent.getChildrenUnmodifiable().stream().anyMatch(child -> shows(child, text));
    }
}
