package io.fieldloom.ui.kit;

import java.util.List;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/**
 * Short messages at the window's lower right. Good news and offers leave by themselves; what went
 * wrong stays until it is closed. FX thread only.
 */
public final class Notifications {
    private static final Duration STAY = Duration.seconds(6);
    private static final Duration OFFER_STAYS = Duration.seconds(15);
    private static final int MOST = 4;
    private static final String QUESTION = "question";

    private final Overlay overlay;

    public Notifications(Overlay overlay) {
        this.overlay = overlay;
    }

    /** Something happened as wanted. */
    public void tell(String message) {
        show(Tone.OK, Icon.CHECK, message, List.of(), STAY);
    }

    /**
     * Something to know, with something to do about it.
     *
     * @return takes it away before its time
     */
    public Runnable offer(String message, Command... commands) {
        Node toast = show(Tone.LINK, Icon.INFO, message, List.of(commands), OFFER_STAYS);
        return () -> overlay.removeToast(toast);
    }

    /**
     * Something that matters until it is answered; it stays, and no other message pushes it out.
     *
     * @return takes it away, for it is answered elsewhere
     */
    public Runnable ask(String message, Command... commands) {
        Node question = show(Tone.WARN, Icon.INFO, message, List.of(commands), Duration.INDEFINITE);
        question.getStyleClass().add(QUESTION);
        return () -> overlay.removeToast(question);
    }

    /** Something failed: what, why, what to try. */
    public void fail(String message, Command... commands) {
        show(Tone.BAD, Icon.WARNING, message, List.of(commands), Duration.INDEFINITE);
    }

    private Node show(
            Tone tone, Icon icon, String message, List<Command> commands, Duration stays) {
        Label text = new Label(message);
        text.setWrapText(true);
        text.setGraphic(icon.node());
        text.setGraphicTextGap(8);
        tone.paint(text.getGraphic());
        Button close = new Button();
        close.setGraphic(Icon.CLOSE.node());
        close.getStyleClass().add("ghost");
        close.setAccessibleText("Close this message");
        close.setTooltip(new Tooltip("Close"));
        HBox line = new HBox(8, text, close);
        line.setAlignment(Pos.TOP_LEFT);
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        VBox toast = new VBox(6, line);
        toast.getStyleClass().add("toast");
        toast.setAccessibleRole(AccessibleRole.TEXT);
        toast.setAccessibleText(message);
        if (!commands.isEmpty()) {
            HBox actions = new HBox(8);
            actions.setAlignment(Pos.CENTER_RIGHT);
            for (Command command : commands) {
                Button button = new Button(command.title());
                button.setOnAction(
                        event -> {
                            overlay.removeToast(toast);
                            command.run();
                        });
                actions.getChildren().add(button);
            }
            toast.getChildren().add(actions);
        }
        close.setOnAction(event -> overlay.removeToast(toast));
        makeRoom();
        overlay.toasts().getChildren().add(toast);
        if (!stays.isIndefinite()) {
            PauseTransition stay = new PauseTransition(stays);
            stay.setOnFinished(event -> overlay.removeToast(toast));
            stay.play();
        }
        return toast;
    }

    /** The oldest goes that nobody waits for an answer to. */
    private void makeRoom() {
        List<Node> shown = overlay.toasts().getChildren();
        if (shown.size() >= MOST) {
            shown.stream()
                    .filter(toast -> !toast.getStyleClass().contains(QUESTION))
                    .findFirst()
                    .ifPresent(overlay::removeToast);
        }
    }
}
