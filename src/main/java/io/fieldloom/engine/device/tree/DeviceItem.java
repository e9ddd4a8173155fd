package io.fieldloom.engine.device.tree;

import io.fieldloom.domain.tag.TagRef;
import java.util.List;
import java.util.Objects;

/**
 * A variable of a device, or a branch that stands for all variables below it.
 *
 * @param device the device's name
 * @param tag how a mapping names it: a name among the device's tags, else the address
 * @param address the protocol's address; empty for the device itself
 * @param name what it is called
 * @param path names from below the device down to it, its own last
 * @param type the protocol's type name of a variable, or null
 * @param branch whether it stands for the variables below it
 */
public record DeviceItem(
        String device,
        String tag,
        String address,
        String name,
        List<String> path,
        String type,
        boolean branch) {
    public DeviceItem {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(name, "name");
        path = List.copyOf(path);
    }

    /** What a mapping of it has as its source. */
    public TagRef ref() {
        return new TagRef(device, tag);
    }
}
