package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Questions that one unit has not answered on a line whose answers do not name their question
 * (RTU). Its answer may still come, and must not be taken for the answer to what is asked then. A
 * unit answers in order: once it has answered something that cannot be taken for any of these, they
 * are settled. Belongs to whoever has the line.
 *
 * <p>At first there is doubt: another program may have asked just before, and its answers come here
 * now. The doubt ends with data of a length that nobody is likely to have asked for.
 */
final class Owed {
    /** An answer later than that is not to be expected of any device. */
    private static final long FORGOTTEN_AFTER = Duration.ofSeconds(10).toNanos();

    private static final int LEAST_UNUSUAL = 3;
    private static final int MOST_UNUSUAL = 16;
    private static final int TRIES = 3;

    private final List<Call> calls = new ArrayList<>();
    private boolean doubtful;
    private boolean refusedInDoubt;
    private long since;

    /**
     * @param opened when the line was taken
     */
    Owed(long opened) {
        doubt(opened);
    }

    /** Somebody else may have asked until that time. */
    void doubt(long opened) {
        doubtful = true;
        refusedInDoubt = false;
        since = opened;
    }

    boolean isDoubtful() {
        return doubtful;
    }

    void add(Call call, long now) {
        calls.add(call);
        since = now;
    }

    boolean isAnything(long now) {
        if (now - since > FORGOTTEN_AFTER) {
            calls.clear();
            doubtful = false;
        }
        return doubtful || !calls.isEmpty();
    }

    /**
     * In doubt a refusal is no proof, since all refusals of one function look alike; after it
     * another function is asked.
     */
    void settled(Outcome answer) {
        calls.clear();
        if (doubtful) {
            doubtful = !refusedInDoubt && !(answer instanceof Outcome.Data);
            refusedInDoubt = doubtful;
        }
    }

    /**
     * There was no answer to what should end the doubt. A unit that refuses one function and
     * ignores the other is believed then: a whole time-out has gone by without a late answer.
     */
    boolean isAskedInVain() {
        boolean over = doubtful && refusedInDoubt;
        doubtful &= !over;
        return over;
    }

    /**
     * What to ask so that the answer settles all: the wanted call itself where nothing owed could
     * be taken for its answer, else another read that may be asked instead. Empty where everything
     * has been tried.
     */
    Optional<Call> settling(Call wanted) {
        List<Call> candidates = new ArrayList<>();
        if (doubtful) {
            unusual(wanted, candidates);
        } else {
            candidates.add(wanted);
            wanted.ofAnotherLength().ifPresent(candidates::add);
            for (Table table : Table.values()) {
                candidates.add(Call.read(table, 0, 1));
            }
        }
        return candidates.stream()
                .filter(each -> calls.stream().allMatch(each::isTellableFrom))
                .findFirst();
    }

    /**
     * Reads near what is wanted, of lengths that no answer of another program is likely to have.
     */
    private void unusual(Call wanted, List<Call> into) {
        // a device may be silent at a block that touches one of its holes
        boolean isElsewhere = calls.size() % 2 == 1;
        Table own = wanted.readTable().orElse(Table.HOLDING);
        if (!refusedInDoubt) {
            for (int i = 0; i < TRIES; i++) {
                into.add(wanted.apart(own, isElsewhere, unusualLength()));
            }
        }
        for (Table other : List.of(Table.HOLDING, Table.INPUT, Table.COIL, Table.DISCRETE)) {
            if (other != own) {
                into.add(wanted.apart(other, isElsewhere, unusualLength()));
            }
        }
    }

    private static int unusualLength() {
        return ThreadLocalRandom.current().nextInt(LEAST_UNUSUAL, MOST_UNUSUAL + 1);
    }

    /** Whether an exception for that call could be meant for one of these. */
    boolean hasFunction(int function) {
        return calls.stream().anyMatch(call -> call.function() == function);
    }

    /** A late answer came: as many as questions may come, and no more. */
    void came(byte[] pdu) {
        for (Call call : calls) {
            if (!(call.outcome(pdu) instanceof Outcome.Garbled)) {
                calls.remove(call);
                return;
            }
        }
    }

    /** Whether it may be the late answer to one of these. */
    boolean isAnsweredBy(byte[] pdu) {
        return calls.stream().anyMatch(call -> !(call.outcome(pdu) instanceof Outcome.Garbled));
    }
}
