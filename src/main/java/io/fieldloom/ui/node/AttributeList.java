package io.fieldloom.ui.node;

import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.MenuItem;

/** Names and values of one thing: the attributes of a node, the state of a link. FX thread only. */
final class AttributeList {
    private static final double NAME = 190;

    private final FlatRows<NodeLine> index =
            new FlatRows<>(NodeLine::path, NodeLine::name, NodeLine::depth);
    private final VirtualRows<NodeLine> rows;
    private final RowCopy<NodeLine> copy;

    /**
     * @param what what the names are, for the heading
     */
    AttributeList(String what) {
        rows =
                new VirtualRows<>(
                        what,
                        index,
                        index,
                        List.of(
                                Column.<NodeLine>text(
                                                what,
                                                NAME,
                                                (line, cell) ->
                                                        cell.text(line.name()).note(line.note()))
                                        .least(120),
                                Column.<NodeLine>text(
                                                "Value",
                                                0,
                                                (line, cell) ->
                                                        cell.text(line.text())
                                                                .mono()
                                                                .tone(line.tone()))
                                        .grows()));
        copy = new RowCopy<>(rows, NodeLine::copied);
        rows.menu(this::menu);
    }

    private List<MenuItem> menu(List<NodeLine> chosen) {
        return CommandRegistry.items(
                List.of(
                        Command.named("node.copy-value", "Details", "Copy value")
                                .icon(Icon.COPY)
                                .when(() -> !chosen.isEmpty())
                                .does(
                                        () ->
                                                RowCopy.put(
                                                        chosen.stream()
                                                                .map(NodeLine::text)
                                                                .collect(
                                                                        Collectors.joining("\n")))),
                        Command.named("node.copy-lines", "Details", "Copy name and value")
                                .when(() -> !chosen.isEmpty())
                                .does(() -> copy.copySelectedOr(List.of())),
                        Command.named("node.copy-all", "Details", "Copy all")
                                .when(() -> !index.all().isEmpty())
                                .does(
                                        () ->
                                                RowCopy.put(
                                                        index.all().stream()
                                                                .map(NodeLine::copied)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                "\n"))))));
    }

    Node node() {
        return rows;
    }

    /** The same lines with other values; what is selected and scrolled to stays. */
    void update(List<NodeLine> fresh) {
        index.set(fresh);
        rows.refresh();
    }

    void set(List<NodeLine> fresh) {
        index.set(fresh);
        rows.show(index);
    }
}
