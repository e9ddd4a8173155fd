package io.fieldloom.ui.devices;

import io.fieldloom.domain.Names;
import io.fieldloom.domain.project.Project;
import java.util.Locale;
import java.util.Optional;

/** Names for devices: what to suggest, and what will not do. Pure. */
final class DeviceNames {
    private static final int LONGEST = 40;

    private DeviceNames() {}

    /** A name that is free in a project, made from what the device calls itself. */
    static String suggest(Project project, String from, String otherwise) {
        String name =
                from.strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}._-]+", "-")
                        .replaceAll("^[-.]+|[-.]+$", "");
        if (name.length() > LONGEST) {
            name = name.substring(0, LONGEST).replaceAll("[-.]+$", "");
        }
        if (Names.fault(name).isPresent()) {
            name = otherwise;
        }
        String free = name;
        for (int more = 2; project.devices().containsKey(free); more++) {
            free = name + "-" + more;
        }
        return free;
    }

    /**
     * Why a name will not do.
     *
     * @param own the name that the device has already, or null
     */
    static Optional<String> fault(Project project, String name, String own) {
        Optional<String> malformed = Names.fault(name);
        if (malformed.isPresent()) {
            return malformed;
        }
        return !name.equals(own) && project.devices().containsKey(name)
                ? Optional.of("There is a device '" + name + "' already; choose another name")
                : Optional.empty();
    }
}
