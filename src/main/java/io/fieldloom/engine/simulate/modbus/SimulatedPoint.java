package io.fieldloom.engine.simulate.modbus;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.SignalCurve;
import io.fieldloom.domain.simulation.SignalType;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.modbus.RegisterCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One address of a simulated device and the signal that drives it. Not thread-safe. */
final class SimulatedPoint {
    private static final int MOST_BCD16 = 9_999;
    private static final int MOST_BCD32 = 99_999_999;

    private final ModbusAddress address;
    private final Signal signal;
    private final SignalCurve curve;
    private Duration due = Duration.ZERO;
    private boolean constant;
    private boolean bad;

    /** A point; an address or a constant that cannot be understood is malformed. */
    SimulatedPoint(String address, Signal signal, long seed) {
        ModbusAddress written = ModbusAddress.parse(address);
        this.address = signal.type() == null ? written : written.as(signal.type());
        this.signal = signal;
        try {
            curve = SignalCurve.of(typed(this.address, signal), seed ^ address.hashCode());
        } catch (MalformedException e) {
            MalformedException named = new MalformedException(address + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    ModbusAddress address() {
        return address;
    }

    boolean isWritable() {
        return signal.writable() && address.table().isWritable();
    }

    /** Whether its signal has a bad time now; as of the last {@link #next}. */
    boolean isBad() {
        return bad;
    }

    /** Whether its signal has something to say at that time. */
    boolean isDue(Duration elapsed) {
        bad = curve.statusAt(elapsed).isBad();
        return !constant && elapsed.compareTo(due) >= 0;
    }

    /** Its registers at that time, as bytes; of a coil, discrete input or bit one byte, 0 or 1. */
    byte[] next(Duration elapsed) {
        curve.pace()
                .ifPresentOrElse(
                        pace ->
                                due =
                                        Duration.ofNanos(
                                                (elapsed.toNanos() / pace.toNanos() + 1)
                                                        * pace.toNanos()),
                        () -> constant = true);
        Value value = curve.valueAt(elapsed);
        if (address.type() == ModbusAddress.Type.BOOL) {
            return new byte[] {(byte) (isOn(value) ? 1 : 0)};
        }
        return RegisterCodec.encode(address, fitted(value));
    }

    private static boolean isOn(Value value) {
        if (value instanceof Value.Bool bool) {
            return bool.value();
        }
        if (value instanceof Value.Enumerated state) {
            return state.number() != 0;
        }
        return value instanceof Value.Numeric number && number.asDouble() != 0;
    }

    /** What a signal may reach but the registers cannot hold is cut to the nearest they can. */
    private Value fitted(Value value) {
        return switch (address.type()) {
            case BCD16 -> within(value, MOST_BCD16);
            case BCD32 -> within(value, MOST_BCD32);
            case STRING -> value instanceof Value.Text text ? Value.of(cut(text.value())) : value;
            default -> value instanceof Value.None ? Value.of(0L) : value;
        };
    }

    private static Value within(Value value, int most) {
        return value instanceof Value.Int number
                ? Value.of(Math.max(0, Math.min(most, number.value())))
                : value;
    }

    private String cut(String text) {
        String shorter = text;
        while (shorter.getBytes(StandardCharsets.UTF_8).length > 2 * address.registers()) {
            shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
        }
        return shorter;
    }

    private static Signal typed(ModbusAddress address, Signal signal) {
        SignalType type =
                switch (address.type()) {
                    case BOOL -> SignalType.BOOLEAN;
                    case UINT16, BCD16 -> SignalType.UINT16;
                    case INT16 -> SignalType.INT16;
                    case UINT32, BCD32 -> SignalType.UINT32;
                    case INT32 -> SignalType.INT32;
                    case UINT64 -> SignalType.UINT64;
                    case INT64 -> SignalType.INT64;
                    case FLOAT32 -> SignalType.FLOAT;
                    case FLOAT64 -> SignalType.DOUBLE;
                    case STRING -> SignalType.STRING;
                };
        return new Signal(
                type.word(),
                signal.shape(),
                signal.value(),
                signal.min(),
                signal.max(),
                signal.period(),
                signal.step(),
                signal.states(),
                signal.each(),
                signal.unit(),
                signal.writable(),
                signal.bad());
    }
}
