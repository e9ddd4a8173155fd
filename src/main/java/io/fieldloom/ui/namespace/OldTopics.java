package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Change;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Topics that edits took the mapping from, undo and redo too, and that a broker still keeps the
 * last value of: it stays there for ever unless somebody clears it. Offers to; the offer ends where
 * a topic is mapped again. FX thread only.
 */
final class OldTopics {
    private final NamespaceServices services;
    private final Map<String, Set<String>> left = new LinkedHashMap<>();
    private Runnable withdraw = () -> {};

    OldTopics(NamespaceServices services) {
        this.services = services;
    }

    void follow(Change change) {
        boolean differs = false;
        for (String topic : change.touched().topics()) {
            Mapping before = change.before().mappings().get(topic);
            Mapping after = change.after().mappings().get(topic);
            String was = before == null ? "" : change.before().brokerOf(before);
            String is = after == null ? "" : change.after().brokerOf(after);
            if (was.equals(is)) {
                continue;
            }
            Set<String> offered = left.get(is);
            differs |= offered != null && offered.remove(topic);
            if (before != null && services.isRetained().test(was, topic)) {
                differs |= left.computeIfAbsent(was, any -> new LinkedHashSet<>()).add(topic);
            }
        }
        if (differs) {
            offer();
        }
    }

    private void offer() {
        withdraw.run();
        // What was cleared meanwhile, here or by somebody else, is no matter any more.
        left.forEach(
                (broker, topics) ->
                        topics.removeIf(topic -> !services.isRetained().test(broker, topic)));
        left.values().removeIf(Set::isEmpty);
        if (left.isEmpty()) {
            return;
        }
        int count = left.values().stream().mapToInt(Set::size).sum();
        String what =
                count == 1
                        ? Topic.name(left.values().iterator().next().iterator().next())
                                + " still has its last value"
                        : Presentation.count(count) + " old topics still have their last values";
        withdraw =
                services.kit()
                        .notifications()
                        .offer(
                                what + " on " + String.join(", ", left.keySet()) + ".",
                                Command.named("namespace.clear-old", "Namespace", "Clear there")
                                        .icon(Icon.TRASH)
                                        .does(this::clear));
    }

    private void clear() {
        Map<String, Set<String>> wanted = new LinkedHashMap<>(left);
        left.clear();
        wanted.forEach(
                (broker, topics) -> services.clearRetained().accept(broker, List.copyOf(topics)));
    }
}
