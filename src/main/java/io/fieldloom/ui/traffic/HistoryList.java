package io.fieldloom.ui.traffic;

import io.fieldloom.engine.traffic.Message;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.MenuItem;

/** The messages that are kept of one topic, the newest first. FX thread only. */
final class HistoryList {
    private static final int PREVIEW = 200;

    /**
     * One message.
     *
     * @param message the message
     * @param before the payload before it, or null
     */
    record Entry(Message message, byte[] before) {
        /** What it is called while the list moves: messages have no number. */
        String name() {
            return message.time().toEpochMilli()
                    + "."
                    + message.time().getNano()
                    + "."
                    + System.identityHashCode(message.payload());
        }
    }

    private final FlatRows<Entry> index = new FlatRows<>(Entry::name, HistoryList::preview);
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
    private final Consumer<Entry> onCompare;

    /**
     * @param onChoice told which message was chosen
     * @param onCompare told with which message others are to be compared
     */
    HistoryList(Consumer<Entry> onChoice, Consumer<Entry> onCompare) {
        this.onCompare = onCompare;
        rows.onSelection(
                () -> {
                    Entry lead = rows.lead();
                    if (lead != null) {
                        onChoice.accept(lead);
                    }
                });
        rows.menu(this::menu);
        new RowCopy<>(
                rows,
                entry -> Times.local(entry.message().time()) + "\t" + PayloadWords.copied(entry));
    }

    Node node() {
        return rows;
    }

    private List<MenuItem> menu(List<Entry> chosen) {
        if (chosen.isEmpty()) {
            return List.of();
        }
        Entry entry = chosen.get(chosen.size() - 1);
        return CommandRegistry.items(
                Arrays.asList(
                        Command.named("history.copy", "Traffic", "Copy payload")
                                .icon(Icon.COPY)
                                .does(() -> RowCopy.put(PayloadWords.copied(entry))),
                        Command.named("history.copy-time", "Traffic", "Copy time (UTC)")
                                .does(() -> RowCopy.put(entry.message().time().toString())),
                        null,
                        Command.named("history.compare", "Traffic", "Compare others with this one")
                                .icon(Icon.CHECK)
                                .does(() -> onCompare.accept(entry))));
    }

    /** Nothing is chosen any more. */
    void release() {
        rows.show(index);
    }

    /**
     * Shows what is kept.
     *
     * @param history oldest first
     */
    void show(List<Message> history) {
        List<Entry> entries = new ArrayList<>(history.size());
        for (int at = history.size() - 1; at >= 0; at--) {
            byte[] before = at == 0 ? null : history.get(at - 1).payload();
            entries.add(new Entry(history.get(at), before));
        }
        index.set(entries);
        rows.refresh();
    }

    private static String preview(Entry entry) {
        byte[] payload = entry.message().payload();
        if (payload.length == 0) {
            return "(empty)";
        }
        byte[] start = payload.length > PREVIEW ? Arrays.copyOf(payload, PREVIEW) : payload;
        String line = PayloadPage.textOf(start).orElse("(binary)").replace('\n', ' ');
        return payload.length > PREVIEW ? line + "…" : line;
    }

    private static void paintTime(Entry entry, Cell cell) {
        Message message = entry.message();
        cell.text(Presentation.clock(message.time())).mono();
        cell.tip(
                () ->
                        Times.utc(message.time())
                                + "\nQoS "
                                + message.qos()
                                + (message.retained() ? ", retained" : ", live")
                                + (message.duplicate() ? ", sent again" : "")
                                + (message.origin() == null ? "" : ", " + message.origin()));
    }

    private static void paintSize(Entry entry, Cell cell) {
        cell.text(Presentation.bytes(entry.message().payload().length)).tone(Tone.DIM);
    }

    private static void paintPayload(Entry entry, Cell cell) {
        cell.text(preview(entry)).mono().tone(Tone.DIM);
    }
}
