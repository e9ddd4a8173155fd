package io.fieldloom.ui.kit.rows;

import java.util.List;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Label;
import javafx.scene.image.WritableImage;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;

/**
 * Drag and drop of virtual rows: a branch under the pointer opens after a while, the edges scroll.
 */
final class RowDrop<R> {
    private static final long SPRING_NANOS = 700_000_000L;
    private static final double EDGE = 24;
    private static final double EDGE_STEP = 8;

    private final VirtualRows<R> rows;
    private final Pane body;
    private final RowDrag<R> drag;
    private RowView<R> marked;
    private int over = -1;
    private long overSince;

    RowDrop(VirtualRows<R> rows, Pane body, RowDrag<R> drag) {
        this.rows = rows;
        this.body = body;
        this.drag = drag;
    }

    void listen() {
        body.addEventHandler(MouseEvent.DRAG_DETECTED, this::begin);
        body.addEventHandler(DragEvent.DRAG_OVER, this::over);
        body.addEventHandler(DragEvent.DRAG_EXITED, event -> mark(null));
        body.addEventHandler(DragEvent.DRAG_DROPPED, this::dropped);
    }

    private void begin(MouseEvent event) {
        List<R> chosen = rows.selected();
        if (event.getButton() != MouseButton.PRIMARY
                || chosen.isEmpty()
                || rows.viewUnder(event.getY()) == null) {
            return;
        }
        ClipboardContent content = drag.drag(chosen);
        if (content != null) {
            Dragboard board = body.startDragAndDrop(TransferMode.COPY_OR_MOVE);
            board.setContent(content);
            board.setDragView(picture(drag.dragText(chosen)));
            event.consume();
        }
    }

    private WritableImage picture(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("drag-label");
        Scene scene = new Scene(new StackPane(label), Color.TRANSPARENT);
        scene.getStylesheets().setAll(rows.getScene().getStylesheets());
        SnapshotParameters clear = new SnapshotParameters();
        clear.setFill(Color.TRANSPARENT);
        label.applyCss();
        return label.snapshot(clear, null);
    }

    private void over(DragEvent event) {
        RowView<R> view = rows.viewUnder(event.getY());
        boolean taken = drag.accepts(event.getDragboard(), view == null ? null : view.row());
        if (taken) {
            event.acceptTransferModes(TransferMode.COPY_OR_MOVE);
        }
        mark(taken ? view : null);
        spring(view);
        if (event.getY() < EDGE) {
            rows.scrollBy(-EDGE_STEP);
        } else if (event.getY() > body.getHeight() - EDGE) {
            rows.scrollBy(EDGE_STEP);
        }
        event.consume();
    }

    private void spring(RowView<R> view) {
        int place = view == null ? -1 : view.place();
        long now = System.nanoTime();
        if (place != over) {
            over = place;
            overSince = now;
        } else if (view != null && now - overSince > SPRING_NANOS) {
            overSince = now;
            if (rows.shape().isBranch(view.row()) && !rows.shape().isOpen(view.row())) {
                rows.open(place, true);
            }
        }
    }

    private void mark(RowView<R> view) {
        if (marked != view) {
            if (marked != null) {
                marked.dropTarget(false);
            }
            marked = view;
            if (view != null) {
                view.dropTarget(true);
            }
        }
    }

    private void dropped(DragEvent event) {
        RowView<R> view = rows.viewUnder(event.getY());
        mark(null);
        event.setDropCompleted(drag.drop(event.getDragboard(), view == null ? null : view.row()));
        event.consume();
        rows.refresh();
    }
}
