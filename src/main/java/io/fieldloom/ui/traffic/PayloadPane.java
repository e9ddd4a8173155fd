package io.fieldloom.ui.traffic;

import io.fieldloom.engine.payload.DecodedPayload.Encoding;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.UiTasks;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * One payload, and what changed against another. Large ones are laid out in the background, one at
 * a time, the newest next. What is not shown is said. FX thread only.
 */
final class PayloadPane extends VBox {
    /** Laid out on the spot in about a millisecond. */
    private static final int LIGHT = 48 * 1024;

    private final UiTasks tasks;
    private final Consumer<PayloadPage> onPage;
    private final LinesView view = new LinesView("Payload");
    private final Label said = new Label();
    private final Button more = new Button();
    private final HBox note = new HBox(8, said, more);
    private Payloads wanted = Payloads.NONE;
    private Payloads shown = Payloads.NONE;
    private PayloadPage page = PayloadPage.NONE;
    private PayloadPage.Wish wish = PayloadPage.Wish.FIRST;
    private boolean busy;
    private boolean fromTop;

    /** What to show and what to compare it with; arrays are compared by identity. */
    private record Payloads(byte[] now, byte[] before, PayloadPage.Wish wish) {
        static final Payloads NONE = new Payloads(new byte[0], null, PayloadPage.Wish.FIRST);

        long size() {
            return now.length + (before == null ? 0L : before.length);
        }
    }

    /**
     * @param onPage told when other lines are shown
     * @param onKey told the way to the scalar whose key was clicked
     */
    PayloadPane(UiTasks tasks, Consumer<PayloadPage> onPage, Consumer<String> onKey) {
        this.tasks = tasks;
        this.onPage = onPage;
        view.onKey(
                line -> {
                    String way = page.lines().way(line);
                    if (way != null) {
                        onKey.accept(way);
                    }
                });
        said.getStyleClass().add("dim");
        said.setMinWidth(0);
        said.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(said, Priority.ALWAYS);
        more.getStyleClass().add("link");
        more.setMinWidth(Region.USE_PREF_SIZE);
        note.getStyleClass().add("column-note");
        setVgrow(view, Priority.ALWAYS);
        setMinHeight(40);
        getChildren().add(view);
    }

    /** Begins with another topic: from the top, and large payloads in part. */
    void begin() {
        wish = PayloadPage.Wish.FIRST;
        fromTop = true;
    }

    /**
     * Shows a payload; the same again costs nothing.
     *
     * @param before what to compare it with, or null
     */
    void show(byte[] now, byte[] before) {
        wanted = new Payloads(now, before, wish);
        layOut();
    }

    /** Shows nothing but a sentence. */
    void say(String sentence) {
        wanted = Payloads.NONE;
        shown = Payloads.NONE;
        page = PayloadPage.NONE;
        view.show(PayloadLines.NONE, true);
        note(sentence, null, null);
    }

    private void layOut() {
        if (busy || wanted.equals(shown)) {
            return;
        }
        Payloads next = wanted;
        boolean cut = next.now().length > PayloadPage.MOST && !next.wish().whole();
        if (cut || next.size() <= LIGHT) {
            take(next, PayloadPage.of(next.now(), next.before(), next.wish()));
            return;
        }
        busy = true;
        tasks.run(
                "Laying out " + Presentation.bytes(next.size()),
                progress -> PayloadPage.of(next.now(), next.before(), next.wish()),
                made -> {
                    busy = false;
                    take(next, made);
                    layOut();
                },
                failure -> {
                    busy = false;
                    say("The payload cannot be laid out: " + failure.getMessage());
                });
    }

    private void take(Payloads of, PayloadPage made) {
        if (wanted == Payloads.NONE) {
            return; // meanwhile there is nothing to show
        }
        shown = of;
        page = made;
        view.show(made.lines(), fromTop);
        fromTop = false;
        if (made.isCut()) {
            note(
                    "The first "
                            + Presentation.bytes(made.shown())
                            + " of "
                            + Presentation.bytes(made.size())
                            + " are shown.",
                    "Show all",
                    () -> wish(new PayloadPage.Wish(true, wish.base64())));
        } else if (made.encoding() == Encoding.BINARY) {
            note(
                    wish.base64() ? "Bytes in base64" : "Bytes in hexadecimal",
                    wish.base64() ? "Hexadecimal" : "Base64",
                    () -> wish(new PayloadPage.Wish(wish.whole(), !wish.base64())));
        } else if (made.encoding() == Encoding.EMPTY) {
            note("Empty: this deletes a retained message", null, null);
        } else {
            note("", null, null);
        }
        onPage.accept(made);
    }

    private void wish(PayloadPage.Wish other) {
        wish = other;
        show(wanted.now(), wanted.before());
    }

    private void note(String sentence, String action, Runnable does) {
        if (sentence.isEmpty()) {
            getChildren().remove(note);
            return;
        }
        said.setText(sentence);
        more.setVisible(action != null);
        more.setManaged(action != null);
        if (action != null) {
            more.setText(action);
            more.setOnAction(event -> does.run());
        }
        if (!getChildren().contains(note)) {
            getChildren().add(0, note);
        }
    }

    /** What is laid out now. */
    PayloadPage page() {
        return page;
    }
}
