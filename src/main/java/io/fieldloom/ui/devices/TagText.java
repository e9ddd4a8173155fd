package io.fieldloom.ui.devices;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import io.fieldloom.domain.tag.TagSpec;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Modbus tags as lines of text, as they are pasted and shown for editing. Pure. */
final class TagText {
    private TagText() {}

    /** One line {@code NAME ADDRESS [UNIT] [SCALE]} a tag, cells separated by tabs. */
    static String lines(Collection<TagSpec> tags) {
        return tags.stream().map(TagText::line).collect(Collectors.joining("\n"));
    }

    private static String line(TagSpec tag) {
        String line = tag.name() + "\t" + tag.address();
        boolean scaled = tag.scale().compareTo(BigDecimal.ONE) != 0;
        if (tag.unit() != null || scaled) {
            line += "\t" + (tag.unit() == null ? "" : tag.unit());
        }
        return scaled ? line + "\t" + tag.scale().toPlainString() : line;
    }

    /**
     * A tag with the words of its value in another order, where its line named none.
     *
     * @param order place among the orders of its type; 0 leaves it as it is
     */
    static TagSpec ordered(TagSpec tag, int order) {
        if (order == 0) {
            return tag;
        }
        try {
            ModbusAddress address = ModbusAddress.parse(tag.address());
            List<String> orders = address.type().orders();
            boolean several = address.registers() > 1 && address.type() != Type.STRING;
            if (!several || !address.order().equals(orders.get(0))) {
                return tag;
            }
            ModbusAddress other =
                    new ModbusAddress(
                            address.table(),
                            address.address(),
                            address.bit(),
                            address.type(),
                            address.registers(),
                            orders.get(order));
            return copy(tag, other.text(), tag);
        } catch (MalformedException e) {
            return tag;
        }
    }

    /** A tag from a line, with what a line cannot say taken from the tag it replaces. */
    static TagSpec keeping(TagSpec tag, Device before) {
        TagSpec old = before == null ? null : before.tags().get(tag.name());
        return old == null ? tag : copy(tag, tag.address(), old);
    }

    private static TagSpec copy(TagSpec line, String address, TagSpec rest) {
        return new TagSpec(
                line.name(),
                address,
                line.scale(),
                rest.offset(),
                line.unit(),
                rest.interval(),
                rest.queue(),
                rest.deadband(),
                rest.description());
    }
}
