package io.fieldloom.engine.device;

import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The devices that a person allowed writing to. Nothing is armed at the start and nothing remembers
 * it; whatever another device answers under a name that was armed, it is locked again. Thread-safe.
 */
public final class ArmedDevices {
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    public boolean isArmed(String device) {
        return names.contains(device);
    }

    /** Their names in order. */
    public List<String> all() {
        return names.stream().sorted().toList();
    }

    public void arm(String device) {
        names.add(device);
    }

    public void disarm(String device) {
        names.remove(device);
    }

    /** Locks every device that an edit may have replaced. */
    public void apply(Change change) {
        if (change.touched().everything()) {
            names.clear();
        } else {
            names.removeIf(
                    name ->
                            change.touched().devices().contains(name)
                                    && !reachesTheSame(change.before(), change.after(), name));
        }
    }

    private static boolean reachesTheSame(Project before, Project after, String name) {
        Device old = before.devices().get(name);
        Device now = after.devices().get(name);
        return old != null
                && now != null
                && old.endpoint().equals(now.endpoint())
                && old.use() == now.use();
    }
}
