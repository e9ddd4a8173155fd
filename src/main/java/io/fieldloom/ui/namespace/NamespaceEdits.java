package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.EditRefused;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.UiKit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes edits of the namespace: small ones at once, large ones in the background, refused ones in
 * words. Where an edit leaves retained values behind at old topics, it offers to clear them. FX
 * thread only.
 */
final class NamespaceEdits {
    /** An edit of more entries than this would hold up the window. */
    private static final int MOST_AT_ONCE = 2_000;

    private final NamespaceServices services;

    NamespaceEdits(NamespaceServices services) {
        this.services = services;
    }

    void make(Edit edit) {
        make(edit, change -> {});
    }

    void make(Edit edit, Consumer<Change> done) {
        UiKit kit = services.kit();
        ProjectEditor editor = services.editor();
        if (size(editor.project(), edit) > MOST_AT_ONCE) {
            kit.tasks()
                    .run(
                            "Editing the namespace",
                            progress -> editor.apply(edit),
                            change -> finish(change, done),
                            failure -> kit.notifications().fail(sentence(failure)));
            return;
        }
        try {
            finish(editor.apply(edit), done);
        } catch (EditRefused e) {
            kit.notifications().fail(sentence(e));
        }
    }

    private void finish(Change change, Consumer<Change> done) {
        done.accept(change);
        offerToClear(change);
    }

    private static String sentence(Throwable failure) {
        String words = String.valueOf(failure.getMessage());
        return words.isEmpty()
                ? words
                : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static int size(Project project, Edit edit) {
        if (edit instanceof Edit.Batch batch) {
            return batch.edits().stream().mapToInt(each -> size(project, each)).sum();
        }
        String branch =
                edit instanceof Edit.MoveBranch move
                        ? move.from()
                        : edit instanceof Edit.RemoveBranch remove ? remove.topic() : null;
        return branch == null ? 1 : 1 + project.mappingsBelow(branch).size();
    }

    /**
     * What a rename or delete leaves on the brokers stays there for ever unless somebody clears it.
     */
    private void offerToClear(Change change) {
        Map<String, List<String>> left = new LinkedHashMap<>();
        for (String topic : change.touched().topics()) {
            Mapping before = change.before().mappings().get(topic);
            if (before == null || change.after().mappings().containsKey(topic)) {
                continue;
            }
            String broker = change.before().brokerOf(before);
            if (services.isRetained().test(broker, topic)) {
                left.computeIfAbsent(broker, name -> new ArrayList<>()).add(topic);
            }
        }
        left.forEach(this::offer);
    }

    private void offer(String broker, List<String> topics) {
        String what =
                topics.size() == 1
                        ? Topic.name(topics.get(0)) + " still has its last value"
                        : Presentation.count(topics.size())
                                + " old topics still have their last values";
        services.kit()
                .notifications()
                .offer(
                        what + " on " + broker + ".",
                        Command.named("namespace.clear-old", "Namespace", "Clear there")
                                .icon(Icon.TRASH)
                                .does(() -> services.clearRetained().accept(broker, topics)));
    }
}
