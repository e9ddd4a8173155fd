package io.fieldloom.ui.kit.code;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Path;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/**
 * Text in colours, broken into lines where it is wider than the view, to be read and copied: select
 * with the mouse or Ctrl+A, copy with Ctrl+C. For payloads of some lines. FX thread only.
 */
public final class CodeView extends ScrollPane {
    /** What a scroll bar takes. */
    private static final double SIDE = 12;

    private final TextFlow flow = new TextFlow();
    private final Path marked = new Path();
    private final List<Text> texts = new ArrayList<>();
    private List<Run> shown = List.of();
    private String text = "";
    private int from;
    private int to;

    /**
     * @param name what a screen reader calls it
     */
    public CodeView(String name) {
        getStyleClass().add("code-view");
        flow.getStyleClass().add("code");
        marked.getStyleClass().add("code-marked");
        marked.setManaged(false);
        marked.setMouseTransparent(true);
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        setAccessibleText(name);
        setContent(new Pane(marked, flow));
        flow.prefWidthProperty().bind(widthProperty().subtract(SIDE));
        setHbarPolicy(ScrollBarPolicy.NEVER);
        flow.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        flow.addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> mark(from, place(event)));
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    /** Shows other text; the same again costs nothing and keeps what is selected. */
    public void show(List<Run> runs) {
        if (runs.equals(shown)) {
            return;
        }
        shown = List.copyOf(runs);
        while (texts.size() < runs.size()) {
            texts.add(new Text());
        }
        StringBuilder all = new StringBuilder();
        for (int at = 0; at < runs.size(); at++) {
            Text part = texts.get(at);
            Run run = runs.get(at);
            part.setText(run.text());
            if (part.getStyleClass().isEmpty()
                    || !part.getStyleClass().get(0).equals(run.ink().styleClass())) {
                part.getStyleClass().setAll(run.ink().styleClass());
            }
            all.append(run.text());
        }
        flow.getChildren().setAll(texts.subList(0, runs.size()));
        text = all.toString();
        mark(0, 0);
    }

    /** The text without colours. */
    public String text() {
        return text;
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        int place = place(event);
        mark(event.isShiftDown() ? from : place, place);
    }

    private int place(MouseEvent event) {
        return flow.hitTest(new Point2D(event.getX(), event.getY())).getInsertionIndex();
    }

    private void mark(int start, int end) {
        from = Math.min(start, text.length());
        to = Math.min(end, text.length());
        if (from == to) {
            marked.getElements().clear();
        } else {
            marked.getElements().setAll(flow.rangeShape(Math.min(from, to), Math.max(from, to)));
        }
    }

    private void key(KeyEvent event) {
        if (!event.isShortcutDown()) {
            return;
        }
        if (event.getCode() == KeyCode.A) {
            mark(0, text.length());
            event.consume();
        } else if (event.getCode() == KeyCode.C) {
            boolean some = from != to;
            ClipboardContent content = new ClipboardContent();
            content.putString(some ? text.substring(Math.min(from, to), Math.max(from, to)) : text);
            Clipboard.getSystemClipboard().setContent(content);
            event.consume();
        }
    }
}
