package io.fieldloom.ui.kit;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * Keeps the keyboard in a pane above the window: Tab goes round in it, no key reaches what lies
 * behind, shortcuts of the window do nothing. The content behind is not disabled, for that would
 * restyle all of it. FX thread only.
 */
final class FocusTrap {
    private final Parent pane;
    private boolean closed;
    private Node newest;
    private Runnable onEscape = () -> {};

    FocusTrap(Parent pane) {
        this.pane = pane;
        pane.addEventHandler(KeyEvent.KEY_PRESSED, this::notTaken);
    }

    /** Once, for the scene that the pane is in. */
    void watch(Scene scene) {
        scene.addEventFilter(KeyEvent.ANY, this::typed);
        scene.focusOwnerProperty().addListener((observable, was, now) -> focused(now));
    }

    /** From now on nothing gets out; the focus goes to a control in the pane. */
    void close(Node first, Runnable escape) {
        closed = true;
        newest = first;
        onEscape = escape;
        focusInside();
    }

    /** Lets the keyboard go where it will. */
    void open() {
        closed = false;
        newest = null;
        onEscape = () -> {};
    }

    static boolean isWithin(Node node, Node parent) {
        Node at = node;
        while (at != null && at != parent) {
            at = at.getParent();
        }
        return at != null;
    }

    private void focused(Node owner) {
        if (!closed) {
            return;
        }
        if (owner != null && isWithin(owner, pane)) {
            newest = owner;
        } else {
            focusInside();
        }
    }

    /** To where it was in the pane, else to the first control that takes it, else to the pane. */
    private void focusInside() {
        if (newest != null && isWithin(newest, pane) && !newest.isDisabled()) {
            newest.requestFocus();
            return;
        }
        stops().stream()
                .filter(stop -> !(stop instanceof ScrollPane))
                .findFirst()
                .orElse(pane)
                .requestFocus();
    }

    private void typed(KeyEvent event) {
        if (!closed) {
            return;
        }
        if (event.getCode() == KeyCode.ESCAPE && event.getEventType() == KeyEvent.KEY_PRESSED) {
            event.consume();
            onEscape.run();
        } else if (!(event.getTarget() instanceof Node node) || !isWithin(node, pane)) {
            event.consume();
            focusInside();
        }
    }

    /** What no control of the pane has used: Tab at its ends, and the window's shortcuts. */
    private void notTaken(KeyEvent event) {
        if (event.getCode() == KeyCode.TAB) {
            List<Node> stops = stops();
            int last = stops.size() - 1;
            int at = stops.indexOf(pane.getScene().getFocusOwner());
            int end = event.isShiftDown() ? 0 : last;
            if (last < 0 || at < 0 || at == end) {
                event.consume();
                (last < 0 ? pane : stops.get(last - end)).requestFocus();
            }
        } else if (pane.getScene().getAccelerators().keySet().stream()
                .anyMatch(keys -> keys.match(event))) {
            event.consume();
        }
    }

    /** Where Tab stops, in its order. */
    private List<Node> stops() {
        List<Node> stops = new ArrayList<>();
        collect(pane, stops);
        return stops;
    }

    private static void collect(Parent parent, List<Node> stops) {
        for (Node child : parent.getChildrenUnmodifiable()) {
            if (child.isVisible() && !child.isDisabled()) {
                if (child.isFocusTraversable()) {
                    stops.add(child);
                }
                if (child instanceof Parent inner) {
                    collect(inner, stops);
                }
            }
        }
    }
}
