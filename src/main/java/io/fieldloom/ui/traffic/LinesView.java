package io.fieldloom.ui.traffic;

import io.fieldloom.ui.kit.code.Run;
import io.fieldloom.ui.kit.rows.RowCopy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/**
 * Text in colours, of any length, with nodes for the lines on screen and no others. Long lines
 * wrap. Select with the mouse or Ctrl+A, copy with Ctrl+C. All characters have one width, so that
 * places are a matter of arithmetic. FX thread only.
 */
final class LinesView extends Region {
    static final double ROW = 17;
    static final double LEFT = 12;
    private static final double BAR = 10;
    private static final String PROBE = "0123456789";
    private static final int MOST_CACHED = 2_000;
    private static final int MOST_ACCESSIBLE = 200;

    private final Pane paper = new Pane();
    private final ScrollBar bar = new ScrollBar();
    private final Text probe = new Text(PROBE);
    private final List<LineRow> views = new ArrayList<>();
    private final Map<Integer, List<Run>> cache = new HashMap<>();
    private PayloadLines lines = PayloadLines.NONE;
    private LineWrap wrap = LineWrap.NONE;
    private TextMark mark = TextMark.NONE;
    private double offset;
    private boolean moving;
    private IntConsumer onKey = line -> {};

    LinesView(String name) {
        getStyleClass().addAll("code-view", "code");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        setAccessibleText(name);
        setMinSize(0, 2 * ROW);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(paper.widthProperty());
        clip.heightProperty().bind(paper.heightProperty());
        paper.setClip(clip);
        paper.setManaged(false);
        probe.setManaged(false);
        probe.setVisible(false);
        bar.setManaged(false);
        bar.setOrientation(Orientation.VERTICAL);
        bar.valueProperty().addListener((value, before, now) -> barMoved(now.doubleValue()));
        getChildren().addAll(probe, paper, bar);
        paper.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        paper.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        paper.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        paper.addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
        addEventHandler(
                javafx.scene.input.ScrollEvent.SCROLL,
                event -> {
                    scrollTo(offset - event.getDeltaY());
                    event.consume();
                });
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    /** What a click on a key of a JSON line does. */
    void onKey(IntConsumer action) {
        onKey = action;
    }

    /**
     * Shows other lines.
     *
     * @param fromTop whether they are something else, and not the same text somewhat later
     */
    void show(PayloadLines other, boolean fromTop) {
        if (other == lines) {
            return;
        }
        if (fromTop || other.count() != lines.count()) {
            mark = TextMark.NONE;
        }
        if (fromTop) {
            offset = 0;
        }
        lines = other;
        cache.clear();
        wrap = LineWrap.NONE;
        layoutLines();
    }

    PayloadLines lines() {
        return lines;
    }

    /** The text on screen and beyond, without colours. */
    String text() {
        StringBuilder all = new StringBuilder();
        for (int line = 0; line < lines.count(); line++) {
            all.append(line == 0 ? "" : "\n").append(lines.text(line));
        }
        return all.toString();
    }

    private List<Run> runs(int line) {
        if (cache.size() > MOST_CACHED) {
            cache.clear();
        }
        return cache.computeIfAbsent(line, lines::runs);
    }

    private double charWidth() {
        return Math.max(1, probe.getLayoutBounds().getWidth() / PROBE.length());
    }

    @Override
    protected void layoutChildren() {
        paper.resizeRelocate(0, 0, getWidth(), getHeight());
        bar.resizeRelocate(getWidth() - BAR, 0, BAR, getHeight());
        layoutLines();
    }

    private void layoutLines() {
        double width = getWidth();
        double height = getHeight();
        if (width <= 0 || height <= 0) {
            return;
        }
        int columns = (int) Math.max(8, (width - LEFT - BAR - 4) / charWidth());
        if (wrap.columns() != columns) {
            wrap = LineWrap.of(lines, columns);
        }
        double most = Math.max(0, wrap.rows() * ROW + 6 - height);
        offset = Math.max(0, Math.min(offset, most));
        showBar(most, height);
        int needed = (int) Math.ceil(height / ROW) + 1;
        while (views.size() < needed) {
            LineRow view = new LineRow();
            views.add(view);
            paper.getChildren().add(view);
        }
        int first = (int) (offset / ROW);
        for (int at = 0; at < views.size(); at++) {
            int row = first + at;
            LineRow view = views.get(row % views.size());
            if (at >= needed || row >= wrap.rows()) {
                view.setVisible(false);
                continue;
            }
            int line = wrap.line(row);
            int from = wrap.column(row);
            view.show(runs(line), lines.change(line), from, columns);
            view.mark(mark, line, from, columns, charWidth());
            view.resizeRelocate(0, Math.round(row * ROW - offset) + 3, width, ROW);
        }
    }

    private void showBar(double most, double height) {
        moving = true;
        bar.setVisible(most > 0);
        bar.setMax(most);
        bar.setVisibleAmount(most <= 0 ? 1 : most * height / (most + height));
        bar.setUnitIncrement(ROW);
        bar.setBlockIncrement(Math.max(ROW, height - ROW));
        bar.setValue(offset);
        moving = false;
    }

    private void barMoved(double value) {
        if (!moving) {
            scrollTo(value);
        }
    }

    private void scrollTo(double pixels) {
        offset = pixels;
        layoutLines();
    }

    private TextMark.Place place(MouseEvent event) {
        int row = (int) Math.max(0, (event.getY() - 3 + offset) / ROW);
        if (wrap.rows() == 0) {
            return TextMark.Place.START;
        }
        if (row >= wrap.rows()) {
            return new TextMark.Place(lines.count() - 1, lines.length(lines.count() - 1));
        }
        int line = wrap.line(row);
        int within = (int) Math.max(0, Math.round((event.getX() - LEFT) / charWidth()));
        int column = wrap.column(row) + Math.min(within, wrap.columns());
        return new TextMark.Place(line, Math.min(column, lines.length(line)));
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        TextMark.Place place = place(event);
        mark = event.isShiftDown() ? mark.to(place) : TextMark.at(place);
        layoutLines();
    }

    private void dragged(MouseEvent event) {
        if (event.getY() < 0 || event.getY() > getHeight()) {
            offset += event.getY() < 0 ? -ROW : ROW;
        }
        mark = mark.to(place(event));
        layoutLines();
    }

    private void clicked(MouseEvent event) {
        if (event.getClickCount() == 2) {
            mark = mark.word(lines);
            layoutLines();
        } else if (event.isStillSincePress() && isOnKey(event)) {
            onKey.accept(place(event).line());
        }
    }

    private void moved(MouseEvent event) {
        paper.setCursor(isOnKey(event) ? Cursor.HAND : Cursor.TEXT);
    }

    private boolean isOnKey(MouseEvent event) {
        int row = (int) ((event.getY() - 3 + offset) / ROW);
        if (row < 0 || row >= wrap.rows()) {
            return false;
        }
        int column = wrap.column(row) + (int) ((event.getX() - LEFT) / charWidth());
        int end = 0;
        for (Run run : runs(wrap.line(row))) {
            end += run.text().length();
            if (column < end) {
                return run.ink() == Run.Ink.KEY;
            }
        }
        return false;
    }

    private void key(KeyEvent event) {
        double page = Math.max(ROW, getHeight() - ROW);
        boolean taken = true;
        if (event.isShortcutDown()) {
            switch (event.getCode()) {
                case A -> mark = TextMark.all(lines);
                case C -> RowCopy.put(mark.isEmpty() ? text() : mark.text(lines));
                default -> taken = false;
            }
        } else {
            switch (event.getCode()) {
                case UP -> offset -= ROW;
                case DOWN -> offset += ROW;
                case PAGE_UP -> offset -= page;
                case PAGE_DOWN -> offset += page;
                case HOME -> offset = 0;
                case END -> offset = wrap.rows() * ROW;
                default -> taken = false;
            }
        }
        if (taken) {
            layoutLines();
            event.consume();
        }
    }

    @Override
    protected double computePrefHeight(double width) {
        return 6 * ROW;
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        if (attribute == AccessibleAttribute.TEXT) {
            StringBuilder spoken = new StringBuilder();
            for (int line = 0; line < Math.min(MOST_ACCESSIBLE, lines.count()); line++) {
                spoken.append(lines.text(line)).append('\n');
            }
            return spoken.toString();
        }
        return super.queryAccessibleAttribute(attribute, parameters);
    }
}
