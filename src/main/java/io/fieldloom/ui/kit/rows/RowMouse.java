package io.fieldloom.ui.kit.rows;

import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Bounds;
import javafx.scene.Cursor;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.util.Duration;

/** Mouse, wheel, context menu and hover texts of virtual rows. */
final class RowMouse<R> {
    private static final Duration HOVER = Duration.millis(500);

    private final VirtualRows<R> rows;
    private final Pane body;
    private final ContextMenu menu = new ContextMenu();
    private final Tooltip tooltip = new Tooltip();
    private boolean tooltipOn;

    RowMouse(VirtualRows<R> rows, Pane body) {
        this.rows = rows;
        this.body = body;
        tooltip.setShowDelay(HOVER);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(520);
    }

    void listen() {
        body.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        body.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        body.addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
        body.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        rows.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menuWanted);
    }

    private void pressed(MouseEvent event) {
        rows.requestFocus();
        menu.hide();
        RowView<R> view = rows.viewUnder(event.getY());
        if (view == null) {
            return;
        }
        if (event.getButton() == MouseButton.PRIMARY && isOnTriangle(view, event)) {
            rows.open(view.place(), !rows.shape().isOpen(view.row()));
        } else if (event.isShiftDown()) {
            rows.selectRange(view.place());
        } else if (event.isShortcutDown()) {
            rows.toggleSelected(view.place());
        } else if (!isSelected(view)) {
            rows.select(view.place());
        }
        event.consume();
    }

    private void clicked(MouseEvent event) {
        RowView<R> view = rows.viewUnder(event.getY());
        boolean plain =
                event.getButton() == MouseButton.PRIMARY
                        && !event.isShiftDown()
                        && !event.isShortcutDown();
        if (view == null || !plain || isOnTriangle(view, event)) {
            return;
        }
        Consumer<R> action = view.actionAt(event.getX());
        if (action != null) {
            if (event.getClickCount() == 1 && event.isStillSincePress()) {
                action.accept(view.row());
            } else if (event.getClickCount() == 2 && view.pointsAt(event.getX())) {
                rows.opener().accept(view.row());
            }
        } else if (event.getClickCount() == 2) {
            if (rows.shape().isBranch(view.row())) {
                rows.open(view.place(), !rows.shape().isOpen(view.row()));
            }
            rows.opener().accept(view.row());
        } else if (event.getClickCount() == 1
                && event.isStillSincePress()
                && rows.selection().size() > 1) {
            // A press on one of many keeps them all, for it may begin a drag; a click without one
            // means that row.
            rows.select(view.place());
        }
    }

    private boolean isSelected(RowView<R> view) {
        return rows.selection().contains(rows.shape().path(view.row()));
    }

    private boolean isOnTriangle(RowView<R> view, MouseEvent event) {
        Cell tree = view.treeCell();
        return tree.isOnTriangle(event.getX() - tree.getLayoutX());
    }

    private void scrolled(ScrollEvent event) {
        rows.scrollBy(-event.getDeltaY());
        if (event.getDeltaX() != 0) {
            rows.scrollAcross(event.getDeltaX() < 0 ? 1 : -1);
        }
        event.consume();
    }

    private void moved(MouseEvent event) {
        RowView<R> view = rows.viewUnder(event.getY());
        Cell cell = view == null ? null : view.cellAt(event.getX());
        String hint = cell == null ? null : cell.hint();
        boolean acts =
                view != null && view.actionAt(event.getX()) != null && !view.pointsAt(event.getX());
        body.setCursor(acts ? Cursor.HAND : null);
        boolean wanted = hint != null && !hint.isEmpty();
        if (wanted) {
            tooltip.setText(hint);
        }
        if (wanted != tooltipOn) {
            tooltipOn = wanted;
            if (wanted) {
                Tooltip.install(body, tooltip);
            } else {
                Tooltip.uninstall(body, tooltip);
            }
        }
    }

    private void menuWanted(ContextMenuEvent event) {
        List<MenuItem> items = rows.menuItems();
        if (items.isEmpty()) {
            return;
        }
        menu.getItems().setAll(items);
        if (event.isKeyboardTrigger()) {
            RowView<R> view = rows.viewAt(rows.leadPlace());
            Bounds at =
                    (view == null ? body : view)
                            .localToScreen(
                                    view == null
                                            ? body.getBoundsInLocal()
                                            : view.getBoundsInLocal());
            menu.show(rows, at.getMinX() + 60, at.getMinY() + VirtualRows.ROW);
        } else {
            menu.show(rows, event.getScreenX(), event.getScreenY());
        }
        event.consume();
    }
}
