package io.fieldloom.ui.registers;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.tag.ModbusNotation;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which addresses are shown.
 *
 * @param first zero-based
 * @param count how many
 */
record RegisterRange(Table table, int first, int count) {
    /** More than a person looks through, and four requests a second to most devices. */
    static final int MOST = 500;

    private static final int END = 65_536;

    /** Reads what was typed: a number counted from 0, or any notation that names its table. */
    static RegisterRange of(Table table, String start, String count) {
        ModbusAddress from =
                ModbusNotation.parse(start.strip(), table, ModbusNotation.Base.ZERO).address();
        String number = count.strip();
        if (!number.matches("\\d{1,4}")
                || Integer.parseInt(number) < 1
                || Integer.parseInt(number) > MOST) {
            throw new MalformedException(
                    "'" + number + "' will not do: show 1 to " + MOST + " at a time");
        }
        int most = Math.min(Integer.parseInt(number), END - from.address());
        return new RegisterRange(from.table(), from.address(), most);
    }

    /** The addresses one by one, as a device is asked for them. */
    List<String> addresses() {
        return IntStream.range(first, first + count)
                .mapToObj(address -> table.word() + ":" + address)
                .toList();
    }

    /** The first address, as it can be typed again. */
    String start() {
        return text(first);
    }

    /** Both notations: {@code holding:0 to holding:49, in manuals 40001 to 40050}. */
    String words() {
        return text(first)
                + " to "
                + text(last())
                + ", in manuals "
                + manual(first)
                + " to "
                + manual(last());
    }

    /** The range as far away again, as far as there are addresses. */
    Optional<RegisterRange> moved(int ranges) {
        int to = Math.max(0, Math.min(END - count, first + ranges * count));
        return to == first ? Optional.empty() : Optional.of(new RegisterRange(table, to, count));
    }

    private int last() {
        return first + count - 1;
    }

    private String text(int address) {
        return table.word() + ":" + address;
    }

    private String manual(int address) {
        return ModbusAddress.parse(text(address)).manualNotation();
    }
}
