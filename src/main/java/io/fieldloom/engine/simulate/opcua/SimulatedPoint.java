package io.fieldloom.engine.simulate.opcua;

import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.SignalCurve;
import io.fieldloom.domain.simulation.SignalType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** One variable and the curve it follows. Used by the simulator's ticking thread alone. */
final class SimulatedPoint {
    /** How finely the begin and end of a bad time are met. */
    private static final Duration BAD_PACE = Duration.ofMillis(100);

    private final Signal signal;
    private final SignalCurve curve;
    private final SignalType type;
    private final UaVariableNode node;
    private final Instant start;
    private final long paceNanos;
    private long originNanos;
    private long dueNanos;

    /**
     * @param start the simulator's start, the zero of a running DateTime
     */
    SimulatedPoint(
            Signal signal, SignalCurve curve, SignalType type, UaVariableNode node, Instant start) {
        this.signal = signal;
        this.curve = curve;
        this.type = type;
        this.node = node;
        this.start = signal.shape() == Signal.Shape.CONSTANT ? Instant.EPOCH : start;
        Optional<Duration> pace = curve.pace();
        if (signal.bad() != null && pace.orElse(signal.bad().every()).compareTo(BAD_PACE) > 0) {
            pace = Optional.of(BAD_PACE);
        }
        paceNanos = pace.map(Duration::toNanos).orElse(0L);
    }

    /** Whether it ever changes by itself. */
    boolean isAlive() {
        return paceNanos > 0;
    }

    boolean isCounter() {
        return signal.shape() == Signal.Shape.COUNTER;
    }

    long dueNanos() {
        return dueNanos;
    }

    /** A counter begins anew. */
    void restart(long now) {
        originNanos = now;
        dueNanos = now;
    }

    /**
     * Sets the node to what the curve says now.
     *
     * @param now nanoseconds since the simulator's start
     * @return whether value or status became another one
     */
    boolean tick(long now) {
        Duration elapsed = Duration.ofNanos(Math.max(0, now - originNanos));
        dueNanos += Math.max(1, (now - dueNanos) / Math.max(1, paceNanos) + 1) * paceNanos;
        DataValue before = node.getValue();
        Variant value =
                signal.shape() == Signal.Shape.CONSTANT
                        ? before.value() // a client may have written it
                        : WireValues.variant(curve.valueAt(elapsed), type, start);
        DataValue after =
                new DataValue(
                        value,
                        WireValues.code(curve.statusAt(elapsed)),
                        DateTime.now(),
                        DateTime.now());
        if (after.value().equals(before.value())
                && after.statusCode().equals(before.statusCode())) {
            return false;
        }
        node.setValue(after);
        return true;
    }
}
