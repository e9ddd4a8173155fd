package io.fieldloom.ui.devices;

import io.fieldloom.domain.tag.TagTable;
import io.fieldloom.domain.tag.TagTable.Column;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.util.StringConverter;

/** The first rows of a table with a choice above each column of what it holds. FX thread only. */
final class ColumnMapping extends ScrollPane {
    private static final int MOST_ROWS = 5;
    private static final int MOST_COLUMNS = 40;
    private static final int MOST_LETTERS = 40;
    private static final double COLUMN = 128;

    private final GridPane grid = new GridPane();
    private final List<ComboBox<Column>> choices = new ArrayList<>();
    private boolean filling;
    private Runnable onChange = () -> {};

    ColumnMapping() {
        super();
        grid.setHgap(8);
        grid.setVgap(3);
        setContent(grid);
        getStyleClass().add("dialog-body");
        setVbarPolicy(ScrollBarPolicy.NEVER);
        setMinHeight(USE_PREF_SIZE);
        setAccessibleText("Columns of the table");
    }

    void onChange(Runnable action) {
        onChange = action;
    }

    /** Shows a table with a guess of its columns. */
    void show(TagTable table) {
        grid.getChildren().clear();
        choices.clear();
        List<List<String>> cells = table.cells();
        int columns = Math.min(MOST_COLUMNS, cells.stream().mapToInt(List::size).max().orElse(0));
        for (int at = 0; at < columns; at++) {
            ComboBox<Column> choice = choice(at);
            choices.add(choice);
            grid.add(choice, at, 0);
        }
        int rows = Math.min(MOST_ROWS, cells.size());
        for (int row = 0; row < rows; row++) {
            List<String> line = cells.get(row);
            for (int at = 0; at < Math.min(columns, line.size()); at++) {
                grid.add(cell(line.get(at), row == 0 && table.hasHeader()), at, row + 1);
            }
        }
        filling = true;
        table.guess()
                .forEach(
                        (column, at) -> {
                            if (at < choices.size()) {
                                choices.get(at).setValue(column);
                            }
                        });
        filling = false;
    }

    private ComboBox<Column> choice(int at) {
        ComboBox<Column> choice = new ComboBox<>();
        choice.getItems().add(null);
        choice.getItems().addAll(Column.values());
        choice.setConverter(new Words());
        choice.setPrefWidth(COLUMN);
        choice.setAccessibleText("Column " + (at + 1));
        choice.valueProperty().addListener((observable, was, now) -> chosen(choice, now));
        return choice;
    }

    /** A kind of content is in one column only. */
    private void chosen(ComboBox<Column> choice, Column now) {
        if (filling) {
            return;
        }
        filling = true;
        for (ComboBox<Column> other : choices) {
            if (other != choice && now != null && other.getValue() == now) {
                other.setValue(null);
            }
        }
        filling = false;
        onChange.run();
    }

    private static Label cell(String text, boolean heading) {
        String shown = text.length() > MOST_LETTERS ? text.substring(0, MOST_LETTERS) + "…" : text;
        Label label = new Label(shown);
        label.getStyleClass().add(heading ? "dim" : "mono");
        label.setMaxWidth(COLUMN);
        return label;
    }

    /** The places of the columns that are taken. */
    Map<Column, Integer> columns() {
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        for (int at = 0; at < choices.size(); at++) {
            if (choices.get(at).getValue() != null) {
                columns.put(choices.get(at).getValue(), at);
            }
        }
        return columns;
    }

    private static final class Words extends StringConverter<Column> {
        @Override
        public String toString(Column column) {
            if (column == null) {
                return "not taken";
            }
            String word = column.name();
            return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
        }

        @Override
        public Column fromString(String text) {
            throw new UnsupportedOperationException("the choice is not typed");
        }
    }
}
