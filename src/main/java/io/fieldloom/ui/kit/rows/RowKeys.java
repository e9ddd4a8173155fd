package io.fieldloom.ui.kit.rows;

import java.util.Locale;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** The keyboard of virtual rows. */
final class RowKeys<R> {
    private static final long TYPING_PAUSE_NANOS = 900_000_000L;
    private static final int MOST_LOOKED_AT = 20_000;

    private final VirtualRows<R> rows;
    private String typed = "";
    private long typedAt;

    RowKeys(VirtualRows<R> rows) {
        this.rows = rows;
    }

    void listen() {
        rows.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        rows.addEventHandler(KeyEvent.KEY_TYPED, this::typed);
    }

    private void pressed(KeyEvent event) {
        if (rows.count() == 0) {
            return;
        }
        if (event.isShortcutDown() && event.getCode() == KeyCode.A) {
            rows.select(0);
            rows.selectRange(rows.count() - 1);
            event.consume();
            return;
        }
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        int lead = rows.leadPlace();
        boolean taken = true;
        switch (event.getCode()) {
            case UP -> go(event, lead < 0 ? 0 : lead - 1);
            case DOWN -> go(event, lead + 1);
            case PAGE_UP -> go(event, Math.max(lead, 0) - rows.rowsOnScreen());
            case PAGE_DOWN -> go(event, Math.max(lead, 0) + rows.rowsOnScreen());
            case HOME -> go(event, 0);
            case END -> go(event, rows.count() - 1);
            case RIGHT -> right(lead);
            case LEFT -> left(lead);
            case ENTER -> enter(lead);
            case CONTEXT_MENU -> menu();
            case F10 -> taken = event.isShiftDown() && menu();
            default -> taken = false;
        }
        if (taken) {
            event.consume();
        }
    }

    private void go(KeyEvent event, int wanted) {
        int place = Math.max(0, Math.min(wanted, rows.count() - 1));
        if (event.isShiftDown()) {
            rows.selectRange(place);
        } else {
            rows.select(place);
        }
    }

    private void right(int lead) {
        R row = rows.lead();
        if (row == null || !rows.shape().isBranch(row)) {
            return;
        }
        if (rows.shape().isOpen(row)) {
            R next = lead + 1 < rows.count() ? rows.at(lead + 1) : null;
            if (next != null && rows.shape().depth(next) > rows.shape().depth(row)) {
                rows.select(lead + 1);
            }
        } else {
            rows.open(lead, true);
        }
    }

    private void left(int lead) {
        R row = rows.lead();
        if (row == null) {
            return;
        }
        if (rows.shape().isBranch(row) && rows.shape().isOpen(row)) {
            rows.open(lead, false);
            return;
        }
        int depth = rows.shape().depth(row);
        int least = Math.max(0, lead - MOST_LOOKED_AT);
        for (int at = lead - 1; at >= least; at--) {
            if (rows.shape().depth(rows.at(at)) < depth) {
                rows.select(at);
                return;
            }
        }
    }

    private void enter(int lead) {
        R row = rows.lead();
        if (row == null) {
            return;
        }
        if (rows.shape().isBranch(row)) {
            rows.open(lead, !rows.shape().isOpen(row));
        }
        rows.opener().accept(row);
    }

    /** Not every platform turns these keys into the event that a right click is. */
    private boolean menu() {
        rows.fireEvent(
                new ContextMenuEvent(
                        ContextMenuEvent.CONTEXT_MENU_REQUESTED, 0, 0, 0, 0, true, null));
        return true;
    }

    private void typed(KeyEvent event) {
        String text = event.getCharacter();
        boolean plain = !event.isShortcutDown() && !event.isAltDown() && !event.isControlDown();
        if (!plain || text.isBlank() && typed.isEmpty() || text.isEmpty() || text.charAt(0) < ' ') {
            return;
        }
        long now = System.nanoTime();
        boolean more = now - typedAt < TYPING_PAUSE_NANOS;
        typedAt = now;
        typed = (more ? typed : "") + text.toLowerCase(Locale.ROOT);
        int from = Math.max(0, rows.leadPlace() + (more ? 0 : 1));
        jump(from);
        event.consume();
    }

    /**
     * To the next row whose name begins with what was typed, round the end; no farther than one can
     * wait for.
     */
    private void jump(int from) {
        int count = rows.count();
        for (int step = 0; step < Math.min(count, MOST_LOOKED_AT); step++) {
            int place = (from + step) % count;
            R row = rows.at(place);
            if (row != null && rows.shape().name(row).toLowerCase(Locale.ROOT).startsWith(typed)) {
                rows.select(place);
                return;
            }
        }
    }
}
