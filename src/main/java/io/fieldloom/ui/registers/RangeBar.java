package io.fieldloom.ui.registers;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.Tone;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;

/** Chooses which addresses are shown, and says them in both notations. FX thread only. */
final class RangeBar extends HBox {
    private final ComboBox<Table> table = new ComboBox<>();
    private final TextField start = new TextField();
    private final TextField count = new TextField();
    private final Button back = new Button("‹");
    private final Button next = new Button("›");
    private final Label words = new Label();
    private final Consumer<RegisterRange> changed;
    private RegisterRange range = new RegisterRange(Table.HOLDING, 0, 50);

    /**
     * @param changed takes another range
     */
    RangeBar(Consumer<RegisterRange> changed) {
        super(6);
        this.changed = changed;
        table.getItems().setAll(Table.values());
        table.setConverter(new TableWords());
        table.setAccessibleText("Table");
        table.setMinWidth(140);
        table.valueProperty().addListener((observable, was, now) -> choose(now));
        start.setId("start");
        start.setAccessibleText("Start");
        start.setPrefColumnCount(9);
        Tip.set(
                start,
                "holding:0, 40001, 4x00001, holding:0x0E, or a number counted from 0; then Enter");
        count.setAccessibleText("Count");
        count.setPrefColumnCount(3);
        Tip.set(count, "How many are shown, 1 to " + RegisterRange.MOST);
        for (TextField field : List.of(start, count)) {
            field.setMinWidth(Region.USE_PREF_SIZE);
            field.setOnAction(event -> typed());
            field.focusedProperty()
                    .addListener(
                            (observable, was, focused) -> {
                                if (!focused) {
                                    typed();
                                }
                            });
        }
        step(back, -1, "Addresses before", "The addresses before these");
        step(next, 1, "Addresses after", "The addresses after these");
        words.setId("range");
        words.setMinWidth(0);
        words.setMaxWidth(Double.MAX_VALUE);
        getStyleClass().add("register-range");
        getChildren().addAll(table, start, count, back, next);
        mark();
    }

    private void step(Button button, int ranges, String spoken, String tip) {
        button.setOnAction(event -> range.moved(ranges).ifPresent(this::show));
        button.setAccessibleText(spoken);
        button.getStyleClass().add("quiet");
        button.setMinWidth(Region.USE_PREF_SIZE);
        Tip.set(button, tip);
    }

    /** What is shown, in both notations, or why it cannot be. */
    Label words() {
        return words;
    }

    RegisterRange range() {
        return range;
    }

    void show(RegisterRange wanted) {
        range = wanted;
        mark();
        changed.accept(wanted);
    }

    private void mark() {
        table.setValue(range.table());
        start.setText(range.start());
        count.setText(String.valueOf(range.count()));
        say(range.words(), Tone.DIM);
        back.setDisable(range.moved(-1).isEmpty());
        next.setDisable(range.moved(1).isEmpty());
    }

    private void choose(Table other) {
        if (other != range.table()) {
            show(new RegisterRange(other, range.first(), range.count()));
        }
    }

    private void typed() {
        try {
            RegisterRange wanted =
                    RegisterRange.of(table.getValue(), start.getText(), count.getText());
            if (!wanted.equals(range) || !words.getText().equals(range.words())) {
                show(wanted);
            }
        } catch (MalformedException e) {
            say(Presentation.sentence(e.getMessage()), Tone.BAD);
        }
    }

    private void say(String text, Tone tone) {
        words.setText(text);
        tone.paint(words);
        Tip.set(words, text);
    }

    /** The field's names of the tables. */
    private static final class TableWords extends StringConverter<Table> {
        @Override
        public String toString(Table table) {
            return table == null ? "" : Presentation.table(table);
        }

        @Override
        public Table fromString(String text) {
            throw new UnsupportedOperationException("the choice is not typed");
        }
    }
}
