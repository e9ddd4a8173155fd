package io.fieldloom.ui.traffic;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TopicView;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.PublishGuard;
import io.fieldloom.ui.kit.UiKit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/**
 * Deletes retained messages: shows how many and which, asks, and publishes an empty message to each
 * topic. What was there is remembered, so that it can be undone. FX thread only.
 */
final class RetainedDeletion {
    private static final int MOST_SHOWN = 6;
    private static final byte[] EMPTY = {};

    private final UiKit kit;
    private final TrafficDesk desk;
    private final PublishGuard guard;

    RetainedDeletion(UiKit kit, TrafficDesk desk, PublishGuard guard) {
        this.kit = kit;
        this.desk = desk;
        this.guard = guard;
    }

    /**
     * Begins with looking for them.
     *
     * @param where the topics in words: {@code at acme/prague and below}
     * @param wanted the topics
     */
    void start(String where, Predicate<String> wanted) {
        String broker = desk.watched().broker();
        kit.tasks()
                .run(
                        "Looking for retained messages",
                        progress -> desk.store().retained(wanted),
                        found ->
                                ifThere(
                                        broker,
                                        where,
                                        found,
                                        url -> ask(broker, where, found, url)));
    }

    /**
     * Deletes what Fieldloom left at some topics of a broker without asking which, though not
     * without the guard. What somebody else has written there meanwhile stays, and is named. It
     * need not be the broker that is watched; of another one the payloads are not known, so that
     * nothing can be brought back.
     */
    void clear(String broker, Set<String> topics) {
        kit.tasks()
                .run(
                        "Looking for retained messages",
                        progress ->
                                broker.equals(desk.watched().broker())
                                        ? desk.store().retained(topics::contains)
                                        : topics.stream().map(RetainedDeletion::unseen).toList(),
                        found -> clearOurs(broker, found));
    }

    private void clearOurs(String broker, List<Message> found) {
        boolean seen = broker.equals(desk.watched().broker());
        List<Message> others =
                seen
                        ? found.stream().filter(each -> !desk.isOurs(broker, each)).toList()
                        : List.of();
        List<Message> ours = new ArrayList<>(found);
        ours.removeAll(others);
        if (!others.isEmpty()) {
            kit.notifications()
                    .fail(
                            "Somebody else has written to "
                                    + others.get(0).topic()
                                    + (others.size() == 1
                                            ? ""
                                            : " and "
                                                    + Presentation.count(
                                                            others.size() - 1,
                                                            "other topic",
                                                            "other topics"))
                                    + " since; that stays.");
        }
        if (!ours.isEmpty() || others.isEmpty()) {
            ifThere(broker, "at the old topics", ours, url -> askGuard(broker, url, ours));
        }
    }

    private static Message unseen(String topic) {
        return new Message(Instant.EPOCH, topic, EMPTY, 1, true, false, null);
    }

    private void ifThere(
            String broker, String where, List<Message> found, Consumer<BrokerUrl> then) {
        Optional<BrokerUrl> url = desk.url(broker);
        if (found.isEmpty()) {
            kit.notifications().tell("No retained message is known " + where + ".");
        } else if (url.isEmpty()) {
            kit.notifications().fail("The broker " + broker + " is not there to delete from.");
        } else {
            then.accept(url.get());
        }
    }

    private void ask(String broker, String where, List<Message> found, BrokerUrl url) {
        String count = Presentation.count(found.size(), "retained message", "retained messages");
        DialogPane dialog = new DialogPane("Delete " + count + "?", content(broker, where, found));
        dialog.cancelButton("Cancel");
        dialog.dangerButton(
                "Delete " + Presentation.count(found.size(), "message", "messages"),
                () -> askGuard(broker, url, found));
        kit.dialogs().show(dialog);
    }

    private VBox content(String broker, String where, List<Message> found) {
        VBox content = new VBox(10);
        content.getChildren()
                .add(
                        Dialogs.text(
                                "On "
                                        + broker
                                        + ", "
                                        + where
                                        + ". Programs that subscribe later find nothing there"
                                        + " until somebody publishes again."));
        VBox list = new VBox(2);
        for (Message message : found.subList(0, Math.min(MOST_SHOWN, found.size()))) {
            Label topic = new Label(message.topic());
            topic.getStyleClass().add("mono");
            topic.setMinWidth(0);
            list.getChildren().add(topic);
        }
        if (found.size() > MOST_SHOWN) {
            String rest = Presentation.count(found.size() - MOST_SHOWN);
            list.getChildren().add(Dialogs.text("and " + rest + " more"));
        }
        long lost = found.stream().filter(message -> message.payload().length == 0).count();
        Label undo =
                Dialogs.text(
                        lost == 0
                                ? "Their payloads are remembered: you can undo this."
                                : "Undo will not bring back "
                                        + Presentation.count(lost)
                                        + " of them: their payloads were not kept.");
        undo.getStyleClass().add("dim");
        content.getChildren().addAll(list, undo);
        return content;
    }

    private void askGuard(String broker, BrokerUrl url, List<Message> found) {
        guard.ask(
                new PublishGuard.Step(
                        "Delete retained",
                        "Deleting retained messages publishes an empty message to "
                                + Presentation.count(found.size(), "topic", "topics"),
                        broker,
                        url,
                        List::of,
                        List.of()),
                () -> delete(broker, found));
    }

    private void delete(String broker, List<Message> found) {
        Instant begun = Instant.now();
        List<Publication> empty =
                found.stream()
                        .map(each -> new Publication(each.topic(), EMPTY, 1, true, null, 0))
                        .toList();
        kit.tasks()
                .run(
                        "Deleting " + words(found.size()) + " on " + broker,
                        progress -> new RetainedWriting(desk, broker).write(empty, progress),
                        written -> deleted(broker, begun, found, written));
    }

    private void deleted(
            String broker, Instant begun, List<Message> found, RetainedWriting.Outcome written) {
        List<Message> gone =
                found.stream()
                        .filter(each -> written.topics().contains(each.topic()))
                        .filter(each -> each.payload().length > 0)
                        .toList();
        Command undo =
                Command.named("traffic.undo-delete", "Traffic", "Undo")
                        .icon(Icon.UNDO)
                        .does(() -> restore(broker, begun, gone));
        Command[] offers = gone.isEmpty() ? new Command[0] : new Command[] {undo};
        if (written.failure().isEmpty()) {
            String done =
                    "Deleted "
                            + words(written.topics().size())
                            + " on "
                            + broker
                            + (gone.isEmpty() ? "; nobody saw their payloads to undo it." : ".");
            kit.notifications().offer(done, offers);
        } else {
            String done =
                    "Deleted "
                            + Presentation.count(written.topics().size())
                            + " of "
                            + words(found.size())
                            + " on "
                            + broker
                            + ". "
                            + written.failure();
            kit.notifications().fail(done, offers);
        }
    }

    private void restore(String broker, Instant deleted, List<Message> gone) {
        List<Publication> again =
                gone.stream()
                        .filter(each -> !hasNewer(each.topic(), deleted))
                        .map(
                                each ->
                                        new Publication(
                                                each.topic(),
                                                each.payload(),
                                                each.qos(),
                                                true,
                                                each.origin(),
                                                0))
                        .toList();
        kit.tasks()
                .run(
                        "Publishing " + words(gone.size()) + " again",
                        progress -> new RetainedWriting(desk, broker).write(again, progress),
                        written -> restored(broker, deleted, gone, written));
    }

    /** A topic that somebody has published to since then keeps its newer value. */
    private boolean hasNewer(String topic, Instant deleted) {
        return desk.store()
                .topic(topic)
                .map(TopicView::last)
                .filter(last -> last.payload().length > 0 && last.time().isAfter(deleted))
                .isPresent();
    }

    private void restored(
            String broker, Instant deleted, List<Message> gone, RetainedWriting.Outcome written) {
        String done = words(written.topics().size()) + " on " + broker + " again.";
        if (written.failure().isEmpty()) {
            kit.notifications().tell("Published " + done);
        } else {
            List<Message> missing =
                    gone.stream().filter(each -> !written.topics().contains(each.topic())).toList();
            kit.notifications()
                    .fail(
                            "Published only " + done + " " + written.failure(),
                            Command.named("traffic.undo-again", "Traffic", "Try again")
                                    .icon(Icon.RELOAD)
                                    .does(() -> restore(broker, deleted, missing)));
        }
    }

    private static String words(int count) {
        return Presentation.count(count, "retained message", "retained messages");
    }
}
