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
 * @param unit the engineering unit that the device tells of a variable, or null where it tells none
 *     or the project's own tag says it
 * @param branch whether it stands for the variables below it
 */
public record DeviceItem(
        String device,
        String tag,
        String address,
        String name,
        List<String> path,
        String type,
        String unit,
        boolean branch) {
    public DeviceItem {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(name, "name");
        path = List.copyOf(path);
    }

    /** A branch that stands for the variables below it. */
    public static DeviceItem branch(String device, String address, String name, List<String> path) {
        return new DeviceItem(device, address, address, name, path, null, null, true);
    }

    /** The whole device. */
    public static DeviceItem device(String device) {
        return branch(device, "", device, List.of());
    }

    DeviceItem withUnit(String other) {
        return new DeviceItem(device, tag, address, name, path, type, other, branch);
    }

    /** What a mapping of it has as its source. */
    public TagRef ref() {
        return new TagRef(device, tag);
    }
}
