package io.fieldloom.domain.project;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.SignalType;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.ModbusAddress;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the nodes or registers of a simulator must obey. */
final class SimulatorRules {
    private SimulatorRules() {}

    static void check(Simulator simulator, Rules.Findings found) {
        if (simulator.protocol().equals(Simulator.MODBUS)) {
            checkRegisters(simulator, found);
        } else if (simulator.isOpcUa()) {
            checkNodes(simulator, found);
        }
    }

    private static void checkNodes(Simulator simulator, Rules.Findings found) {
        Map<String, String> paths = new HashMap<>();
        for (Map.Entry<String, Signal> point : simulator.points().entrySet()) {
            String path = point.getKey();
            if (List.of(path.split("/", -1)).contains("")) {
                found.add(
                        "'" + path + "' is not a path of a node: a part of it is empty",
                        "nodes",
                        path);
                continue;
            }
            String twin = paths.put(path.replace('/', '.'), path);
            if (twin != null) {
                found.add("'" + path + "' and '" + twin + "' have the same NodeId", "nodes", path);
            }
            Signal signal = point.getValue();
            SignalType type = null;
            if (signal.type() == null) {
                found.add(
                        "a node has a type: " + String.join(", ", SignalType.words()),
                        "nodes",
                        path);
            } else {
                type = type(signal.type(), found, "nodes", path, "type");
            }
            check(signal, type, found, "nodes", path);
        }
    }

    private static SignalType type(String word, Rules.Findings found, String... path) {
        try {
            return SignalType.named(word);
        } catch (MalformedException e) {
            found.add(e.getMessage(), path);
            return null;
        }
    }

    private static void checkRegisters(Simulator simulator, Rules.Findings found) {
        Map<ModbusAddress.Table, TreeMap<Integer, Taken>> tables = new HashMap<>();
        for (Map.Entry<String, Signal> point : simulator.points().entrySet()) {
            String text = point.getKey();
            Signal signal = point.getValue();
            ModbusAddress address;
            try {
                address = ModbusAddress.parse(text);
            } catch (MalformedException e) {
                found.add(e.getMessage(), "registers", text);
                continue;
            }
            if (signal.type() != null) {
                try {
                    address = address.as(signal.type());
                } catch (MalformedException e) {
                    found.add(e.getMessage(), "registers", text, "type");
                }
            }
            String overlap =
                    take(
                            tables.computeIfAbsent(address.table(), any -> new TreeMap<>()),
                            address,
                            text);
            if (overlap != null) {
                found.add(
                        "'" + text + "' overlaps '" + overlap + "'; give it other registers",
                        "registers",
                        text);
            }
            check(signal, typeOf(address), found, "registers", text);
        }
    }

    /** Marks registers as taken; the text of whoever has one of them already, or null. */
    private static String take(TreeMap<Integer, Taken> taken, ModbusAddress address, String text) {
        for (int at = address.address(); at < address.address() + address.registers(); at++) {
            Taken other = taken.get(at);
            if (other != null && !other.sharesWith(address.bit())) {
                return other.text;
            }
            taken.computeIfAbsent(at, any -> new Taken(text)).bits.add(address.bit());
        }
        return null;
    }

    /** Who has a register: one address as a whole (bit -1), or several by single bits. */
    private static final class Taken {
        private final String text;
        private final List<Integer> bits = new ArrayList<>();

        Taken(String text) {
            this.text = text;
        }

        boolean sharesWith(int bit) {
            return bit >= 0 && !bits.contains(-1) && !bits.contains(bit);
        }
    }

    private static SignalType typeOf(ModbusAddress address) {
        return switch (address.type()) {
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
    }

    private static void check(
            Signal signal, SignalType type, Rules.Findings found, String section, String key) {
        Signal.Shape shape = signal.shape();
        if (shape == Signal.Shape.STATES && signal.states().isEmpty()) {
            found.add(
                    "a signal of shape states lists them, such as states: [Stopped, Running]",
                    section,
                    key);
        }
        if (shape != Signal.Shape.STATES && !signal.states().isEmpty()) {
            found.add("only a signal of shape states has states", section, key, "states");
        }
        checkFinite(signal.min(), found, section, key, "min");
        checkFinite(signal.max(), found, section, key, "max");
        checkFinite(signal.step(), found, section, key, "step");
        if (signal.min() != null && signal.max() != null && signal.min() > signal.max()) {
            found.add("min is not above max", section, key, "min");
        }
        found.positive(signal.period(), section, key, "period");
        found.positive(signal.each(), section, key, "each");
        checkValue(signal, type, found, section, key);
        if (signal.bad() != null) {
            checkBad(signal.bad(), found, section, key);
        }
    }

    private static void checkFinite(Double number, Rules.Findings found, String... path) {
        if (number != null && !Double.isFinite(number)) {
            found.add(path[path.length - 1] + " is a finite number", path);
        }
    }

    private static void checkValue(
            Signal signal, SignalType type, Rules.Findings found, String section, String key) {
        if (signal.value() == null || type == null) {
            return;
        }
        try {
            if (signal.shape() == Signal.Shape.CONSTANT) {
                type.parse(signal.value());
            } else {
                new BigDecimal(signal.value());
            }
        } catch (MalformedException e) {
            found.add(e.getMessage(), section, key, "value");
        } catch (NumberFormatException e) {
            found.add(
                    "'" + signal.value() + "' is not the number a signal starts with",
                    section,
                    key,
                    "value");
        }
    }

    private static void checkBad(Signal.Bad bad, Rules.Findings found, String section, String key) {
        found.positive(bad.every(), section, key, "bad", "every");
        found.positive(bad.duration(), section, key, "bad", "for");
        if (bad.duration().compareTo(bad.every()) >= 0) {
            found.add("for is shorter than every, or the value never is good", section, key, "bad");
        }
        if (bad.status().isGood()) {
            found.add(
                    "'"
                            + bad.status().name()
                            + "' is not a bad status; write one such as BadSensorFailure",
                    section,
                    key,
                    "bad",
                    "status");
        }
    }
}
