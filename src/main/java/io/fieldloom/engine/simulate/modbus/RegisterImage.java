package io.fieldloom.engine.simulate.modbus;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The four tables of a simulated device. Thread-safe; a value of several registers changes as one,
 * so that no client reads half of it.
 */
final class RegisterImage {
    private final List<SimulatedPoint> points = new ArrayList<>();
    private final Map<Table, Map<Integer, Cell>> tables = new EnumMap<>(Table.class);
    private long changes;

    /** One register or bit, and what lies on it. */
    private static final class Cell {
        private final List<SimulatedPoint> points = new ArrayList<>(1);
        private int word;
    }

    /** A request that the device turns down, with the exception code of its answer. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        static final int ILLEGAL_FUNCTION = 1;
        static final int ILLEGAL_DATA_ADDRESS = 2;
        static final int ILLEGAL_DATA_VALUE = 3;
        static final int DEVICE_FAILURE = 4;

        private final int code;

        Refusal(int code) {
            super("exception " + code, null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** An image at its start; a point that cannot be understood is malformed. */
    RegisterImage(Simulator design) {
        long seed = design.seed() == null ? design.name().hashCode() : design.seed();
        design.points()
                .forEach(
                        (text, signal) -> {
                            try {
                                add(new SimulatedPoint(text, signal, seed));
                            } catch (MalformedException e) {
                                MalformedException named =
                                        new MalformedException(
                                                "simulator "
                                                        + design.name()
                                                        + ": "
                                                        + e.getMessage());
                                named.initCause(e);
                                throw named;
                            }
                        });
        advance(Duration.ZERO);
        changes = 0;
    }

    private void add(SimulatedPoint point) {
        points.add(point);
        ModbusAddress address = point.address();
        Map<Integer, Cell> cells = tables.computeIfAbsent(address.table(), t -> new HashMap<>());
        for (int i = 0; i < address.registers(); i++) {
            cells.computeIfAbsent(address.address() + i, a -> new Cell()).points.add(point);
        }
    }

    /** Lets every signal that is due take its value of that time. */
    synchronized void advance(Duration elapsed) {
        for (SimulatedPoint point : points) {
            if (point.isDue(elapsed) && put(point.address(), point.next(elapsed))) {
                changes++;
            }
        }
    }

    private boolean put(ModbusAddress address, byte[] bytes) {
        Map<Integer, Cell> cells = tables.get(address.table());
        boolean changed = false;
        for (int i = 0; i < address.registers(); i++) {
            Cell cell = cells.get(address.address() + i);
            int word;
            if (!address.table().isRegisters()) {
                word = bytes[0];
            } else if (address.bit() >= 0) {
                int mask = 1 << address.bit();
                word = bytes[0] == 1 ? cell.word | mask : cell.word & ~mask;
            } else {
                word = (bytes[2 * i] & 0xFF) << 8 | bytes[2 * i + 1] & 0xFF;
            }
            changed |= word != cell.word;
            cell.word = word;
        }
        return changed;
    }

    synchronized int[] read(Table table, int from, int count) throws Refusal {
        List<Cell> cells = cells(table, from, count);
        int[] words = new int[count];
        for (int i = 0; i < count; i++) {
            if (cells.get(i).points.stream().anyMatch(SimulatedPoint::isBad)) {
                throw new Refusal(Refusal.DEVICE_FAILURE);
            }
            words[i] = cells.get(i).word;
        }
        return words;
    }

    /**
     * Writes all words or none. An address that is not writable is refused as if it were not there
     * (exception 2); of a register that has bits as points, only bits that may not be written
     * count, and only if they would change.
     */
    synchronized void write(Table table, int from, int[] words) throws Refusal {
        List<Cell> cells = cells(table, from, words.length);
        for (int i = 0; i < words.length; i++) {
            if (!mayTake(cells.get(i), words[i])) {
                throw new Refusal(Refusal.ILLEGAL_DATA_ADDRESS);
            }
        }
        for (int i = 0; i < words.length; i++) {
            if (cells.get(i).word != words[i]) {
                cells.get(i).word = words[i];
                changes++;
            }
        }
    }

    /** Function 22 (Modbus Application Protocol V1.1b3, 6.16). */
    synchronized void mask(int address, int and, int or) throws Refusal {
        int old = cells(Table.HOLDING, address, 1).get(0).word;
        write(Table.HOLDING, address, new int[] {old & and | or & ~and & 0xFFFF});
    }

    synchronized long changes() {
        return changes;
    }

    int points() {
        return points.size();
    }

    private static boolean mayTake(Cell cell, int word) {
        boolean writable = false;
        for (SimulatedPoint point : cell.points) {
            int bit = point.address().bit();
            boolean untouched = bit >= 0 && ((word ^ cell.word) >> bit & 1) == 0;
            if (!point.isWritable() && !untouched) {
                return false;
            }
            writable |= point.isWritable();
        }
        return writable;
    }

    private List<Cell> cells(Table table, int from, int count) throws Refusal {
        Map<Integer, Cell> all = tables.getOrDefault(table, Map.of());
        List<Cell> cells = new ArrayList<>(count);
        for (int address = from; address < from + count; address++) {
            Cell cell = all.get(address);
            if (cell == null) {
                throw new Refusal(Refusal.ILLEGAL_DATA_ADDRESS);
            }
            cells.add(cell);
        }
        return cells;
    }
}
