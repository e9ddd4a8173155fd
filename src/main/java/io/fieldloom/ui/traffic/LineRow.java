package io.fieldloom.ui.traffic;

import io.fieldloom.engine.payload.PayloadDiff.Change;
import io.fieldloom.ui.kit.code.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** One row of text on screen, reused as others scroll by. Only what differs touches a node. */
final class LineRow extends Region {
    private static final double GUTTER = 4;

    private final TextFlow flow = new TextFlow();
    private final Rectangle marked = new Rectangle();
    private final Region gutter = new Region();
    private final List<Text> texts = new ArrayList<>();
    private List<Run> shown = List.of();
    private Change change = Change.SAME;

    LineRow() {
        setManaged(false);
        marked.getStyleClass().add("code-marked");
        marked.setManaged(false);
        flow.setManaged(false);
        gutter.setManaged(false);
        gutter.getStyleClass().add("line-change");
        getChildren().addAll(gutter, marked, flow);
        setMouseTransparent(true);
    }

    /** Shows the part of a line that begins at a character. */
    void show(List<Run> runs, Change lineChange, int from, int length) {
        setVisible(true);
        if (change != lineChange) {
            gutter.pseudoClassStateChanged(pseudoClass(change), false);
            gutter.pseudoClassStateChanged(pseudoClass(lineChange), true);
            change = lineChange;
        }
        List<Run> part = part(runs, from, from + length);
        if (part.equals(shown)) {
            return;
        }
        shown = part;
        while (texts.size() < part.size()) {
            texts.add(new Text());
        }
        for (int at = 0; at < part.size(); at++) {
            Text text = texts.get(at);
            Run run = part.get(at);
            text.setText(run.text());
            String ink = run.ink().styleClass();
            if (text.getStyleClass().isEmpty() || !text.getStyleClass().get(0).equals(ink)) {
                text.getStyleClass().setAll(ink);
            }
        }
        if (flow.getChildren().size() != part.size()) {
            flow.getChildren().setAll(texts.subList(0, part.size()));
        }
        flow.requestLayout();
    }

    private static PseudoClass pseudoClass(Change change) {
        return PseudoClass.getPseudoClass(change.name().toLowerCase(Locale.ROOT));
    }

    private static List<Run> part(List<Run> runs, int from, int to) {
        List<Run> part = new ArrayList<>();
        int at = 0;
        for (Run run : runs) {
            int end = at + run.text().length();
            if (end > from && at < to) {
                String text = run.text();
                int cutFrom = Math.max(0, from - at);
                int cutTo = Math.min(text.length(), to - at);
                part.add(
                        cutFrom == 0 && cutTo == text.length()
                                ? run
                                : new Run(text.substring(cutFrom, cutTo), run.ink()));
            }
            at = end;
        }
        return part;
    }

    /** Paints what is selected of the part that begins at a character. */
    void mark(TextMark mark, int line, int from, int length, double charWidth) {
        int start = Math.max(mark.start(line) - from, 0);
        int end = Math.min(mark.end(line) - from, Math.min(length, shownLength()));
        boolean some = mark.start(line) != Integer.MAX_VALUE && end > start;
        marked.setVisible(some);
        if (some) {
            marked.setX(LinesView.LEFT + start * charWidth);
            marked.setWidth((end - start) * charWidth);
            marked.setHeight(LinesView.ROW);
        }
    }

    private int shownLength() {
        return shown.stream().mapToInt(run -> run.text().length()).sum();
    }

    @Override
    protected void layoutChildren() {
        gutter.resizeRelocate(GUTTER, 1, 2, getHeight() - 2);
        flow.resizeRelocate(LinesView.LEFT, 0, 100_000, getHeight());
    }
}
