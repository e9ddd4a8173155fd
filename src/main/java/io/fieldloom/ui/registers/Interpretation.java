package io.fieldloom.ui.registers;

import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to read registers.
 *
 * @param order as the type has it
 */
record Interpretation(Type type, String order) {
    /** The orders of two registers; the default first. */
    static final List<String> ORDERS = Type.UINT32.orders();

    /** The types whose columns follow the chosen order, the likeliest first. */
    private static final List<Type> WIDE = List.of(Type.FLOAT32, Type.INT32, Type.UINT32);

    /** The columns for some orders: the narrow types, then each wide one in each order. */
    static List<Interpretation> columns(List<String> orders) {
        List<Interpretation> columns = new ArrayList<>();
        columns.add(new Interpretation(Type.UINT16, "AB"));
        columns.add(new Interpretation(Type.INT16, "AB"));
        for (Type type : WIDE) {
            orders.forEach(order -> columns.add(new Interpretation(type, order)));
        }
        return columns;
    }

    /** How an address is read. */
    static Interpretation of(ModbusAddress address) {
        return new Interpretation(address.type(), address.order());
    }

    boolean fits(ModbusAddress address) {
        return address.bit() < 0 && address.type() == type && address.order().equals(order);
    }

    String title() {
        return type.registers() == 1 ? type.word() : type.word() + " " + order;
    }
}
