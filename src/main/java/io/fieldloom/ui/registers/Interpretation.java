package io.fieldloom.ui.registers;

import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import java.util.List;

/**
 * A way to read registers.
 *
 * @param order as the type has it
 * @param bit of a register, or -1
 */
record Interpretation(Type type, String order, int bit) {
    /** The orders of two registers; the default first. Those of other lengths go with them. */
    static final List<String> ORDERS = Type.UINT32.orders();

    /** The register as a plain number, as most devices have most of them. */
    static final Interpretation PLAIN = of(Type.UINT16, 0);

    /** The types of numbers, the likeliest first. */
    static final List<Type> TYPES =
            List.of(
                    Type.UINT16,
                    Type.INT16,
                    Type.FLOAT32,
                    Type.INT32,
                    Type.UINT32,
                    Type.FLOAT64,
                    Type.INT64,
                    Type.UINT64,
                    Type.BCD16,
                    Type.BCD32);

    /**
     * A type in one of the {@link #ORDERS}; where a value has one register, both orders that swap
     * no bytes are one, and so are those that do.
     */
    static Interpretation of(Type type, int order) {
        List<String> orders = type.orders();
        return new Interpretation(type, orders.get(orders.size() == 2 ? order / 2 : order), -1);
    }

    /** How an address is read. */
    static Interpretation of(ModbusAddress address) {
        return new Interpretation(address.type(), address.order(), address.bit());
    }

    static Interpretation ofBit(int bit) {
        return new Interpretation(Type.BOOL, "", bit);
    }

    /** The place of its order among the {@link #ORDERS}. */
    int place() {
        List<String> orders = type.orders();
        return Math.max(0, orders.indexOf(order)) * (orders.size() == 2 ? 2 : 1);
    }

    boolean isOneRegister() {
        return type.registers() == 1;
    }

    String title() {
        boolean plain = isOneRegister() && place() == 0;
        return plain ? type.word() : type.word() + " " + order;
    }
}
