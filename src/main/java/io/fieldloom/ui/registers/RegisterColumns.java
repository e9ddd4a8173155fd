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
            Shown shown,
            BiPredicate<RegisterRow, Interpretation> isPointed,
            BiConsumer<RegisterRow, Interpretation> point) {
        List<Column<RegisterRow>> columns = new ArrayList<>();
        columns.add(Column.text("Address", 170, RegisterColumns::paintAddress));
        if (shown.marks().contains(Shown.Mark.HEX)) {
            columns.add(Column.number("Hex", 48, RegisterColumns::paintHex));
        }
        if (shown.marks().contains(Shown.Mark.BITS)) {
            columns.add(Column.text("Bits", 160, RegisterColumns::paintBits));
        }
        if (shown.marks().contains(Shown.Mark.TEXT)) {
            columns.add(Column.text("Text", 38, RegisterColumns::paintText));
        }
        for (Interpretation how : shown.columns()) {
            columns.add(
                    Column.<RegisterRow>number(
                                    how.title(),
                                    width(how),
                                    (row, cell) ->
                                            paint(row.reading(how), isPointed.test(row, how), cell))
                            .onPoint(row -> point.accept(row, how)));
        }
        return columns;
    }

    /** Where one of the shown interpretations stands among all columns. */
    static int place(Shown shown, int column) {
        return 1 + shown.marks().size() + column;
    }

    private static double width(Interpretation how) {
        return switch (how.type().registers()) {
            case 1 -> 64;
            case 2 -> 104;
            default -> 132;
        };
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
        if (row.isGood()) {
            row.word().ifPresent(word -> cell.text(bits(word)).mono());
        } else {
            cell.text(row.sample().status().name()).tone(Tone.BAD);
        }
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
        row.word().ifPresent(word -> cell.text(letter(word >> 8) + letter(word)).mono());
    }

    private static String letter(int word) {
        int one = word & 0xFF;
        return one >= 0x20 && one < 0x7F ? Character.toString(one) : "·";
    }
}
