package io.fieldloom.ui.devices;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import io.fieldloom.domain.tag.TagSpec;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    /**
     * Tags from lines, with what a line cannot say taken from the tags they replace: those of the
     * same name, or of the same address under a new name.
     */
    static List<TagSpec> keeping(List<TagSpec> tags, Device before) {
        if (before == null) {
            return tags;
        }
        Map<String, String> oldNames = new HashMap<>();
        renamed(before.tags().values(), tags).forEach((from, to) -> oldNames.put(to, from));
        return tags.stream()
                .map(
                        tag -> {
                            String name = oldNames.getOrDefault(tag.name(), tag.name());
                            TagSpec old = before.tags().get(name);
                            return old == null ? tag : copy(tag, tag.address(), old);
                        })
                .toList();
    }

    /**
     * Which tags have another name now, new by old: one that is gone and one that is new, each the
     * only one of their address.
     */
    static Map<String, String> renamed(Collection<TagSpec> before, Collection<TagSpec> after) {
        Map<String, String> gone = onlyOfTheirAddress(before, after);
        Map<String, String> added = onlyOfTheirAddress(after, before);
        Map<String, String> renamed = new TreeMap<>();
        gone.forEach(
                (address, name) -> {
                    if (added.containsKey(address)) {
                        renamed.put(name, added.get(address));
                    }
                });
        return renamed;
    }

    /** The names, by address, of the tags whose name the others do not have. */
    private static Map<String, String> onlyOfTheirAddress(
            Collection<TagSpec> tags, Collection<TagSpec> others) {
        Set<String> known = others.stream().map(TagSpec::name).collect(Collectors.toSet());
        return tags.stream()
                .filter(tag -> !known.contains(tag.name()))
                .collect(Collectors.groupingBy(TagSpec::address))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue().size() == 1)
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().get(0).name()));
    }

    private static TagSpec copy(TagSpec line, String address, TagSpec rest) {
        return new TagSpec(
                line.name(),
                address,
                line.scale(),
                rest.offset(),
                line.unit(),
                rest.interval(),
                rest.monitoring(),
                rest.description());
    }
}
