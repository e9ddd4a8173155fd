package io.fieldloom.ui.publish;

import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.Mark;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.layout.Region;

/** The newest messages that were sent by hand, the newest first; a click takes one up again. */
final class SentList {
    static final int MOST = 50;

    private final FlatRows<Sent> index =
            new FlatRows<>(sent -> Integer.toString(sent.number()), Sent::topic);
    private final VirtualRows<Sent> rows;
    private List<Sent> all = List.of();

    SentList(Consumer<Sent> reuse) {
        rows =
                new VirtualRows<>(
                        "Messages sent",
                        index,
                        index,
                        List.of(
                                Column.text("Sent", 104, SentList::paintTime),
                                Column.<Sent>text(
                                                "Topic",
                                                0,
                                                (sent, cell) -> cell.text(sent.topic()).mono())
                                        .grows(),
                                Column.<Sent>text("Answer", 190, SentList::paintResult).keep(1),
                                Column.<Sent>text(
                                                "",
                                                44,
                                                (sent, cell) -> cell.text("Reuse").tone(Tone.LINK))
                                        .keep(2)
                                        .onClick(reuse)));
        rows.onOpen(reuse);
        RowCopy<Sent> copy = new RowCopy<>(rows, sent -> sent.topic() + "\t" + sent.payload());
        rows.menu(
                chosen ->
                        CommandRegistry.items(
                                List.of(
                                        Command.named("sent.reuse", "Publish", "Reuse")
                                                .icon(Icon.RELOAD)
                                                .when(() -> chosen.size() == 1)
                                                .does(() -> reuse.accept(chosen.get(0))),
                                        Command.named("sent.copy", "Publish", "Copy")
                                                .icon(Icon.COPY)
                                                .does(() -> copy.copySelectedOr(List.of())))));
    }

    Region node() {
        return rows;
    }

    /** Adds a message, or shows what became of it. */
    void put(Sent sent) {
        List<Sent> next = new ArrayList<>(all);
        boolean known = next.removeIf(other -> other.number() == sent.number());
        int place = 0;
        while (known && place < next.size() && next.get(place).number() > sent.number()) {
            place++;
        }
        next.add(place, sent);
        all = next.size() > MOST ? List.copyOf(next.subList(0, MOST)) : next;
        index.set(all);
        rows.refresh();
    }

    private static void paintTime(Sent sent, Cell cell) {
        Mark mark =
                switch (sent.tone()) {
                    case OK -> Mark.CHECK;
                    case BAD -> Mark.CROSS;
                    default -> Mark.WAIT;
                };
        String clock = Presentation.clock(sent.time());
        cell.text(clock.substring(0, clock.indexOf('.'))).mono().mark(mark, sent.tone());
    }

    private static void paintResult(Sent sent, Cell cell) {
        String kept = sent.retain() ? ", retained" : "";
        cell.text(sent.result())
                .tone(sent.tone() == Tone.BAD ? Tone.BAD : Tone.DIM)
                .tip(
                        sent.result()
                                + "\n"
                                + sent.broker()
                                + ", QoS "
                                + sent.qos()
                                + kept
                                + "\n"
                                + sent.payload());
    }
}
