package io.fieldloom.ui.kit;

import io.fieldloom.domain.connection.BrokerUrl;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Publishing is writing: before the first message of a session to a broker of somebody else, this
 * asks, names the broker, and shows which topics are in use there. Fieldloom's own broker asks
 * nobody. Values that do not come from the real devices need a consent of their own. FX thread
 * only.
 */
public final class PublishGuard {
    private static final int MOST_SHOWN = 6;

    private final Dialogs dialogs;
    private final Supplier<Optional<BrokerUrl>> own;
    private final Set<BrokerUrl> allowed = ConcurrentHashMap.newKeySet();
    private final Set<BrokerUrl> allowedUnreal = ConcurrentHashMap.newKeySet();

    /**
     * @param own where Fieldloom's own broker listens; empty while it does not. Any thread
     */
    public PublishGuard(Dialogs dialogs, Supplier<Optional<BrokerUrl>> own) {
        this.dialogs = dialogs;
        this.own = own;
    }

    /**
     * What is about to happen.
     *
     * @param action what the button says: {@code Run mappings}
     * @param effect what it does there, a sentence without its end: {@code Running the mappings
     *     publishes to 186 topics}
     * @param brokerName the broker's name in the project
     * @param url where it is
     * @param occupied those of the topics that already carry retained values or live publishers, as
     *     far as anybody knows; asked for only if the question is put
     * @param unreal devices whose values are simulated or replayed
     */
    public record Step(
            String action,
            String effect,
            String brokerName,
            BrokerUrl url,
            Supplier<List<String>> occupied,
            List<String> unreal) {
        public Step {
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(effect, "effect");
            Objects.requireNonNull(brokerName, "brokerName");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(occupied, "occupied");
            unreal = List.copyOf(unreal);
        }
    }

    /** Whether publishing there needs no question any more; until then it is only watched. */
    public boolean isOpen(BrokerUrl url) {
        return isOwn(url) || allowed.contains(url);
    }

    // Loopback alone is no proof: it may be a tunnel, a container, or a plant's broker here.
    private boolean isOwn(BrokerUrl url) {
        return own.get().filter(url::equals).isPresent();
    }

    /** The same for values that may be simulated or replayed. Thread-safe. */
    public boolean isOpen(BrokerUrl url, boolean unreal) {
        return isOpen(url) && (!unreal || isOwn(url) || allowedUnreal.contains(url));
    }

    /** Goes on at once where it may, else after the person's consent. */
    public void ask(Step step, Runnable then) {
        if (isOpen(step.url())) {
            askUnreal(step, then);
            return;
        }
        VBox content = new VBox(10);
        content.getChildren()
                .add(
                        Dialogs.text(
                                step.brokerName()
                                        + " ("
                                        + step.url().text()
                                        + ") is not Fieldloom's own broker. "
                                        + step.effect()
                                        + ", and other programs there may act on it."));
        addOccupied(content, step.occupied().get());
        Label once = Dialogs.text("You are asked once for each broker until Fieldloom is closed.");
        once.getStyleClass().add("dim");
        content.getChildren().add(once);
        DialogPane dialog = new DialogPane("Publish to " + step.brokerName() + "?", content);
        dialog.cancelButton("Only watch");
        dialog.dangerButton(
                step.action(),
                () -> {
                    allowed.add(step.url());
                    askUnreal(step, then);
                });
        dialogs.show(dialog);
    }

    private static void addOccupied(VBox content, List<String> topics) {
        if (topics.isEmpty()) {
            return;
        }
        Label head =
                Dialogs.text(
                        Presentation.count(
                                topics.size(),
                                "of these topics is in use already:",
                                "of these topics are in use already:"));
        Tone.WARN.paint(head);
        VBox list = new VBox(2);
        topics.stream().limit(MOST_SHOWN).forEach(topic -> list.getChildren().add(mono(topic)));
        if (topics.size() > MOST_SHOWN) {
            list.getChildren()
                    .add(
                            Dialogs.text(
                                    "and "
                                            + Presentation.count(topics.size() - MOST_SHOWN)
                                            + " more"));
        }
        content.getChildren().addAll(head, list);
    }

    private static Label mono(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("mono");
        label.setMinWidth(0);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private void askUnreal(Step step, Runnable then) {
        boolean silent =
                step.unreal().isEmpty() || isOwn(step.url()) || allowedUnreal.contains(step.url());
        if (silent) {
            then.run();
            return;
        }
        dialogs.confirm(
                "These values are not real",
                "The values of "
                        + String.join(", ", step.unreal())
                        + " are simulated or replayed. "
                        + step.brokerName()
                        + " would carry them as if the plant had sent them.",
                "Publish simulated values",
                true,
                () -> {
                    allowedUnreal.add(step.url());
                    then.run();
                });
    }
}
