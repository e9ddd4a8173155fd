package io.fieldloom.ui.traffic;

import io.fieldloom.engine.traffic.Message;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.code.PayloadText;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;

/** The messages that are kept of one topic, the newest first. FX thread only. */
final class HistoryList {
    private static final int PREVIEW = 200;
    private static final int MOST = 2_000;

    /**
     * One message.
     *
     * @param number how many came before it; its name while the list moves
     * @param message the message
     * @param before the payload before it, or null
     */
    record Entry(long number, Message message, byte[] before) {}

    private final FlatRows<Entry> index =
            new FlatRows<>(entry -> Long.toString(entry.number()), HistoryList::preview);
    private final VirtualRows<Entry> rows =
            new VirtualRows<>(
                    "Messages of the topic",
                    index,
                    index,
                    List.of(
                            Column.text("Time", 98, HistoryList::paintTime),
                            Column.<Entry>number("Size", 52, HistoryList::paintSize).keep(1),
                            Column.<Entry>text("Payload", 0, HistoryList::paintPayload)
                                    .grows()
                                    .keep(2)));

    HistoryList(Consumer<Entry> onChoice) {
        rows.onSelection(
                () -> {
                    Entry lead = rows.lead();
                    if (lead != null) {
                        onChoice.accept(lead);
                    }
                });
        new RowCopy<>(rows, HistoryList::preview);
    }

    Node node() {
        return rows;
    }

    /**
     * Shows what is kept.
     *
     * @param history oldest first
     * @param count how many messages there were in all
     */
    void show(List<Message> history, long count) {
        List<Entry> entries = new ArrayList<>(history.size());
        int oldest = Math.max(0, history.size() - MOST);
        for (int at = history.size() - 1; at >= oldest; at--) {
            byte[] before = at == 0 ? null : history.get(at - 1).payload();
            entries.add(new Entry(count - history.size() + at, history.get(at), before));
        }
        index.set(entries);
        rows.refresh();
    }

    private static String preview(Entry entry) {
        String text = PayloadText.text(entry.message().payload()).orElse("(binary)");
        String line = text.length() > PREVIEW ? text.substring(0, PREVIEW) : text;
        return line.replace('\n', ' ');
    }

    private static void paintTime(Entry entry, Cell cell) {
        cell.text(Presentation.clock(entry.message().time())).mono();
        boolean kept = entry.message().retained();
        cell.tip(
                entry.message().time()
                        + "\nQoS "
                        + entry.message().qos()
                        + (kept ? ", retained" : "")
                        + (entry.message().duplicate() ? ", sent again" : ""));
    }

    private static void paintSize(Entry entry, Cell cell) {
        cell.text(Presentation.bytes(entry.message().payload().length)).tone(Tone.DIM);
    }

    private static void paintPayload(Entry entry, Cell cell) {
        cell.text(preview(entry)).mono().tone(Tone.DIM);
    }
}
