package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.engine.device.Scan.Range;
import io.fieldloom.engine.device.Scan.Where;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * Finds the readable ranges of one table in few questions. Where something can be read, it asks for
 * as much as the device gives and halves what is refused until the end is known; where nothing can,
 * it tries single addresses, and goes back from the first that answers to where its range begins.
 */
final class RangeSearch {
    /** A device that falls silent in the middle is not worth asking for the rest. */
    private static final int MOST_SILENT = 3;

    /** Up to here every address is tried: most devices begin low, and many are scattered there. */
    private static final int THOROUGH_TO = 999;

    private final Where where;
    private final Table table;
    private final Asking asking;
    private final DoubleConsumer progress;
    private int limit;
    private int at;
    private int silent;
    private boolean heard;
    private boolean over;

    /** Asks the device; null when the search was cancelled. */
    interface Asking {
        Outcome ask(Call call) throws IOException;
    }

    RangeSearch(Where where, Table table, Asking asking, DoubleConsumer progress) {
        this.where = where;
        this.table = table;
        this.asking = asking;
        this.progress = progress;
        limit = table.isRegisters() ? Learnt.MOST_REGISTERS : Learnt.MOST_BITS;
    }

    /** Where it is, as an address. */
    String place() {
        return table.word() + ":" + at;
    }

    /** Whether the device has answered anything at all. */
    boolean heard() {
        return heard;
    }

    /** False when the device has fallen silent. What was found until then has been told. */
    boolean run(Consumer<Range> found) throws IOException {
        int lastMiss = where.from() - 1;
        at = where.from();
        while (at <= where.to() && !over) {
            if (reads(at, 1)) {
                int begin = at;
                while (begin - 1 > lastMiss && reads(begin - 1, 1)) {
                    begin--;
                }
                at++;
                goToEnd();
                found.accept(new Range(where.unit(), where.table(), begin, at - 1));
                lastMiss = at;
                at++;
            } else {
                lastMiss = at;
                int next = at + (at < THOROUGH_TO ? 1 : where.step());
                at = Math.min(next, Math.max(at + 1, where.to())); // the last one is tried too
            }
            double part = (double) (at - where.from()) / (where.to() - where.from() + 1);
            progress.accept(Math.min(1, part));
        }
        return silent < MOST_SILENT;
    }

    /** Moves to the first address that cannot be read. */
    private void goToEnd() throws IOException {
        while (at <= where.to() && !over) {
            int count = Math.min(limit, where.to() - at + 1);
            int readable = most(count);
            at += readable;
            if (readable < count) {
                if (readable == 0 || !reads(at, 1)) {
                    return;
                }
                limit = readable; // it goes on: the device gives no more in one answer
            }
        }
    }

    /** How many of so many can be read from here in one request. */
    private int most(int count) throws IOException {
        if (reads(at, count)) {
            return count;
        }
        int good = 0;
        int tooMany = count;
        while (tooMany - good > 1) {
            int middle = (good + tooMany) / 2;
            if (reads(at, middle)) {
                good = middle;
            } else {
                tooMany = middle;
            }
        }
        return good;
    }

    private boolean reads(int from, int count) throws IOException {
        Outcome outcome = over ? null : asking.ask(Call.read(table, from, count));
        heard |= outcome instanceof Outcome.Data || outcome instanceof Outcome.Refused;
        if (outcome instanceof Outcome.Data) {
            silent = 0;
            return true;
        }
        if (outcome instanceof Outcome.Refused refused) {
            silent = 0;
            over =
                    refused.code() == ModbusStatus.ILLEGAL_FUNCTION
                            || ModbusStatus.isSilenceBehindGateway(refused.code());
        } else {
            over |= outcome == null || ++silent >= MOST_SILENT;
        }
        return false;
    }
}
