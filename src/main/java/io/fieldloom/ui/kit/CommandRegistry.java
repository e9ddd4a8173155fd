package io.fieldloom.ui.kit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;

/** All commands of the window, in the order they were added. FX thread only. */
public final class CommandRegistry {
    private final Map<String, Command> commands = new LinkedHashMap<>();

    /** Adds a command; a second one of the same id is a programming error. */
    public void add(Command command) {
        if (commands.putIfAbsent(command.id(), command) != null) {
            throw new IllegalArgumentException("Two commands are called " + command.id());
        }
        command.refresh();
    }

    public Optional<Command> find(String id) {
        return Optional.ofNullable(commands.get(id));
    }

    public Collection<Command> all() {
        return Collections.unmodifiableCollection(commands.values());
    }

    /** Asks every command whether it can be run; the window does so on its beat. */
    public void refresh() {
        commands.values().forEach(Command::refresh);
    }

    /** Makes the shortcuts work anywhere in a scene. */
    public void listenIn(Scene scene) {
        for (Command command : commands.values()) {
            if (command.shortcut() != null) {
                scene.getAccelerators().put(command.shortcut(), command::run);
            }
            if (command.otherShortcut() != null) {
                scene.getAccelerators().put(command.otherShortcut(), command::run);
            }
        }
    }

    /** One menu for each group, with everything in it. */
    public List<MenuItem> menus() {
        Map<String, Menu> groups = new LinkedHashMap<>();
        for (Command command : commands.values()) {
            groups.computeIfAbsent(command.group(), Menu::new).getItems().add(item(command));
        }
        return new ArrayList<>(groups.values());
    }

    /** A menu item for one command. */
    public static MenuItem item(Command command) {
        MenuItem item = new MenuItem(command.title());
        if (command.icon() != null) {
            item.setGraphic(command.icon().node());
        }
        KeyCombination shortcut = command.shortcut();
        if (shortcut != null) {
            item.setAccelerator(shortcut);
        }
        item.disableProperty().bind(command.disabledProperty());
        item.setOnAction(event -> command.run());
        return item;
    }

    /** The items of a context menu, with the keys that do the same; a null is a separator. */
    public static List<MenuItem> items(List<Command> commands) {
        List<MenuItem> items = new ArrayList<>();
        for (Command command : commands) {
            if (command == null) {
                items.add(new SeparatorMenuItem());
            } else {
                command.refresh();
                MenuItem item = item(command);
                if (command.shortcut() == null) {
                    item.setAccelerator(command.localKey());
                }
                items.add(item);
            }
        }
        return items;
    }
}
