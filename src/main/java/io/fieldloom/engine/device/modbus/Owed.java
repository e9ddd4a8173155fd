package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Questions that one unit has not answered on a line whose answers do not name their question
 * (RTU). Its answer may still come, and must not be taken for the answer to what is asked then. A
 * unit answers in order: once it has answered something that cannot be taken for any of these, they
 * are settled. Belongs to whoever has the line.
 */
final class Owed {
    /** An answer later than that is not to be expected of any device. */
    private static final long FORGOTTEN_AFTER = Duration.ofSeconds(10).toNanos();

    private final List<Call> calls = new ArrayList<>();
    private long since;

    void add(Call call, long now) {
        calls.add(call);
        since = now;
    }

    boolean isAnything(long now) {
        if (now - since > FORGOTTEN_AFTER) {
            calls.clear();
        }
        return !calls.isEmpty();
    }

    void settled() {
        calls.clear();
    }

    /**
     * What to ask so that the answer settles all: the wanted call itself where nothing owed could
     * be taken for its answer, else another read that may be asked instead. Empty where everything
     * has been tried.
     */
    Optional<Call> settling(Call wanted) {
        List<Call> candidates = new ArrayList<>();
        candidates.add(wanted);
        wanted.ofAnotherLength().ifPresent(candidates::add);
        for (Table table : Table.values()) {
            candidates.add(Call.read(table, 0, 1));
        }
        return candidates.stream()
                .filter(each -> calls.stream().allMatch(each::isTellableFrom))
                .findFirst();
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
