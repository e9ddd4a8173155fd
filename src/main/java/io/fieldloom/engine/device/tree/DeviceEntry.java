package io.fieldloom.engine.device.tree;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.LinkState;
import io.fieldloom.engine.device.TagNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One device of the tree: its definition, its link and the root of what it holds. */
final class DeviceEntry {
    /** Where the address space of an OPC UA server begins for a person. */
    static final String OBJECTS = "i=85";

    static final String TYPES = "i=86";
    static final String VIEWS = "i=87";

    /** The folders below a server's root, by address, in the order in which they are shown. */
    private static final Map<String, String> FOLDERS =
            new TreeMap<>(Map.of(OBJECTS, "Objects", TYPES, "Types", VIEWS, "Views"));

    private static final long RATE_NANOS = 1_000_000_000L;

    final TreeNode root;
    DeviceLink link;
    LinkState state;
    String fault;

    /** Tells answers to an earlier device of that name from its own. */
    int generation;

    private Device definition;
    private final Map<String, TagSpec> byAddress = new HashMap<>();
    private long countedAt;
    private long counted;
    private double rate;

    DeviceEntry(Device definition) {
        root = new TreeNode(this, null, definition.name(), null);
        root.state = TreeNode.Children.KNOWN;
        define(definition);
    }

    Device definition() {
        return definition;
    }

    /** Takes another definition; rows that stay keep their values and their children. */
    void define(Device device) {
        boolean elsewhere = definition != null && !definition.endpoint().equals(device.endpoint());
        definition = device;
        byAddress.clear();
        device.tags().values().forEach(tag -> byAddress.putIfAbsent(tag.address(), tag));
        if (elsewhere) {
            generation++;
        }
        List<TreeNode> children = new ArrayList<>();
        for (TagSpec tag : device.tags().values()) {
            TreeNode before = elsewhere ? null : root.child(TreeNode.key(tag.name()));
            boolean same = before != null && before.node.address().equals(tag.address());
            TreeNode child =
                    same
                            ? before
                            : new TreeNode(this, root, TreeNode.key(tag.name()), node(device, tag));
            child.own = tag;
            child.state = TreeNode.Children.KNOWN;
            children.add(child);
        }
        if (device.isOpcUa()) {
            FOLDERS.forEach((address, name) -> children.add(folder(address, name, elsewhere)));
        }
        root.children = children;
    }

    private TreeNode folder(String address, String name, boolean elsewhere) {
        for (TreeNode child : root.children) {
            if (!elsewhere && child.own == null && child.node.address().equals(address)) {
                return child;
            }
        }
        // '~' is in no tag's name
        String key = definition.tags().containsKey(name) ? name + "~" : name;
        TagNode node = new TagNode(address, name, null, "Object", null, true, false);
        TreeNode folder = new TreeNode(this, root, key, node);
        folder.open = address.equals(OBJECTS);
        folder.state =
                address.equals(TYPES) ? TreeNode.Children.UNKNOWN : TreeNode.Children.WAITING;
        return folder;
    }

    private static TagNode node(Device device, TagSpec tag) {
        String type = null;
        boolean writable = true;
        if (!device.isOpcUa()) {
            try {
                ModbusAddress address = ModbusAddress.parse(tag.address());
                type = typeName(address);
                writable = address.table().isWritable();
            } catch (MalformedException e) {
                // lint names the tag; its row has no type
                type = null;
            }
        }
        return new TagNode(
                tag.address(), tag.name(), tag.name(), "Variable", type, false, writable);
    }

    private static String typeName(ModbusAddress address) {
        return switch (address.type()) {
            case BOOL -> "Bool";
            case UINT16 -> "UInt16";
            case INT16 -> "Int16";
            case UINT32 -> "UInt32";
            case INT32 -> "Int32";
            case UINT64 -> "UInt64";
            case INT64 -> "Int64";
            case FLOAT32 -> "Float32";
            case FLOAT64 -> "Float64";
            case BCD16 -> "BCD16";
            case BCD32 -> "BCD32";
            case STRING -> "String";
        };
    }

    /** The project's tag at a node, or null. */
    TagSpec spec(TreeNode node) {
        return node.own != null ? node.own : byAddress.get(node.node.address());
    }

    /** The unit of a node: the project's, else the device's, else null. */
    String unit(TreeNode node) {
        TagSpec spec = spec(node);
        return spec != null && spec.unit() != null || isScaled(spec) ? spec.unit() : node.unit;
    }

    private static boolean isScaled(TagSpec spec) {
        return spec != null && spec.isScaled();
    }

    /** The tag's own value of a raw sample. */
    Value own(TreeNode node, Sample raw) {
        TagSpec spec = spec(node);
        return spec == null ? raw.value() : spec.own(raw.value());
    }

    /** The address in the notations of wire and manual, for a protocol where it means something. */
    String place(TreeNode node) {
        if (definition.isOpcUa() || node.own == null) {
            return null;
        }
        try {
            ModbusAddress address = ModbusAddress.parse(node.own.address());
            String bit = address.bit() < 0 ? "" : "." + address.bit();
            return address.table().word()
                    + ":"
                    + address.address()
                    + bit
                    + " ("
                    + address.manualNotation()
                    + bit
                    + ")";
        } catch (MalformedException e) {
            return node.own.address();
        }
    }

    /** Counts anew once a second. */
    double rate(long now) {
        long total = link == null ? 0 : link.samples();
        if (countedAt == 0 || total < counted) {
            countedAt = now;
            counted = total;
            rate = 0;
        } else if (now - countedAt >= RATE_NANOS) {
            rate = (total - counted) * 1e9 / (now - countedAt);
            countedAt = now;
            counted = total;
        }
        return rate;
    }
}
