package io.fieldloom.ui.registers;

import io.fieldloom.domain.tag.ModbusAddress.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which columns the grid has.
 *
 * @param types types of numbers
 * @param marks what else is shown of one register
 * @param orders places among {@link Interpretation#ORDERS}
 */
record Shown(Set<Type> types, Set<Mark> marks, List<Integer> orders) {
    /** What most devices need. */
    static final Shown USUAL =
            new Shown(
                    EnumSet.of(Type.UINT16, Type.INT16, Type.FLOAT32, Type.INT32, Type.UINT32),
                    EnumSet.allOf(Mark.class),
                    List.of(0));

    /** Everything that registers can mean. */
    static final Shown ALL =
            new Shown(
                    EnumSet.copyOf(Interpretation.TYPES),
                    EnumSet.allOf(Mark.class),
                    List.of(0, 1, 2, 3));

    Shown {
        types = Set.copyOf(types);
        marks = Set.copyOf(marks);
        orders = List.copyOf(orders);
    }

    /** Other views of one register than a number. */
    enum Mark {
        HEX("hex"),
        BITS("bits"),
        TEXT("text");

        private final String words;

        Mark(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    Shown with(Type type, boolean on) {
        return new Shown(changed(types, type, on), marks, orders);
    }

    Shown with(Mark mark, boolean on) {
        return new Shown(types, changed(marks, mark, on), orders);
    }

    Shown withOrders(List<Integer> others) {
        return new Shown(types, marks, others);
    }

    private static <T> Set<T> changed(Set<T> all, T one, boolean on) {
        List<T> changed = new ArrayList<>(all);
        changed.remove(one);
        if (on) {
            changed.add(one);
        }
        return Set.copyOf(changed);
    }

    /**
     * The columns of numbers. One register is read as it lies, and with its bytes swapped only
     * where all orders are shown.
     */
    List<Interpretation> columns() {
        return Interpretation.TYPES.stream()
                .filter(types::contains)
                .flatMap(type -> orders(type).mapToObj(order -> Interpretation.of(type, order)))
                .toList();
    }

    private IntStream orders(Type type) {
        if (type.registers() > 1) {
            return orders.stream().mapToInt(Integer::intValue);
        }
        return orders.size() > 1 ? IntStream.of(0, 2) : IntStream.of(0);
    }
}
