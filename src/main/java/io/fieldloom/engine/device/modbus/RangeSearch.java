package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.engine.device.Scan.Range;
import io.fieldloom.engine.device.Scan.Where;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * Finds the readable ranges of one table in few questions. Where something can be read, it asks for
 * as much as the device gives and halves what is refused until the end is known; where nothing can,
 * it tries single addresses, and goes back from the first that answers to where its range begins.
 */
final class RangeSearch {
    /** After so many questions without an answer it is seen whether the device has gone. */
    private static final int MOST_SILENT = 3;

    /** So many time-outs in a row are not waited for, though it says nothing only there. */
    private static final int LONGEST_HOLE = 24;

    /** Up to here every address is tried: most devices begin low, and many are scattered there. */
    private static final int THOROUGH_TO = 999;

    private final Where where;
    private final Table table;
    private final Asking asking;
    private final DoubleConsumer progress;
    private int limit;
    private int at;
    private int silent;
    private final List<Integer> unsettled = new ArrayList<>();
    private Outcome last;
    private Call proven;
    private boolean heard;
    private boolean over;
    private boolean gone;

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

    /** Addresses of which nobody knows whether they can be read. */
    List<Integer> unsettled() {
        return unsettled;
    }

    /** How the last question ended that was not answered; null where all were. */
    Outcome lastOpen() {
        return last;
    }

    /** Whether the device has answered anything that tells something. */
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
        return !gone;
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
        Call call = Call.read(table, from, count);
        Outcome outcome = over ? null : asking.ask(call);
        // at first the line may still be busy with what another unit was asked
        for (int more = heard ? 1 : MOST_SILENT - 1; more > 0 && isOpen(outcome); more--) {
            outcome = asking.ask(call);
        }
        if (outcome == null) {
            over = true;
            return false;
        }
        if (isOpen(outcome)) {
            last = outcome;
            if (count == 1) {
                unsettled.add(from);
            }
            silent++;
            gone = !heard || silent >= LONGEST_HOLE || silent >= MOST_SILENT && !isThere();
            over = gone;
            return false;
        }
        heard = true;
        silent = 0;
        over =
                outcome instanceof Outcome.Refused refused
                        && refused.code() == ModbusStatus.ILLEGAL_FUNCTION;
        boolean reads = outcome instanceof Outcome.Data;
        proven = reads ? call : proven;
        return reads;
    }

    /** Whether the device still answers what it has answered before. */
    private boolean isThere() throws IOException {
        if (proven == null) {
            return false;
        }
        Outcome outcome = asking.ask(proven);
        return outcome == null || outcome instanceof Outcome.Data;
    }

    /** Whether an outcome leaves open if the address can be read. */
    private static boolean isOpen(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused
                ? ModbusStatus.isBusy(refused.code())
                        || ModbusStatus.isSilenceBehindGateway(refused.code())
                : outcome != null && !(outcome instanceof Outcome.Data);
    }
}
