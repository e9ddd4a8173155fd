package io.fieldloom.ui.namespace;

import io.fieldloom.domain.lint.Finding;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.project.Section;
import io.fieldloom.engine.project.LiveLint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Problems by topic, and the worst below each branch, so that a folded branch does not hide them.
 * FX thread only.
 */
final class TopicProblems {
    private final LiveLint lint;
    private final Map<String, Finding> worstWithin = new HashMap<>();
    private LiveLint.Snapshot shown;

    TopicProblems(LiveLint lint) {
        this.lint = lint;
    }

    /** Takes the newest findings; none new costs nothing. */
    void pull() {
        LiveLint.Snapshot now = lint.snapshot();
        if (now == shown) {
            return;
        }
        shown = now;
        worstWithin.clear();
        for (Finding finding : now.list()) {
            Section section = finding.location().section();
            if (section == Section.MAPPINGS || section == Section.LEVELS) {
                String topic = finding.location().key();
                // The list has errors first.
                while (!topic.isEmpty() && worstWithin.putIfAbsent(topic, finding) == null) {
                    topic = Topic.parent(topic);
                }
            }
        }
    }

    /** The worst problem of a topic itself. */
    Optional<Finding> of(String topic) {
        if (shown == null || shown.findings().isEmpty()) {
            return Optional.empty();
        }
        List<Finding> own = shown.findings().of(Location.mapping(topic));
        if (own.isEmpty()) {
            own = shown.findings().of(Location.level(topic));
        }
        return own.stream().min((one, two) -> one.severity().compareTo(two.severity()));
    }

    /** The worst problem at or below a topic. */
    Optional<Finding> within(String topic) {
        return Optional.ofNullable(worstWithin.get(topic));
    }

    int count() {
        return shown == null ? 0 : shown.findings().size();
    }
}
