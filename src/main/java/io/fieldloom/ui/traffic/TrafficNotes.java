package io.fieldloom.ui.traffic;

import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.plant.TrafficWatch;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * The lines between filter and topics, each there only when it has something to say: what is wrong
 * with the filter, that the view stands still, where the broker is, and what is watched of it. FX
 * thread only.
 */
final class TrafficNotes {
    private final Consumer<String> watchAlso;
    private final VBox box = new VBox();
    private final Note fault = new Note(Tone.BAD);
    private final Note paused = new Note(Tone.WARN);
    private final Note away = new Note(Tone.BAD);
    private final Note refusal = new Note(Tone.WARN);
    private final Note watched = new Note(Tone.DIM);
    private final Button everything = link("Watch everything (#)");
    private final Button addFilter = link("+ Filter");
    private final TextField field = new TextField();
    private final Note fieldFault = new Note(Tone.BAD);

    /** One line. */
    private static final class Note extends HBox {
        private final Label label = new Label();

        Note(Tone tone) {
            super(8);
            getStyleClass().add("column-note");
            label.setMinWidth(0);
            label.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(label, Priority.ALWAYS);
            tone.paint(label);
            getChildren().add(label);
            say("");
        }

        /** Takes as many lines as it needs. */
        void wrap() {
            label.setWrapText(true);
            label.setMinHeight(USE_PREF_SIZE);
            setMinHeight(USE_PREF_SIZE);
        }

        /** Shows a sentence; the empty one hides the line. */
        void say(String sentence) {
            if (!sentence.equals(label.getText())) {
                label.setText(sentence);
            }
            boolean some = !sentence.isEmpty();
            if (some != isVisible() || some != isManaged()) {
                setVisible(some);
                setManaged(some);
            }
        }
    }

    /**
     * @param resume lets the view follow again
     * @param watchAlso watches one more filter
     */
    TrafficNotes(Runnable resume, Consumer<String> watchAlso) {
        this.watchAlso = watchAlso;
        Button again = link("Resume");
        again.setOnAction(event -> resume.run());
        paused.getChildren().add(again);
        away.wrap();
        refusal.wrap();
        box.setMinHeight(Region.USE_PREF_SIZE);
        everything.setTooltip(
                new Tooltip(
                        "Shows every topic of the broker. On a large plant that is much traffic,"
                                + " and some brokers refuse it."));
        everything.setOnAction(event -> watchAlso.accept(TrafficWatch.EVERYTHING));
        addFilter.setTooltip(new Tooltip("Subscribe to more, such as acme/+/utilities/#"));
        addFilter.setOnAction(event -> openField());
        watched.getChildren().addAll(everything, addFilter);
        field.getStyleClass().addAll("mono", "filter-field");
        field.setPromptText("Filter to subscribe to; Enter adds it, Escape does not");
        field.setAccessibleText("Filter to subscribe to");
        field.textProperty().addListener(observable -> fieldFault.say(""));
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::fieldKey);
        showField(false);
        box.getChildren().addAll(fault, away, refusal, watched, field, fieldFault, paused);
    }

    private static Button link(String words) {
        Button button = new Button(words);
        button.getStyleClass().add("link");
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    Node node() {
        return box;
    }

    /** Why the filter's text is none, or the empty text. */
    void filterFault(String why) {
        fault.say(why);
    }

    /** That the view stands still, and how many messages came meanwhile; -1 when it follows. */
    void paused(long meanwhile) {
        paused.say(
                meanwhile < 0
                        ? ""
                        : "Paused · "
                                + Presentation.count(meanwhile, "message", "messages")
                                + " recorded meanwhile");
    }

    /** Where the broker is and what is watched of it. */
    void broker(TrafficWatch.State state, boolean isEmbedded, Instant now) {
        away.say(state.link() == Link.UP || isEmbedded ? "" : away(state, now));
        refusal.say(state.refusal().isEmpty() ? "" : "Not watched: " + state.refusal());
        boolean offers = !isEmbedded;
        watched.say(offers ? watching(state) : "");
        boolean partly = offers && !state.watchesEverything();
        everything.setVisible(partly);
        everything.setManaged(partly);
        if (!offers) {
            showField(false);
        }
    }

    private static String watching(TrafficWatch.State state) {
        return state.filters().isEmpty()
                ? "Watching nothing yet: the design has no topics here"
                : "Watching " + String.join(", ", state.filters());
    }

    private static String away(TrafficWatch.State state, Instant now) {
        StringBuilder words = new StringBuilder();
        if (state.reason().isEmpty()) {
            words.append(state.broker());
            words.append(state.link() == Link.CONNECTING ? " is being reached" : " is away");
        } else {
            words.append(Character.toUpperCase(state.reason().charAt(0)));
            words.append(state.reason(), 1, state.reason().length());
        }
        if (state.nextAttempt() != null) {
            long seconds =
                    Math.max(0, Duration.between(now, state.nextAttempt()).toMillis() + 999)
                            / 1_000;
            words.append(words.charAt(words.length() - 1) == '.' ? " " : ". ");
            words.append(seconds == 0 ? "Trying now" : "Next attempt in " + seconds + " s");
        }
        return words.toString();
    }

    private void openField() {
        showField(true);
        field.requestFocus();
    }

    private void showField(boolean shown) {
        if (field.isVisible() != shown || field.isManaged() != shown) {
            field.setVisible(shown);
            field.setManaged(shown);
            field.clear();
            fieldFault.say("");
        }
    }

    private void fieldKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            showField(false);
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER) {
            String filter = field.getText().strip();
            Optional<String> why = Topic.filterFault(filter);
            fieldFault.say(why.map(each -> "Not a filter: " + each).orElse(""));
            if (why.isEmpty()) {
                watchAlso.accept(filter);
                showField(false);
            }
            event.consume();
        }
    }
}
