package io.fieldloom.engine.device.tree;

import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.tree.TreeNode.Children;
import java.util.function.LongSupplier;

/** Makes a row, which is a value, of a node as it is at this moment. Under the tree's lock. */
final class RowMaker {
    private final MappedTags mapped;
    private final LongSupplier nanos;

    RowMaker(MappedTags mapped, LongSupplier nanos) {
        this.mapped = mapped;
        this.nanos = nanos;
    }

    TreeRow row(TreeNode node, boolean open) {
        if (node.isMessage()) {
            return message(node.parent);
        }
        return node.isDevice() ? deviceRow(node, open) : nodeRow(node, open);
    }

    private TreeRow deviceRow(TreeNode node, boolean open) {
        DeviceEntry device = node.device;
        return new TreeRow.OfDevice(
                device.definition(),
                device.state,
                device.fault,
                device.rate(nanos.getAsLong()),
                node.isBranch(),
                open);
    }

    TreeRow.OfNode nodeRow(TreeNode node, boolean open) {
        DeviceEntry device = node.device;
        TagSpec spec = device.spec(node);
        Sample raw = node.sample;
        DeviceItem item = item(node, spec);
        boolean isMapped =
                node.isVariable()
                        && (mapped.isMapped(item.ref())
                                || spec != null
                                        && mapped.isMapped(
                                                new TagRef(item.device(), item.address())));
        String displayName = node.node.displayName();
        return new TreeRow.OfNode(
                node.path(),
                node.depth,
                node.isBranch(),
                open,
                item,
                node.node.nodeClass(),
                node.node.name().equals(displayName) ? null : displayName,
                device.place(node),
                device.unit(node),
                raw == null ? null : raw.withValue(device.own(node, raw)),
                node.watched,
                isMapped,
                node.node.writable());
    }

    private static DeviceItem item(TreeNode node, TagSpec spec) {
        return new DeviceItem(
                node.device.definition().name(),
                spec == null ? node.node.address() : spec.name(),
                node.node.address(),
                node.node.name(),
                node.names(),
                node.node.type(),
                spec == null ? node.unit : null,
                !node.isVariable());
    }

    private static TreeRow message(TreeNode above) {
        DeviceEntry device = above.device;
        DeviceException why = null;
        String text = "loading…";
        if (above.state == Children.FAILED) {
            why = above.failure;
        } else if (above.state == Children.WAITING) {
            why = device.state == null ? null : device.state.failure();
            text = device.fault == null ? "waits for the connection" : device.fault;
        }
        return new TreeRow.OfMessage(
                above.path(),
                above.depth + 1,
                device.definition().name(),
                why != null || device.fault != null,
                why == null ? null : why.kind(),
                why == null ? text : why.getMessage(),
                why == null ? "" : why.advice());
    }
}
