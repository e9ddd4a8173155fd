package io.fieldloom.ui.kit.rows;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** Copies rows as lines of text: with the copy keys, and from a menu. FX thread only. */
public final class RowCopy<R> {
    private static final KeyCombination KEYS =
            new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final VirtualRows<R> rows;
    private final Function<R, String> line;

    /** Makes the copy keys work in some rows. */
    public RowCopy(VirtualRows<R> rows, Function<R, String> line) {
        this.rows = rows;
        this.line = line;
        rows.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (KEYS.match(event)) {
                        copy(rows.selected());
                        event.consume();
                    }
                });
    }

    /** Copies the selected rows; where none is, these. */
    public void copySelectedOr(List<R> others) {
        List<R> selected = rows.selected();
        copy(selected.isEmpty() ? others : selected);
    }

    private void copy(List<R> chosen) {
        if (!chosen.isEmpty()) {
            put(chosen.stream().map(line).collect(Collectors.joining("\n")));
        }
    }

    /** Puts a text on the clipboard. */
    public static void put(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
