package io.fieldloom.ui.welcome;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Change;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** The four things that a newcomer tries. */
public enum WelcomeStep {
    WATCH("Choose a topic", "in Live traffic and see its values"),
    MAP("Drag a tag", "from Devices onto the Namespace"),
    TRANSFORM("Change a transform", "of a topic and see its message change"),
    DEVICE("Add a device", "of your own by its address");

    private final String order;
    private final String effect;

    WelcomeStep(String order, String effect) {
        this.order = order;
        this.effect = effect;
    }

    String order() {
        return order;
    }

    String effect() {
        return effect;
    }

    /** The steps that an edit shows to be done. */
    public static Set<WelcomeStep> doneBy(Change change) {
        Set<WelcomeStep> done = EnumSet.noneOf(WelcomeStep.class);
        if (change.touched().everything()) {
            return done;
        }
        if (change.after().mappings().size() > change.before().mappings().size()) {
            done.add(MAP);
        }
        if (change.after().devices().size() > change.before().devices().size()) {
            done.add(DEVICE);
        }
        if (change.touched().topics().stream().anyMatch(topic -> transformDiffers(change, topic))) {
            done.add(TRANSFORM);
        }
        return done;
    }

    private static boolean transformDiffers(Change change, String topic) {
        Mapping before = change.before().mappings().get(topic);
        Mapping after = change.after().mappings().get(topic);
        return before != null
                && after != null
                && !Objects.equals(before.transform(), after.transform());
    }
}
