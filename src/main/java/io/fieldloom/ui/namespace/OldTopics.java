package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Change;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.control.TextArea;

/**
 * Topics that edits took the mapping from, undo and redo too, and that a broker still keeps the
 * last value of: it stays there for ever unless somebody clears it. Asks, naming them, until that
 * is answered; a topic that is mapped again is no question any more. FX thread only.
 */
final class OldTopics {
    private static final int MOST_NAMED = 3;
    private static final int LINE = 44;
    private static final int ROWS = 14;

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
                (count == 1
                                ? "An old topic still has its last value on "
                                : Presentation.count(count)
                                        + " old topics still have their last values on ")
                        + String.join(", ", left.keySet())
                        + ":\n"
                        + topics().limit(MOST_NAMED)
                                .map(OldTopics::brief)
                                .collect(Collectors.joining("\n"))
                        + (count > MOST_NAMED
                                ? "\nand " + Presentation.count(count - MOST_NAMED) + " more"
                                : "");
        List<Command> answers = new ArrayList<>();
        answers.add(answer("keep-old", "Keep", Icon.CHECK, left::clear));
        if (count > MOST_NAMED) {
            answers.add(answer("show-old", "Show all…", Icon.SEARCH, this::showAll));
        }
        answers.add(answer("clear-old", "Clear there", Icon.TRASH, this::clear));
        withdraw = services.kit().notifications().ask(what, answers.toArray(Command[]::new));
    }

    private static Command answer(String id, String title, Icon icon, Runnable action) {
        return Command.named("namespace." + id, "Namespace", title).icon(icon).does(action);
    }

    /** Its last levels, as many as stand on one line. */
    private static String brief(String topic) {
        String rest = topic;
        while (rest.length() > LINE && rest.indexOf('/') >= 0) {
            rest = rest.substring(rest.indexOf('/') + 1);
        }
        return rest.equals(topic) ? topic : "…/" + rest;
    }

    private Stream<String> topics() {
        return left.values().stream().flatMap(Set::stream);
    }

    /** All of them, to be read before one decides; without a decision the question comes again. */
    private void showAll() {
        TextArea list = new TextArea(topics().collect(Collectors.joining("\n")));
        list.setEditable(false);
        list.setPrefRowCount(ROWS);
        list.getStyleClass().add("mono");
        DialogPane dialog =
                new DialogPane(
                        "Clear old topics on " + String.join(", ", left.keySet()) + "?", list);
        dialog.cancelButton("Decide later");
        dialog.onCancel(this::offer);
        dialog.closing("Keep", left::clear);
        dialog.dangerButton("Clear there", this::clear);
        services.kit().dialogs().show(dialog);
    }

    private void clear() {
        Map<String, Set<String>> wanted = new LinkedHashMap<>(left);
        left.clear();
        wanted.forEach(
                (broker, topics) -> services.clearRetained().accept(broker, List.copyOf(topics)));
    }
}
