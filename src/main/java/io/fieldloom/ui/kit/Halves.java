package io.fieldloom.ui.kit;

import java.util.function.DoubleConsumer;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;

/** Two panes beside each other, whose division a person can move. FX thread only. */
public final class Halves extends SplitPane {
    /**
     * @param share of the first, 0 to 1
     * @param onMoved told when a person has moved the division, to be remembered
     */
    public Halves(Node first, Node second, double share, DoubleConsumer onMoved) {
        super(first, second);
        setDividerPositions(share);
        setMinHeight(0);
        addEventFilter(
                MouseEvent.MOUSE_RELEASED,
                event -> {
                    Node target = (Node) event.getTarget();
                    if (target.getStyleClass().contains("split-pane-divider")
                            || target.getParent() != null
                                    && target.getParent()
                                            .getStyleClass()
                                            .contains("split-pane-divider")) {
                        onMoved.accept(Math.round(getDividerPositions()[0] * 1_000) / 1_000.0);
                    }
                });
    }
}
