package io.fieldloom.ui.node;

import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.NodeDetails.Reference;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.StackPane;

/** The references of one node; a double click follows one. FX thread only. */
final class ReferenceList {
    private final FlatRows<Reference> index =
            new FlatRows<>(
                    one -> one.type() + one.forward() + one.target(),
                    one -> one.name().isEmpty() ? one.target() : one.name());
    private final VirtualRows<Reference> rows;
    private final StackPane pane = new StackPane();

    ReferenceList(Consumer<Reference> follow, Function<List<Reference>, List<MenuItem>> menu) {
        rows =
                new VirtualRows<>(
                        "References",
                        index,
                        index,
                        List.of(
                                Column.<Reference>text(
                                                "Reference",
                                                150,
                                                (one, cell) -> cell.text(one.type()))
                                        .least(90),
                                Column.<Reference>text(
                                                "Direction",
                                                62,
                                                (one, cell) ->
                                                        cell.text(
                                                                        one.forward()
                                                                                ? "forward"
                                                                                : "inverse")
                                                                .tone(Tone.DIM))
                                        .keep(3),
                                Column.<Reference>text(
                                                "Target",
                                                0,
                                                (one, cell) ->
                                                        cell.text(name(one)).tip(one.target()))
                                        .grows()
                                        .least(110),
                                Column.<Reference>text(
                                                "Class",
                                                84,
                                                (one, cell) ->
                                                        cell.text(one.nodeClass()).tone(Tone.DIM))
                                        .keep(2),
                                Column.<Reference>text(
                                                "NodeId",
                                                210,
                                                (one, cell) ->
                                                        cell.text(one.target())
                                                                .mono()
                                                                .tone(Tone.DIM))
                                        .keep(1)));
        rows.onOpen(follow);
        rows.menu(menu);
        new RowCopy<>(rows, ReferenceList::copied);
        pane.setMinSize(0, 0);
    }

    private static String name(Reference one) {
        return one.name().isEmpty() ? one.target() : one.name();
    }

    private static String copied(Reference one) {
        return String.join(
                "\t", one.type(), one.forward() ? "forward" : "inverse", one.name(), one.target());
    }

    Node node() {
        return pane;
    }

    void set(List<Reference> references, Status browsed) {
        index.set(references);
        rows.show(index);
        pane.getChildren()
                .setAll(
                        browsed.isGood() || !references.isEmpty()
                                ? rows
                                : new EmptyState(
                                        Icon.WARNING,
                                        "The references are not shown",
                                        "The server answered " + browsed.name() + "."));
    }

    void copyTargets() {
        RowCopy.put(
                rows.selected().stream().map(Reference::target).collect(Collectors.joining("\n")));
    }
}
