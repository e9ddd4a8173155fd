package io.fieldloom.ui.namespace;

import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which rows of the namespace a change is about. Pure. */
final class TouchedRows {
    /** More rows than these nobody wants to see selected. */
    private static final int MOST = 200;

    private TouchedRows() {}

    /**
     * The rows that are there after the change: of a branch that came back its top, of an entry
     * that was changed itself; where all is gone, what is left above it.
     */
    static List<String> of(Change change) {
        Set<String> rows = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>(change.touched().topics());
        all.addAll(change.touched().levels());
        for (String topic : all) {
            if (exists(change.after(), topic)) {
                rows.add(top(change.before(), topic));
                if (rows.size() == MOST) {
                    break;
                }
            }
        }
        if (rows.isEmpty() && !all.isEmpty()) {
            String above = Topic.parent(all.iterator().next());
            while (!above.isEmpty() && !exists(change.after(), above)) {
                above = Topic.parent(above);
            }
            return above.isEmpty() ? List.of() : List.of(above);
        }
        return new ArrayList<>(rows);
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
