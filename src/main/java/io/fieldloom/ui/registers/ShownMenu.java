package io.fieldloom.ui.registers;

import io.fieldloom.domain.tag.ModbusAddress.Type;
import io.fieldloom.ui.kit.Tip;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** Chooses the columns of the grid. FX thread only. */
final class ShownMenu extends MenuButton {
    private final Consumer<Shown> changed;
    private final Map<Type, CheckMenuItem> types = new EnumMap<>(Type.class);
    private final Map<Shown.Mark, CheckMenuItem> marks = new EnumMap<>(Shown.Mark.class);
    private Shown shown = Shown.USUAL;

    /**
     * @param changed takes another choice
     */
    ShownMenu(Consumer<Shown> changed) {
        super("Shown");
        this.changed = changed;
        getStyleClass().add("quiet");
        setMinWidth(USE_PREF_SIZE);
        Tip.set(this, "The types that are shown");
        getItems().add(item("All types and orders", Shown.ALL));
        getItems().add(item("The usual ones", Shown.USUAL));
        getItems().add(new SeparatorMenuItem());
        for (Shown.Mark mark : Shown.Mark.values()) {
            CheckMenuItem item = new CheckMenuItem(mark.toString());
            item.setOnAction(event -> choose(shown.with(mark, item.isSelected())));
            marks.put(mark, item);
        }
        for (Type type : Interpretation.TYPES) {
            CheckMenuItem item = new CheckMenuItem(type.word());
            item.setOnAction(event -> choose(shown.with(type, item.isSelected())));
            types.put(type, item);
        }
        getItems().addAll(marks.values());
        getItems().addAll(types.values());
        mark();
    }

    private MenuItem item(String title, Shown choice) {
        MenuItem item = new MenuItem(title);
        item.setOnAction(event -> choose(choice));
        return item;
    }

    Shown shown() {
        return shown;
    }

    /** Shows other orders; what else is shown stays. */
    void orders(List<Integer> others) {
        if (!others.equals(shown.orders())) {
            choose(shown.withOrders(others));
        }
    }

    private void choose(Shown choice) {
        shown = choice;
        mark();
        changed.accept(choice);
    }

    private void mark() {
        types.forEach((type, item) -> item.setSelected(shown.types().contains(type)));
        marks.forEach((mark, item) -> item.setSelected(shown.marks().contains(mark)));
    }
}
