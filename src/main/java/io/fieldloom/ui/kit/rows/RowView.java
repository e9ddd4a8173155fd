package io.fieldloom.ui.kit.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;

/**
 * One visible row. As many exist as fit the window; each shows whatever row scrolls into its place.
 */
final class RowView<R> extends Region {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass LEAD = PseudoClass.getPseudoClass("lead");
    private static final PseudoClass DROP = PseudoClass.getPseudoClass("drop");

    private final List<Column<R>> columns;
    private final RowShape<R> shape;
    private final List<Cell> cells = new ArrayList<>();
    private double[] widths = {};
    private R row;
    private int place = -1;
    private int blank;
    private boolean selected;

    RowView(RowShape<R> shape, List<Column<R>> columns) {
        this.shape = shape;
        this.columns = columns;
        getStyleClass().add("virtual-row");
        setManaged(false);
        setAccessibleRole(AccessibleRole.TREE_TABLE_ROW);
        for (int at = 0; at < columns.size(); at++) {
            cells.add(new Cell(at == 0, columns.get(at).isNumber()));
        }
        getChildren().addAll(cells);
    }

    void show(int newPlace, R newRow, boolean isSelected, boolean isLead) {
        place = newPlace;
        row = newRow;
        selected = isSelected;
        setVisible(newRow != null);
        if (newRow == null) {
            return;
        }
        pseudoClassStateChanged(SELECTED, isSelected);
        pseudoClassStateChanged(LEAD, isLead);
        for (int at = 0; at < cells.size(); at++) {
            Cell cell = cells.get(at);
            if (at == 0) {
                cell.tree(shape.depth(newRow), shape.isBranch(newRow), shape.isOpen(newRow));
            }
            cell.blank();
            columns.get(at).paint(newRow, cell);
            cell.commit();
        }
        int free = blankBehindTree();
        if (free != blank) {
            blank = free;
            requestLayout();
        }
    }

    /** How many cells behind the tree's show nothing, so that it may take their room. */
    private int blankBehindTree() {
        int at = 1;
        while (at < cells.size() && cells.get(at).isBlank()) {
            at++;
        }
        return at - 1;
    }

    void dropTarget(boolean on) {
        pseudoClassStateChanged(DROP, on);
    }

    void widths(double[] shared) {
        widths = shared;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double x = VirtualRows.SIDE;
        double treeEnd = x;
        for (int at = 0; at < cells.size() && at < widths.length; at++) {
            Cell cell = cells.get(at);
            boolean hidden = widths[at] <= 0;
            cell.setVisible(!hidden);
            if (!hidden) {
                cell.resizeRelocate(x, 0, widths[at], getHeight());
                treeEnd = at <= blank ? x + widths[at] : treeEnd;
                x += widths[at] + ColumnWidths.GAP;
            }
        }
        treeCell().resize(treeEnd - VirtualRows.SIDE, getHeight());
    }

    R row() {
        return row;
    }

    int place() {
        return place;
    }

    Cell treeCell() {
        return cells.get(0);
    }

    /** The cell under a point of this row, or null. */
    Cell cellAt(double x) {
        int at = indexAt(x);
        return at < 0 ? null : cells.get(at);
    }

    /** What a click on a point does, or null: only the text or a badge of a cell takes it. */
    Consumer<R> actionAt(double x) {
        int at = indexAt(x);
        Runnable press = at < 0 ? null : cells.get(at).pressAt(x - cells.get(at).getLayoutX());
        if (press != null) {
            return pressed -> press.run();
        }
        return at < 0 || cells.get(at).spoken().isEmpty() ? null : columns.get(at).action();
    }

    /** Whether a click on a point chooses the cell there. */
    boolean pointsAt(double x) {
        int at = indexAt(x);
        return at >= 0 && columns.get(at).isPointing();
    }

    private int indexAt(double x) {
        for (int at = 0; at < cells.size(); at++) {
            Cell cell = cells.get(at);
            if (cell.isVisible()
                    && x >= cell.getLayoutX()
                    && x < cell.getLayoutX() + cell.getWidth()) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        if (row == null) {
            return super.queryAccessibleAttribute(attribute, parameters);
        }
        return switch (attribute) {
            case TEXT ->
                    cells.stream()
                            .filter(Cell::isVisible)
                            .map(Cell::spoken)
                            .filter(words -> !words.isEmpty())
                            .collect(Collectors.joining(", "));
            case INDEX -> place;
            case DISCLOSURE_LEVEL -> shape.depth(row);
            case EXPANDED -> shape.isOpen(row);
            case LEAF -> !shape.isBranch(row);
            case SELECTED -> selected;
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }
}
