package io.fieldloom.domain.simulation;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The value of one signal at a time since its start: the same signal and seed always give the same
 * curve. Not thread-safe, since a walk remembers where it is; cheap when time moves forward, a walk
 * asked for an earlier time starts over.
 *
 * <p>What a signal leaves out: {@code min} 0, {@code max} 100 (a Boolean: 0 and 1), {@code period}
 * 60 s, a walk's period 200 ms and its step a fiftieth of its range, {@code each} 10 s of states
 * and 1 s of a counter, a counter's step 1.
 */
public final class SignalCurve {
    /** Smooth curves are sampled this often, so that ten of them make 50 changes a second. */
    private static final Duration SMOOTH_PACE = Duration.ofMillis(200);

    private static final Duration LEAST_PACE = Duration.ofMillis(20);
    private static final Duration PERIOD = Duration.ofSeconds(60);

    private final Signal signal;
    private final SignalType type;
    private final double min;
    private final double max;
    private final Duration period;
    private final Duration each;
    private final Value constant;
    private final Walk walk;

    private SignalCurve(Signal signal, long seed) {
        this.signal = signal;
        type = signal.type() == null ? null : SignalType.named(signal.type());
        boolean bool = type == SignalType.BOOLEAN;
        double span = bool ? 1 : 100;
        if (signal.min() != null) {
            min = signal.min();
            max = signal.max() != null ? signal.max() : min + span;
        } else {
            max = signal.max() != null ? signal.max() : span;
            min = Math.min(0, max);
        }
        boolean walks = signal.shape() == Signal.Shape.WALK;
        period = positive(signal.period(), walks ? SMOOTH_PACE : PERIOD);
        each = positive(signal.each(), Duration.ofSeconds(isCounter() ? 1 : 10));
        constant = signal.shape() == Signal.Shape.CONSTANT ? constant() : Value.NONE;
        walk = walks ? new Walk(walkStart(), walkStep(), min, max, seed) : null;
    }

    /** A curve at its start; a type or constant that cannot be understood is malformed. */
    public static SignalCurve of(Signal signal, long seed) {
        return new SignalCurve(signal, seed);
    }

    /**
     * The value after that time.
     *
     * <p>It is of the signal's type; without a type a number is a {@link Value.Float64}, a
     * counter's a {@link Value.Int} where it is whole. A state is {@link Value.Enumerated}, but its
     * name where the type is String. A DateTime that is not constant is the epoch plus the time
     * since the start.
     */
    public Value valueAt(Duration elapsed) {
        if (type == SignalType.DATE_TIME && signal.shape() != Signal.Shape.CONSTANT) {
            return new Value.Time(Instant.EPOCH.plus(elapsed));
        }
        return switch (signal.shape()) {
            case CONSTANT -> constant;
            case COUNTER -> counterAt(elapsed);
            case STATES -> stateAt(elapsed);
            default -> ranged(numberAt(elapsed));
        };
    }

    /** Good, or what the signal's bad times say; the first of them begins after {@code every}. */
    public Status statusAt(Duration elapsed) {
        Signal.Bad bad = signal.bad();
        if (bad == null || bad.every().isZero() || elapsed.compareTo(bad.every()) < 0) {
            return Status.GOOD;
        }
        long into = elapsed.toNanos() % bad.every().toNanos();
        return into < bad.duration().toNanos() ? bad.status() : Status.GOOD;
    }

    /** How often the value is worth asking for; empty where it never changes. */
    public Optional<Duration> pace() {
        return switch (signal.shape()) {
            case CONSTANT -> Optional.empty();
            case COUNTER, STATES -> Optional.of(each);
            case SQUARE -> Optional.of(atLeast(period.dividedBy(2)));
            case WALK -> Optional.of(atLeast(period));
            default -> {
                Duration twentieth = period.dividedBy(20);
                yield Optional.of(
                        twentieth.compareTo(SMOOTH_PACE) < 0 ? atLeast(twentieth) : SMOOTH_PACE);
            }
        };
    }

    private boolean isCounter() {
        return signal.shape() == Signal.Shape.COUNTER;
    }

    private Value constant() {
        String text = signal.value();
        if (type != null) {
            return text == null ? type.of(BigDecimal.valueOf(min)) : type.parse(text);
        }
        if (text == null) {
            return Value.of(min);
        }
        if (text.equals("true") || text.equals("false")) {
            return Value.of(text.equals("true"));
        }
        try {
            return Value.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return Value.of(text);
        }
    }

    private double numberAt(Duration elapsed) {
        double phase = (double) (elapsed.toNanos() % period.toNanos()) / period.toNanos();
        return switch (signal.shape()) {
            case RAMP -> min + phase * (max - min);
            case SINE -> (min + max) / 2 + (max - min) / 2 * Math.sin(2 * Math.PI * phase);
            case SQUARE -> phase < 0.5 ? min : max;
            case WALK -> walk.at(elapsed.toNanos() / period.toNanos());
            default -> throw new IllegalStateException(signal.shape() + " has no number");
        };
    }

    private Value ranged(double number) {
        if (type == null) {
            return Value.of(number);
        }
        return type == SignalType.BOOLEAN
                ? Value.of(number > (min + max) / 2)
                : type.of(Math.max(min, Math.min(max, number)));
    }

    private Value stateAt(Duration elapsed) {
        if (signal.states().isEmpty()) {
            return Value.NONE;
        }
        int state = (int) (elapsed.toNanos() / each.toNanos() % signal.states().size());
        String name = signal.states().get(state);
        return type == SignalType.STRING ? Value.of(name) : new Value.Enumerated(state, name);
    }

    /**
     * Counts by {@code step}; past {@code max} (or the type's end) it starts again at {@code min}.
     */
    private Value counterAt(Duration elapsed) {
        BigDecimal count = BigDecimal.valueOf(elapsed.toNanos() / each.toNanos());
        BigDecimal step = BigDecimal.valueOf(signal.step() == null ? 1 : signal.step());
        BigDecimal start = start();
        boolean down = step.signum() < 0;
        BigDecimal top = bound(signal.max(), type == null ? null : type.most());
        BigDecimal bottom = bound(signal.min(), start.min(BigDecimal.ZERO));
        BigDecimal end = down ? bottom : top;
        BigDecimal again = down ? (top == null ? start : top) : bottom;
        if (end == null || step.signum() == 0) {
            return counted(start.add(step.multiply(count)));
        }
        BigDecimal first = stepsBetween(start, end, step);
        if (count.compareTo(first) < 0) {
            return counted(start.add(step.multiply(count)));
        }
        BigDecimal round = stepsBetween(again, end, step).max(BigDecimal.ONE);
        return counted(again.add(step.multiply(count.subtract(first).remainder(round))));
    }

    private static BigDecimal stepsBetween(BigDecimal from, BigDecimal to, BigDecimal step) {
        return to.subtract(from).divide(step, 0, RoundingMode.FLOOR).add(BigDecimal.ONE);
    }

    private Value counted(BigDecimal number) {
        if (type == SignalType.BOOLEAN) {
            return Value.of(number.toBigInteger().testBit(0));
        }
        if (type != null) {
            return type.of(number);
        }
        BigDecimal whole = number.stripTrailingZeros();
        return whole.scale() <= 0 ? Value.of(whole.toBigInteger()) : Value.of(number.doubleValue());
    }

    private static BigDecimal bound(Double given, BigDecimal otherwise) {
        return given == null ? otherwise : BigDecimal.valueOf(given);
    }

    private BigDecimal start() {
        if (signal.value() == null) {
            return signal.min() == null ? BigDecimal.ZERO : BigDecimal.valueOf(signal.min());
        }
        try {
            return new BigDecimal(signal.value());
        } catch (NumberFormatException e) {
            throw new MalformedException(
                    "'" + signal.value() + "' is not the number a counter or walk starts with");
        }
    }

    private double walkStart() {
        double start = signal.value() == null ? (min + max) / 2 : start().doubleValue();
        return Math.max(min, Math.min(max, start));
    }

    private double walkStep() {
        return signal.step() == null ? (max - min) / 50 : Math.abs(signal.step());
    }

    private static Duration positive(Duration given, Duration otherwise) {
        return given == null || given.isZero() || given.isNegative() ? otherwise : given;
    }

    private static Duration atLeast(Duration pace) {
        return pace.compareTo(LEAST_PACE) < 0 ? LEAST_PACE : pace;
    }
}
