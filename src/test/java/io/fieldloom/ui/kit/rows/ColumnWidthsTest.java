package io.fieldloom.ui.kit.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnWidthsTest {
    private static final List<Column<String>> COLUMNS =
            List.of(
                    Column.text("Topic", 0, (row, cell) -> {}),
                    Column.<String>text("Source", 178, (row, cell) -> {}).keep(1),
                    Column.<String>number("Value", 84, (row, cell) -> {}).keep(2));

    @Test
    void theTreeTakesWhatTheOthersLeave() {
        assertThat(ColumnWidths.share(600, COLUMNS)).containsExactly(322, 178, 84);
    }

    // A half-hidden number misleads; a hidden column is only not there.
    @Test
    void columnsGoWholeAndTheLeastImportantFirst() {
        assertThat(ColumnWidths.share(380, COLUMNS)).containsExactly(288, 0, 84);
        assertThat(ColumnWidths.share(200, COLUMNS)).containsExactly(200, 0, 0);
    }

    @Test
    void aColumnShrinksBeforeItGoesAndTheTreeKeepsWhatItNeeds() {
        List<Column<String>> columns =
                List.of(
                        Column.<String>text("Topic", 0, (row, cell) -> {}).least(200),
                        Column.<String>text("Source", 178, (row, cell) -> {}).least(100).keep(1),
                        Column.<String>number("Value", 84, (row, cell) -> {}).keep(2));

        assertThat(ColumnWidths.share(420, columns)).containsExactly(200, 120, 84);
        assertThat(ColumnWidths.share(395, columns)).containsExactly(303, 0, 84);
    }

    @Test
    void anotherColumnMayTakeTheRest() {
        List<Column<String>> columns =
                List.of(
                        Column.text("Topic", 300, (row, cell) -> {}),
                        Column.<String>text("Problem", 0, (row, cell) -> {}).grows(),
                        Column.<String>text("Fix", 200, (row, cell) -> {}));

        assertThat(ColumnWidths.share(1_016, columns)).containsExactly(300, 500, 200);
        assertThat(ColumnWidths.share(600, columns)).containsExactly(300, 292, 0);
    }

    // The name of a row stays beside whatever column is looked at, and no room stays empty.
    @Test
    void columnsScrollBesideTheFirst() {
        List<Column<String>> columns =
                List.of(
                        Column.text("Address", 100, (row, cell) -> {}),
                        Column.<String>number("uint16", 60, (row, cell) -> {}),
                        Column.<String>number("float32", 92, (row, cell) -> {}),
                        Column.<String>number("float64", 92, (row, cell) -> {}));

        assertThat(ColumnWidths.from(1, 276, columns)).containsExactly(100, 64, 96, 0);
        assertThat(ColumnWidths.lastStart(276, columns)).isEqualTo(3);
        assertThat(ColumnWidths.from(2, 300, columns)).containsExactly(100, 0, 92, 92);
        assertThat(ColumnWidths.lastStart(300, columns)).isEqualTo(2);
        assertThat(ColumnWidths.lastStart(400, columns)).isEqualTo(1);
    }
}
