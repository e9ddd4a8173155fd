package io.fieldloom.ui.kit;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.scene.input.KeyCombination;

/**
 * Something the engineer can do, wherever it is offered: toolbar, menu, context menu, palette and
 * shortcut all show and run the same command. FX thread only.
 */
public final class Command {
    private final String id;
    private final String group;
    private final String title;
    private final Icon icon;
    private final KeyCombination shortcut;
    private final KeyCombination otherShortcut;
    private final KeyCombination localKey;
    private final BooleanSupplier enabled;
    private final Runnable action;
    private final ReadOnlyBooleanWrapper disabled = new ReadOnlyBooleanWrapper();

    private Command(Builder from, Runnable action) {
        this.id = from.id;
        this.group = from.group;
        this.title = from.title;
        this.icon = from.icon;
        this.shortcut = from.shortcut;
        this.otherShortcut = from.otherShortcut;
        this.localKey = from.localKey;
        this.enabled = from.enabled;
        this.action = Objects.requireNonNull(action, "action");
    }

    /**
     * Begins a command.
     *
     * @param id stable, lower case, with its group: {@code project.save}
     * @param group the menu it stands in
     * @param title what a button or menu says, as an order: {@code Save}; dots at the end when it
     *     asks first
     */
    public static Builder named(String id, String group, String title) {
        return new Builder(id, group, title);
    }

    public String id() {
        return id;
    }

    public String group() {
        return group;
    }

    public String title() {
        return title;
    }

    /** Its icon, or null. */
    public Icon icon() {
        return icon;
    }

    /** Its shortcut, or null. */
    public KeyCombination shortcut() {
        return shortcut;
    }

    /** Another shortcut that does the same, or null. */
    public KeyCombination otherShortcut() {
        return otherShortcut;
    }

    /** The key that does it where the focus is in its feature, or null. */
    public KeyCombination localKey() {
        return localKey;
    }

    /** The title and how to reach it from the keyboard. */
    public String tip() {
        return shortcut == null ? title : title + "  (" + shortcut.getDisplayText() + ")";
    }

    /** Whether it can be run now, as of the newest {@link #refresh}. */
    public ReadOnlyBooleanProperty disabledProperty() {
        return disabled.getReadOnlyProperty();
    }

    /** Asks again whether it can be run. */
    public void refresh() {
        disabled.set(!enabled.getAsBoolean());
    }

    /** Runs it, unless it is disabled now. */
    public void run() {
        refresh();
        if (!disabled.get()) {
            action.run();
        }
    }

    /** Takes the optional parts of a command. */
    public static final class Builder {
        private final String id;
        private final String group;
        private final String title;
        private Icon icon;
        private KeyCombination shortcut;
        private KeyCombination otherShortcut;
        private KeyCombination localKey;
        private BooleanSupplier enabled = () -> true;

        private Builder(String id, String group, String title) {
            this.id = Objects.requireNonNull(id, "id");
            this.group = Objects.requireNonNull(group, "group");
            this.title = Objects.requireNonNull(title, "title");
        }

        public Builder icon(Icon picture) {
            icon = picture;
            return this;
        }

        /** The shortcut, in JavaFX's notation: {@code Shortcut+S}. */
        public Builder key(String keys) {
            shortcut = KeyCombination.valueOf(keys);
            return this;
        }

        /** A second shortcut, for those who are used to it; menus do not show it. */
        public Builder alsoKey(String keys) {
            otherShortcut = KeyCombination.valueOf(keys);
            return this;
        }

        /**
         * A key that the feature itself listens to, such as {@code F2} in its rows; menus show it.
         */
        public Builder localKey(String keys) {
            localKey = KeyCombination.valueOf(keys);
            return this;
        }

        /** When it can be run; asked several times a second, so it answers from what it knows. */
        public Builder when(BooleanSupplier condition) {
            enabled = condition;
            return this;
        }

        public Command does(Runnable action) {
            return new Command(this, action);
        }
    }
}
