package io.fieldloom.ui.kit.rows;

import io.fieldloom.engine.Rows;
import io.fieldloom.ui.kit.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/**
 * A tree table over {@link Rows} of any size. It has nodes for the rows on screen and no others,
 * and pulls just those on each beat: a million rows cost it nothing, and neither do a hundred
 * thousand changes a second. FX thread only.
 *
 * <p>The selection is kept by path, and the row at the top stays there while rows come and go above
 * it. Keys: arrows, Page, Home and End move, with Shift they extend; Right and Left open and fold;
 * Enter acts; typing jumps to the next row whose name begins so.
 */
public final class VirtualRows<R> extends Region {
    static final double ROW = 23;
    static final double HEAD = 22;
    static final double SIDE = 8;
    private static final double BAR = 10;
    private static final double LEAST_THUMB = 28;
    private static final int MOST_IN_RANGE = 10_000;

    private final RowShape<R> shape;
    private final List<Column<R>> columns;
    private final ColumnHeader<R> header;
    private final Pane body = new Pane();
    private final ScrollBar bar = new ScrollBar();
    private final RowPool<R> views;
    private SideScroll<R> across;
    private final RowSelection<R> selection = new RowSelection<>();
    private final RowEditor editor = new RowEditor();
    private Rows<R> rows;
    private double offset;
    private int count;
    private int leadPlace = -1;
    private boolean rising; // the revealed row is still to be moved up
    private String topPath;
    private boolean moving;
    private Consumer<R> onOpen = row -> {};
    private Runnable onSelection = () -> {};
    private Function<List<R>, List<MenuItem>> menu = chosen -> List.of();

    /**
     * @param name what a screen reader calls it
     * @param rows what it shows
     * @param columns the first is the tree
     */
    public VirtualRows(String name, Rows<R> rows, RowShape<R> shape, List<Column<R>> columns) {
        this.rows = rows;
        this.shape = shape;
        this.columns = List.copyOf(columns);
        views = new RowPool<>(body, shape, this.columns);
        header = new ColumnHeader<>(this.columns, this::columnsChanged);
        getStyleClass().add("virtual-rows");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TREE_TABLE_VIEW);
        setAccessibleText(name);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(body.widthProperty());
        clip.heightProperty().bind(body.heightProperty());
        body.setClip(clip);
        body.setManaged(false);
        header.setManaged(false);
        bar.setManaged(false);
        bar.setOrientation(Orientation.VERTICAL);
        bar.valueProperty()
                .addListener((observable, before, after) -> barMoved(after.doubleValue()));
        getChildren().addAll(body, header, bar);
        setMinSize(0, HEAD + ROW);
        new RowKeys<>(this).listen();
        new RowMouse<>(this, body).listen();
    }

    /** Shows other rows, from the top and with nothing selected. */
    public void show(Rows<R> other) {
        rows = other;
        offset = 0;
        leadPlace = -1;
        topPath = null;
        selection.clear();
        refresh();
        onSelection.run();
    }

    /**
     * Keeps every column at its width: those that do not fit are reached by a scroll bar below, and
     * the first stays beside them. Without this the least important ones go.
     */
    public VirtualRows<R> scrollsAcross() {
        across = new SideScroll<>(columns, this::columnsChanged);
        getChildren().add(across.bar());
        requestLayout();
        return this;
    }

    /** Brings a column on screen, where columns scroll. */
    public void showColumn(int place) {
        if (across != null) {
            across.show(place);
        }
    }

    /** Pulls on every beat of a ticker, while it is on screen. */
    public Ticker.Handle pullOn(Ticker ticker, Duration period) {
        return ticker.every(
                period,
                () -> {
                    if (getScene() != null && getScene().getWindow() != null && getWidth() > 0) {
                        refresh();
                    }
                });
    }

    /** What Enter and a double click do on a row; a branch opens or folds as well. */
    public void onOpen(Consumer<R> action) {
        onOpen = action;
    }

    /** Told when another row becomes the chosen one. */
    public void onSelection(Runnable action) {
        onSelection = action;
    }

    /** The context menu for the selected rows; none when it is empty. */
    public void menu(Function<List<R>, List<MenuItem>> items) {
        menu = items;
    }

    /** What can be dragged from here and dropped here. */
    public void drags(RowDrag<R> drag) {
        new RowDrop<>(this, body, drag).listen();
    }

    /** Shows only rows that match; the selection comes back when they do. */
    public void filter(String text) {
        rows.filter(text);
        offset = 0;
        topPath = null;
        refresh();
    }

    /** The chosen row as it is now; null when there is none, or it is not shown. */
    public R lead() {
        return leadPlace >= 0 && leadPlace < count ? rows.at(leadPlace) : null;
    }

    /** The path of the chosen row, which may be hidden by a filter; null for none. */
    public String leadPath() {
        return selection.lead();
    }

    /** All selected rows, as they were when they were selected. */
    public List<R> selected() {
        return List.copyOf(selection.rows().values());
    }

    /** Chooses a row, opens its parents and brings it into view. Whether there is such a row. */
    public boolean reveal(String path) {
        int place = rows.reveal(path);
        count = rows.count();
        if (place < 0) {
            return false;
        }
        select(place);
        bringUp(place);
        return true;
    }

    /** Chooses several rows, opens their parents and shows the first. Whether there is any. */
    public boolean reveal(List<String> paths) {
        Map<String, R> found = new LinkedHashMap<>();
        for (String path : paths) {
            int place = rows.reveal(path);
            if (place >= 0) {
                found.put(path, rows.at(place));
            }
        }
        count = rows.count();
        if (found.isEmpty()) {
            return false;
        }
        String first = found.keySet().iterator().next();
        selection.only(first, found.get(first));
        selection.range(found, first);
        int place = rows.reveal(first);
        chosen(place);
        bringUp(place);
        return true;
    }

    /**
     * What is revealed near the lower edge is moved up, so that what belongs to it is seen too; as
     * soon as there is something, where it is still being loaded.
     */
    private void bringUp(int place) {
        double height = body.getHeight();
        rising = place * ROW > offset + 0.7 * height;
        if (rising) {
            offset = place * ROW - 0.3 * height; // layout keeps it within the rows
            layoutBody();
            rising = place * ROW > offset + 0.7 * height;
        }
    }

    /** Lets the name of a row be changed in place. */
    public void edit(int place, String text, Consumer<String> commit) {
        scrollTo(place);
        layoutBody();
        RowView<R> view = viewAt(place);
        if (view != null) {
            Cell cell = view.treeCell();
            double x = SIDE + cell.textStart() - 7;
            TextField field = editor.begin(text, commit, this::requestFocus);
            body.getChildren().add(field);
            field.resizeRelocate(
                    x, view.getLayoutY(), Math.max(60, views.treeWidth() - x + SIDE), ROW);
            field.requestFocus();
            field.selectAll();
        }
    }

    /** The place of the chosen row, -1 for none. */
    public int leadPlace() {
        return leadPlace;
    }

    /** The first place that is on screen. */
    public int firstShown() {
        return (int) (offset / ROW);
    }

    /** The last place that is on screen, at least in part; before the first when nothing is. */
    public int lastShown() {
        double height = body.getHeight();
        return height <= 0
                ? firstShown() - 1
                : Math.min(count - 1, (int) Math.ceil((offset + height) / ROW) - 1);
    }

    /** Pulls what is on screen, now. */
    public void refresh() {
        count = rows.count();
        followLead();
        holdTop();
        layoutBody();
        if (rising) {
            bringUp(leadPlace);
        }
    }

    RowShape<R> shape() {
        return shape;
    }

    int count() {
        return count;
    }

    R at(int place) {
        return rows.at(place);
    }

    Consumer<R> opener() {
        return onOpen;
    }

    List<MenuItem> menuItems() {
        return menu.apply(selected());
    }

    int rowsOnScreen() {
        return Math.max(1, (int) (body.getHeight() / ROW));
    }

    RowSelection<R> selection() {
        return selection;
    }

    /** Makes a row the only selected one. */
    public void select(int place) {
        R row = place < 0 || place >= count ? null : rows.at(place);
        if (row != null) {
            selection.only(shape.path(row), row);
            chosen(place);
        }
    }

    void toggleSelected(int place) {
        R row = rows.at(place);
        if (row != null) {
            selection.toggle(shape.path(row), row);
            chosen(place);
        }
    }

    /** Selects from the anchor to a place, as far as a person can mean it. */
    void selectRange(int place) {
        String anchor = selection.anchor();
        int from = anchor == null ? place : rows.reveal(anchor);
        count = rows.count();
        int to = Math.max(0, Math.min(place, count - 1));
        if (from < 0 || Math.abs(to - from) > MOST_IN_RANGE) {
            select(to);
            return;
        }
        Map<String, R> range = new LinkedHashMap<>();
        String last = null;
        int step = to >= from ? 1 : -1;
        for (int at = from; at != to + step; at += step) {
            R row = rows.at(at);
            if (row != null) {
                last = shape.path(row);
                range.put(last, row);
            }
        }
        selection.range(range, last);
        chosen(to);
    }

    private void chosen(int place) {
        rising = false;
        leadPlace = place;
        scrollTo(place);
        layoutBody();
        notifyAccessibleAttributeChanged(AccessibleAttribute.FOCUS_ITEM);
        onSelection.run();
    }

    void open(int place, boolean open) {
        int before = count;
        rows.expand(place, open);
        count = rows.count();
        int gone = before - count;
        boolean leadInside = leadPlace > place && leadPlace <= place + gone;
        if (leadInside) {
            select(place);
        }
        refresh();
    }

    private void followLead() {
        String lead = selection.lead();
        if (lead == null) {
            leadPlace = -1;
            return;
        }
        R row = leadPlace >= 0 && leadPlace < count ? rows.at(leadPlace) : null;
        if (row == null || !shape.path(row).equals(lead)) {
            leadPlace = rows.reveal(lead);
            count = rows.count();
        }
    }

    /** Keeps the row at the top where it is, when others came or went above it. */
    private void holdTop() {
        if (topPath == null || offset <= 0 || count == 0) {
            return;
        }
        int top = Math.min((int) (offset / ROW), count - 1);
        R row = rows.at(top);
        if (row != null && !shape.path(row).equals(topPath)) {
            int moved = rows.reveal(topPath);
            count = rows.count();
            if (moved >= 0) {
                offset += (moved - top) * ROW;
            }
        }
    }

    void scrollTo(int place) {
        double height = body.getHeight();
        if (height <= 0) {
            return;
        }
        double y = place * ROW;
        if (y < offset) {
            offset = y;
        } else if (y + ROW > offset + height) {
            offset = y + ROW - height;
        }
    }

    /** Whether the last row is on screen. */
    public boolean isAtEnd() {
        return offset >= count * ROW - body.getHeight() - 1;
    }

    /** Brings the last row on screen. */
    public void scrollToEnd() {
        scrollBy(count * ROW);
    }

    void scrollBy(double pixels) {
        rising = false;
        offset += pixels;
        layoutBody();
    }

    void scrollAcross(int columnCount) {
        if (across != null) {
            across.by(columnCount);
        }
    }

    private void barMoved(double value) {
        if (!moving) {
            rising = false;
            offset = value;
            layoutBody();
        }
    }

    private void columnsChanged() {
        double side = bar.isVisible() ? BAR + 2 : SIDE;
        double room = body.getWidth() - SIDE - side;
        double[] widths = across == null ? ColumnWidths.share(room, columns) : across.widths(room);
        header.widths(widths);
        views.widths(widths);
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        // A detail that opens below must not cover the row it belongs to.
        double y = leadPlace * ROW - offset;
        boolean holdLead = leadPlace >= 0 && y >= 0 && y < body.getHeight();
        double foot = across != null && across.isNeeded(width - SIDE - BAR - 2) ? BAR : 0;
        double bodyHeight = Math.max(0, height - HEAD - foot);
        header.resizeRelocate(0, 0, width, HEAD);
        body.resizeRelocate(0, HEAD, width, bodyHeight);
        bar.resizeRelocate(width - BAR, HEAD, BAR, bodyHeight);
        if (across != null) {
            across.bar().resizeRelocate(0, height - BAR, width - BAR, BAR);
        }
        columnsChanged();
        if (holdLead) {
            scrollTo(leadPlace);
        }
        layoutBody();
    }

    private void layoutBody() {
        double height = body.getHeight();
        double most = Math.max(0, count * ROW - height);
        offset = Math.max(0, Math.min(offset, most));
        showBar(most, height);
        topPath =
                views.paint(
                        offset,
                        place -> place < count ? rows.at(place) : null,
                        selection,
                        place -> place == leadPlace);
    }

    private void showBar(double most, double height) {
        moving = true;
        if (bar.isVisible() != most > 0) {
            bar.setVisible(most > 0);
            columnsChanged();
        }
        bar.setMax(most);
        // The theme's bar has no buttons, after whose size the toolkit gives a thumb its least.
        double share = Math.max(height / (most + height), LEAST_THUMB / Math.max(height, 1));
        bar.setVisibleAmount(most <= 0 ? 1 : most * Math.min(share, 1));
        bar.setUnitIncrement(ROW);
        bar.setBlockIncrement(Math.max(ROW, height - ROW));
        bar.setValue(offset);
        moving = false;
    }

    /** The view that shows a place, or null when it is not on screen. */
    RowView<R> viewAt(int place) {
        return views.at(place);
    }

    /** The view under a height in the body, or null. */
    RowView<R> viewUnder(double y) {
        return y < 0 ? null : viewAt((int) ((y + offset) / ROW));
    }

    @Override
    protected double computePrefWidth(double height) {
        return 320;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 240;
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case ROW_COUNT -> count;
            case COLUMN_COUNT -> columns.size();
            case ROW_AT_INDEX -> viewAt((Integer) parameters[0]);
            case FOCUS_ITEM -> viewAt(leadPlace) == null ? this : viewAt(leadPlace);
            case MULTIPLE_SELECTION -> true;
            case VERTICAL_SCROLLBAR -> bar;
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }
}
