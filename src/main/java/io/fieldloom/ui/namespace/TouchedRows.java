package io.fieldloom.ui.namespace;

import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which rows of the namespace a change is about. Pure. */
final class TouchedRows {
    /** More rows than these nobody wants to see selected. */
    private static final int MOST = 200;

    private TouchedRows() {}

    /**
     * Those that are there after it: of a branch that came back its top, of a changed entry itself.
     */
    static List<String> of(Change change) {
        Set<String> rows = new LinkedHashSet<>();
        for (String topic : all(change)) {
            if (exists(change.after(), topic)) {
                rows.add(top(change.before(), topic));
                if (rows.size() == MOST) {
                    break;
                }
            }
        }
        return List.copyOf(rows);
    }

    /** What is left above the first of them, where it is gone; empty where nothing is. */
    static String above(Change change) {
        String above = all(change).stream().findFirst().map(Topic::parent).orElse("");
        while (!above.isEmpty() && !exists(change.after(), above)) {
            above = Topic.parent(above);
        }
        return above;
    }

    private static Set<String> all(Change change) {
        Set<String> all = new LinkedHashSet<>(change.touched().topics());
        all.addAll(change.touched().levels());
        return all;
    }

    /** The highest branch over a topic that was not there before, else the topic itself. */
    private static String top(Project before, String topic) {
        String top = topic;
        for (String above = topic;
                !above.isEmpty() && !exists(before, above);
                above = Topic.parent(above)) {
            top = above;
        }
        return top;
    }

    private static boolean exists(Project project, String topic) {
        return project.mappings().containsKey(topic)
                || project.levels().containsKey(topic)
                || !project.mappingsBelow(topic).isEmpty()
                || !project.levelsBelow(topic).isEmpty();
    }
}
