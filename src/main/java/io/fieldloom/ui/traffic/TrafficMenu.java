package io.fieldloom.ui.traffic;

import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TopicRow;
import io.fieldloom.engine.traffic.TopicView;
import io.fieldloom.engine.traffic.TrafficRows;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.scene.control.MenuItem;

/** What can be done with topics that are selected. FX thread only. */
final class TrafficMenu {
    /** What "expand all" opens at once: more than anybody scrolls through. */
    private static final int MOST_OPENED = 5_000;

    private static final String GROUP = "Traffic";

    private final UiKit kit;
    private final TrafficDesk desk;
    private final TrafficRows index;
    private final VirtualRows<TopicRow> rows;
    private final RetainedDeletion deletion;
    private final Supplier<String> filter;

    TrafficMenu(
            UiKit kit,
            TrafficDesk desk,
            TrafficRows index,
            VirtualRows<TopicRow> rows,
            RetainedDeletion deletion,
            Supplier<String> filter) {
        this.kit = kit;
        this.desk = desk;
        this.index = index;
        this.rows = rows;
        this.deletion = deletion;
        this.filter = filter;
    }

    List<MenuItem> items(List<TopicRow> chosen) {
        if (chosen.isEmpty()) {
            return List.of();
        }
        TopicRow row = chosen.get(chosen.size() - 1);
        List<Command> commands = new ArrayList<>();
        commands.add(
                Command.named("traffic.copy-topic", GROUP, "Copy topic")
                        .icon(Icon.COPY)
                        .does(
                                () ->
                                        RowCopy.put(
                                                chosen.stream()
                                                        .map(TopicRow::topic)
                                                        .collect(Collectors.joining("\n")))));
        if (row.isTopic()) {
            commands.add(
                    Command.named("traffic.copy-payload", GROUP, "Copy payload")
                            .does(() -> copyPayload(row)));
        }
        if (row.expandable()) {
            commands.add(
                    Command.named("traffic.expand", GROUP, "Expand all below")
                            .icon(Icon.CHEVRON_DOWN)
                            .does(() -> expandBelow(row)));
        }
        commands.add(null);
        if (desk.hasMapping(row.topic())) {
            commands.add(
                    Command.named("traffic.go-to-mapping", GROUP, "Go to mapping")
                            .icon(Icon.MAP)
                            .does(() -> desk.goToMapping(row.topic())));
        }
        commands.add(
                Command.named("traffic.publish-here", GROUP, "Publish here…")
                        .icon(Icon.PUBLISH)
                        .does(() -> publishHere(row)));
        commands.add(null);
        boolean isOne = chosen.size() == 1 && !row.expandable();
        commands.add(
                Command.named(
                                "traffic.delete-retained",
                                GROUP,
                                isOne ? "Delete retained message…" : "Delete retained messages…")
                        .icon(Icon.TRASH)
                        .localKey("Delete")
                        .when(() -> !isOne || row.retained())
                        .does(() -> delete(chosen)));
        return CommandRegistry.items(commands);
    }

    private void copyPayload(TopicRow row) {
        desk.store()
                .topic(row.topic())
                .ifPresent(view -> RowCopy.put(PayloadWords.copied(view.last().payload())));
    }

    private void publishHere(TopicRow row) {
        Optional<TopicView> view = desk.store().topic(row.topic());
        Message empty =
                new Message(row.lastTime(), row.topic(), new byte[0], 1, false, false, null);
        desk.publishLike(view.map(TopicView::last).orElse(empty));
    }

    /** Opens a branch and all branches below it, as far as one scrolls. */
    private void expandBelow(TopicRow branch) {
        int place = index.reveal(branch.topic());
        if (place < 0) {
            return;
        }
        int before = index.count();
        index.expand(place, true);
        for (int at = place + 1; at < index.count(); at++) {
            TopicRow row = index.at(at);
            if (row.depth() <= branch.depth()) {
                break;
            }
            if (index.count() - before > MOST_OPENED) {
                kit.notifications()
                        .tell(
                                Presentation.count(index.count() - before)
                                        + " rows are open now; the branches below stay folded.");
                break;
            }
            if (row.expandable() && !row.expanded()) {
                index.expand(at, true);
            }
        }
        rows.refresh();
    }

    private void delete(List<TopicRow> chosen) {
        List<String> topics = chosen.stream().map(TopicRow::topic).toList();
        boolean below = chosen.stream().anyMatch(TopicRow::expandable);
        String where =
                topics.size() > 1
                        ? "at and below " + topics.size() + " selected topics"
                        : "at " + topics.get(0) + (below ? " and below" : "");
        deletion.start(
                where, topic -> topics.stream().anyMatch(each -> Topic.isWithin(topic, each)));
    }

    /** Deletes at what is selected, else at all that the filter shows. */
    void clearRetained() {
        List<TopicRow> chosen = rows.selected();
        if (!chosen.isEmpty()) {
            delete(chosen);
            return;
        }
        String shown = filter.get();
        deletion.start(
                shown.isEmpty() ? "at all topics that were seen" : "where " + shown + " matches",
                matching(shown));
    }

    private static Predicate<String> matching(String shown) {
        boolean wildcards = shown.indexOf('+') >= 0 || shown.indexOf('#') >= 0;
        String part = shown.toLowerCase(Locale.ROOT);
        return wildcards
                ? topic -> Topic.matches(shown, topic)
                : topic -> topic.toLowerCase(Locale.ROOT).contains(part);
    }
}
