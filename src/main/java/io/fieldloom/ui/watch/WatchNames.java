package io.fieldloom.ui.watch;

import io.fieldloom.domain.namespace.Naming;
import io.fieldloom.engine.device.tree.DeviceItem;
import java.util.List;
import java.util.Set;

/** Finds short names for tags that go into the watch list. Pure. */
final class WatchNames {
    private WatchNames() {}

    /**
     * {@code filler-01-temperature}: the tag with what it belongs to; numbered where it is taken.
     */
    static String of(DeviceItem item, Set<String> taken) {
        List<String> path = item.path();
        String owner = path.size() > 1 ? path.get(path.size() - 2) : item.device();
        String wanted = word(owner) + "-" + word(item.name());
        String name = wanted;
        for (int number = 2; taken.contains(name); number++) {
            name = wanted + "-" + number;
        }
        return name;
    }

    private static String word(String text) {
        return Naming.kebab(text).replaceAll("[^\\p{L}\\p{N}._-]+", "-");
    }
}
