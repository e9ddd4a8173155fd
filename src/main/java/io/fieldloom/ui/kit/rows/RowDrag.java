package io.fieldloom.ui.kit.rows;

import java.util.List;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;

/** What can be dragged out of virtual rows and dropped onto them. */
public interface RowDrag<R> {
    /** What dragging these rows carries; null when they cannot be dragged. */
    default ClipboardContent drag(List<R> rows) {
        return null;
    }

    /** What is said beside the pointer while these rows are dragged. */
    default String dragText(List<R> rows) {
        return "";
    }

    /** Whether this may be dropped on a row, or with null below the last one. */
    default boolean accepts(Dragboard board, R target) {
        return false;
    }

    /** Drops it; whether anything was done. */
    default boolean drop(Dragboard board, R target) {
        return false;
    }
}
