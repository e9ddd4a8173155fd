package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** What can be done in the namespace, from menu, keyboard and palette alike. FX thread only. */
final class NamespaceActions {
    private static final List<String> ISA_95 =
            List.of("enterprise", "site", "area", "line", "cell");
    private static final int ASK_ABOVE = 50;
    private static final String GROUP = "Namespace";

    private final NamespaceServices services;
    private final UiKit kit;
    private final NamespaceRows index;
    private final VirtualRows<NamespaceRow> rows;
    private final Command edit;
    private final Command newLevel;
    private final Command rename;
    private final Command move;
    private final Command delete;
    private final Command switchOn;
    private final Command copy;
    private final Command showSource;

    NamespaceActions(
            NamespaceServices services,
            NamespaceRows index,
            VirtualRows<NamespaceRow> rows,
            Runnable editMapping) {
        this.services = services;
        this.kit = services.kit();
        this.index = index;
        this.rows = rows;
        edit =
                command("edit", "Edit mapping", Icon.EDIT)
                        .localKey("Enter")
                        .when(() -> rows.lead() != null && rows.lead().mapping() != null)
                        .does(editMapping);
        newLevel =
                command("new-level", "New level…", Icon.LEVEL)
                        .localKey("Insert")
                        .when(() -> !services.editor().readOnly())
                        .does(this::newLevel);
        rename =
                command("rename", "Rename", Icon.WRITE)
                        .localKey("F2")
                        .when(() -> canEdit() && rows.lead() != null)
                        .does(this::rename);
        move = command("move", "Move to…", Icon.MAP).when(this::canEdit).does(this::move);
        delete =
                command("delete", "Delete", Icon.TRASH)
                        .localKey("Delete")
                        .when(this::canEdit)
                        .does(this::delete);
        switchOn =
                command("switch", "Switch mappings on or off", Icon.PAUSE)
                        .when(
                                () ->
                                        canEdit()
                                                && rows.selected().stream()
                                                        .anyMatch(row -> row.mapping() != null))
                        .does(this::switchOn);
        copy =
                command("copy-topic", "Copy topic", Icon.COPY)
                        .localKey("Shortcut+C")
                        .when(() -> !rows.selected().isEmpty())
                        .does(this::copyTopics);
        showSource =
                command("show-source", "Go to source", Icon.DEVICE)
                        .when(() -> rows.lead() != null && rows.lead().mapping() != null)
                        .does(() -> showSource(rows.lead()));
        List.of(edit, newLevel, rename, move, delete, switchOn, copy, showSource)
                .forEach(kit.commands()::add);
        rows.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    private static Command.Builder command(String id, String title, Icon icon) {
        return Command.named("namespace." + id, GROUP, title).icon(icon);
    }

    Command newLevelCommand() {
        return newLevel;
    }

    private boolean canEdit() {
        return !services.editor().readOnly() && !rows.selected().isEmpty();
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        Command command =
                event.getCode() == KeyCode.F2
                        ? rename
                        : event.getCode() == KeyCode.DELETE
                                ? delete
                                : event.getCode() == KeyCode.INSERT ? newLevel : null;
        if (command != null) {
            command.run();
            event.consume();
        }
    }

    List<MenuItem> menu(List<NamespaceRow> chosen) {
        if (chosen.isEmpty()) {
            return CommandRegistry.items(List.of(newLevel));
        }
        List<MenuItem> items =
                CommandRegistry.items(
                        Arrays.asList(
                                edit,
                                rename,
                                move,
                                delete,
                                null,
                                newLevel,
                                switchOn,
                                null,
                                copy,
                                showSource));
        NamespaceRow only = chosen.size() == 1 ? chosen.get(0) : null;
        if (only != null && only.isLevel() && !services.editor().readOnly()) {
            items.add(new SeparatorMenuItem());
            items.add(levelMenu(only));
        }
        return items;
    }

    private Menu levelMenu(NamespaceRow row) {
        Menu menu = new Menu("ISA-95 level");
        Project project = services.editor().project();
        Level own = project.levels().get(row.topic());
        List<String> names = project.levelNames().isEmpty() ? ISA_95 : project.levelNames();
        for (String name : names) {
            CheckMenuItem item = new CheckMenuItem(name);
            item.setSelected(own != null && name.equals(own.level()));
            item.setOnAction(
                    event ->
                            services.edits().make(new Edit.PutLevel(new Level(row.topic(), name))));
            menu.getItems().add(item);
        }
        CheckMenuItem byDepth = new CheckMenuItem("By its depth");
        byDepth.setSelected(own == null || own.level() == null);
        byDepth.setOnAction(
                event -> {
                    if (own != null && row.mappings() > 0) {
                        services.edits().make(new Edit.RemoveLevel(row.topic()));
                    } else if (own != null) {
                        services.edits().make(new Edit.PutLevel(new Level(row.topic(), null)));
                    }
                });
        menu.getItems().addAll(new SeparatorMenuItem(), byDepth);
        return menu;
    }

    private void newLevel() {
        String parent = TopicDrag.parent(rows.lead());
        kit.dialogs()
                .ask(
                        "New level",
                        parent.isEmpty() ? "Its name, at the top" : "Its name, below " + parent,
                        "",
                        "Add",
                        name -> name.isEmpty() ? Optional.of("") : free(Topic.child(parent, name)),
                        name -> {
                            String topic = Topic.child(parent, name);
                            services.edits()
                                    .make(
                                            new Edit.PutLevel(new Level(topic, null)),
                                            change -> rows.reveal(topic));
                        });
    }

    private Optional<String> free(String topic) {
        if (index.row(topic) != null) {
            return Optional.of("There is one already");
        }
        return Topic.fault(topic);
    }

    private void rename() {
        NamespaceRow row = rows.lead();
        rows.edit(
                rows.leadPlace(),
                row.name(),
                name -> {
                    if (!name.equals(row.name()) && !name.isBlank()) {
                        move(row.topic(), Topic.child(Topic.parent(row.topic()), name.strip()));
                    }
                });
    }

    /** Moves one branch and keeps it as open as it was. */
    private void move(String from, String to) {
        List<String> open = index.openWithin(from);
        services.edits()
                .make(
                        new Edit.MoveBranch(from, to),
                        change -> {
                            open.forEach(topic -> index.open(to + topic.substring(from.length())));
                            rows.reveal(to);
                        });
    }

    private void move() {
        List<String> topics = tops(rows.selected());
        if (topics.size() == 1) {
            String from = topics.get(0);
            kit.dialogs()
                    .ask(
                            "Move " + Topic.name(from),
                            "Its new topic",
                            from,
                            "Move",
                            to -> to.equals(from) ? Optional.of("") : Topic.fault(to),
                            to -> move(from, to));
            return;
        }
        kit.dialogs()
                .ask(
                        "Move " + Presentation.count(topics.size()) + " topics",
                        "Below which topic?",
                        Topic.parent(topics.get(0)),
                        "Move",
                        Topic::fault,
                        parent -> moveBelow(topics, parent));
    }

    /** Moves topics below another one, one step of undo. */
    void moveBelow(List<String> topics, String parent) {
        List<Edit> moves = new ArrayList<>();
        for (String topic : topics) {
            moves.add(new Edit.MoveBranch(topic, Topic.child(parent, Topic.name(topic))));
        }
        if (moves.size() == 1) {
            move(topics.get(0), Topic.child(parent, Topic.name(topics.get(0))));
        } else {
            services.edits()
                    .make(
                            new Edit.Batch("Move " + moves.size() + " topics", moves),
                            change -> rows.reveal(Topic.child(parent, Topic.name(topics.get(0)))));
        }
    }

    private void delete() {
        List<String> topics = tops(rows.selected());
        List<Edit> removals = new ArrayList<>();
        int mappings = 0;
        for (String topic : topics) {
            NamespaceRow row = index.row(topic);
            if (row != null) {
                removals.add(new Edit.RemoveBranch(topic));
                mappings += row.mappings();
            }
        }
        if (removals.isEmpty()) {
            return;
        }
        Edit edit =
                removals.size() == 1
                        ? removals.get(0)
                        : new Edit.Batch("Delete " + removals.size() + " topics", removals);
        if (mappings <= ASK_ABOVE) {
            services.edits().make(edit);
            return;
        }
        kit.dialogs()
                .confirm(
                        "Delete " + Presentation.count(mappings) + " mappings?",
                        "They stop publishing at once. Undo brings them back.",
                        "Delete",
                        true,
                        () -> services.edits().make(edit));
    }

    /** The topics of rows, without those that lie below another one of them. */
    private static List<String> tops(List<NamespaceRow> chosen) {
        List<String> topics = chosen.stream().map(NamespaceRow::topic).toList();
        return topics.stream()
                .filter(
                        topic ->
                                topics.stream()
                                        .noneMatch(
                                                other ->
                                                        !other.equals(topic)
                                                                && Topic.isWithin(topic, other)))
                .toList();
    }

    private void switchOn() {
        List<Mapping> chosen =
                rows.selected().stream()
                        .map(row -> services.editor().project().mappings().get(row.topic()))
                        .filter(mapping -> mapping != null)
                        .toList();
        boolean on = chosen.stream().noneMatch(Mapping::enabled);
        List<Edit> changes = new ArrayList<>();
        chosen.forEach(mapping -> changes.add(new Edit.PutMapping(mapping.withEnabled(on))));
        services.edits()
                .make(
                        changes.size() == 1
                                ? changes.get(0)
                                : new Edit.Batch(
                                        "Switch "
                                                + changes.size()
                                                + " mappings "
                                                + (on ? "on" : "off"),
                                        changes));
    }

    private void copyTopics() {
        RowCopy.put(String.join("\n", rows.selected().stream().map(NamespaceRow::topic).toList()));
    }

    void showSource(NamespaceRow row) {
        if (row.mapping() != null) {
            services.showTag().accept(row.mapping().source());
        }
    }
}
