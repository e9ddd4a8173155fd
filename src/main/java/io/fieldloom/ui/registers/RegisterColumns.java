package io.fieldloom.ui.registers;

import io.fieldloom.engine.device.modbus.RegisterReadings.Reading;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/** How registers and bits are shown. */
final class RegisterColumns {
    /** What the name of an exception takes. */
    private static final double EXCEPTION = 190;

    private RegisterColumns() {}

    /** The columns of coils and discrete inputs. */
    static List<Column<RegisterRow>> bits() {
        return List.of(
                Column.text("Address", 180, RegisterColumns::paintAddress),
                Column.<RegisterRow>text("Value", 0, RegisterColumns::paintBit).grows());
    }

    /**
     * The columns of registers.
     *
     * @param isPointed whether a cell is the one that a person points at
     * @param point points at a cell
     */
    static List<Column<RegisterRow>> registers(
            List<String> orders,
            BiPredicate<RegisterRow, Interpretation> isPointed,
            BiConsumer<RegisterRow, Interpretation> point) {
        List<Column<RegisterRow>> columns = new ArrayList<>();
        columns.add(Column.text("Address", 180, RegisterColumns::paintAddress));
        columns.add(Column.<RegisterRow>number("Hex", 48, RegisterColumns::paintHex).keep(98));
        int keep = 90;
        for (Interpretation how : Interpretation.columns(orders)) {
            double width = how.type().registers() == 1 ? 58 : 104;
            columns.add(
                    Column.<RegisterRow>number(
                                    how.title(),
                                    width,
                                    (row, cell) ->
                                            paint(row.reading(how), isPointed.test(row, how), cell))
                            .keep(keep--)
                            .onClick(row -> point.accept(row, how)));
        }
        columns.add(Column.<RegisterRow>text("", 6, (row, cell) -> {}).keep(60));
        columns.add(Column.<RegisterRow>text("Bits", 150, RegisterColumns::paintBits).keep(60));
        columns.add(
                Column.<RegisterRow>text("Text", 0, RegisterColumns::paintText)
                        .least(EXCEPTION)
                        .grows());
        return columns;
    }

    private static void paintAddress(RegisterRow row, Cell cell) {
        cell.text(row.address().text()).mono().note(row.address().manualNotation(), "");
    }

    private static void paintHex(RegisterRow row, Cell cell) {
        if (row.isGood()) {
            row.word().ifPresent(word -> cell.text(String.format(Locale.ROOT, "%04X", word)));
        } else {
            cell.text("–").tone(Tone.DIM).tip(row.sample().status().name());
        }
    }

    private static void paint(Optional<Reading> reading, boolean pointed, Cell cell) {
        if (reading.isPresent()) {
            cell.text(Presentation.value(reading.get().value()))
                    .tip(
                            () ->
                                    reading.get().address().text()
                                            + "\n"
                                            + Presentation.exact(reading.get().value()));
        }
        if (pointed) {
            cell.tone(Tone.LINK).strong();
        }
    }

    private static void paintBit(RegisterRow row, Cell cell) {
        if (row.isGood()) {
            cell.text(Presentation.value(row.sample().value())).mono();
        } else {
            cell.text(row.sample().status().name()).tone(Tone.BAD);
        }
    }

    private static void paintBits(RegisterRow row, Cell cell) {
        row.word().ifPresent(word -> cell.text(bits(word)).mono());
    }

    /** The highest first, in groups of four. */
    private static String bits(int word) {
        StringBuilder digits = new StringBuilder();
        for (int bit = 15; bit >= 0; bit--) {
            digits.append(word >> bit & 1);
            if (bit % 4 == 0 && bit > 0) {
                digits.append(' ');
            }
        }
        return digits.toString();
    }

    private static void paintText(RegisterRow row, Cell cell) {
        if (row.isGood()) {
            row.word().ifPresent(word -> cell.text(letter(word >> 8) + letter(word)).mono());
        } else {
            cell.text(row.sample().status().name()).tone(Tone.BAD);
        }
    }

    private static String letter(int word) {
        int one = word & 0xFF;
        return one >= 0x20 && one < 0x7F ? Character.toString(one) : "·";
    }
}
