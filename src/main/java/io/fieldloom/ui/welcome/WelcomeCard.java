package io.fieldloom.ui.welcome;

import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.Tone;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The card for newcomers. A step ticks itself off when it is done; the card takes no room any more
 * once it is closed. FX thread only.
 */
public final class WelcomeCard extends VBox {
    /** Below that much height of the column only the next step is told. */
    private static final double ROOMY = 420;

    /** Below that nothing but the headline. */
    private static final double LOW = 240;

    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");

    private final Map<WelcomeStep, Line> lines = new EnumMap<>(WelcomeStep.class);
    private final Set<WelcomeStep> done = EnumSet.noneOf(WelcomeStep.class);
    private final Label headline = new Label("The demo runs. Try this:");
    private final Label rest = new Label();
    private final Runnable closed;
    private double room = Double.MAX_VALUE;

    /**
     * @param shortcuts commands that do a step for whoever clicks on it; a step without one is only
     *     told
     * @param closed remembers that nobody needs it again
     */
    public WelcomeCard(Map<WelcomeStep, Command> shortcuts, Runnable closed) {
        this.closed = closed;
        getStyleClass().add("welcome-card");
        setMinHeight(Region.USE_PREF_SIZE);
        setAccessibleRole(AccessibleRole.PARENT);
        headline.getStyleClass().add("strong");
        headline.setMaxWidth(Double.MAX_VALUE);
        headline.setMinWidth(0);
        HBox.setHgrow(headline, Priority.ALWAYS);
        rest.getStyleClass().add("dim");
        rest.setMinWidth(Region.USE_PREF_SIZE);
        Button close = new Button();
        close.setGraphic(Icon.CLOSE.node());
        close.getStyleClass().add("ghost");
        close.setAccessibleText("Close the introduction");
        close.setTooltip(new Tooltip("Close; it will not come back"));
        close.setOnAction(event -> close());
        HBox head = new HBox(8, headline, rest, close);
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().add(head);
        for (WelcomeStep step : WelcomeStep.values()) {
            Line line = new Line(step, shortcuts.get(step));
            lines.put(step, line);
            getChildren().add(line.box);
        }
        showRest();
    }

    /** Ticks steps off. Done again is as done once. */
    public void done(Collection<WelcomeStep> steps) {
        for (WelcomeStep step : steps) {
            if (done.add(step)) {
                lines.get(step).tick();
            }
        }
        showRest();
    }

    /** The column that it lies in is that high: takes no more of it than can be spared. */
    public void fit(double height) {
        room = height;
        showSteps();
    }

    private void showSteps() {
        boolean isNext = true;
        for (WelcomeStep step : WelcomeStep.values()) {
            boolean shown = room >= ROOMY || room >= LOW && isNext && !done.contains(step);
            isNext &= done.contains(step);
            HBox line = lines.get(step).box;
            line.setVisible(shown);
            line.setManaged(shown);
        }
    }

    private void showRest() {
        int all = WelcomeStep.values().length;
        if (done.size() == all) {
            headline.setText("You know your way around now.");
        }
        rest.setText(done.size() + " of " + all);
        showSteps();
    }

    private void close() {
        setVisible(false);
        setManaged(false);
        closed.run();
    }

    /** One step. */
    private final class Line {
        private final HBox box = new HBox(8);
        private final StackPane sign = new StackPane();
        private final String words;

        Line(WelcomeStep step, Command shortcut) {
            words = step.order() + " " + step.effect();
            sign.getStyleClass().add("welcome-sign");
            Label number = new Label(Integer.toString(step.ordinal() + 1));
            sign.getChildren().add(number);
            Node order = order(step, shortcut);
            Label effect = new Label(step.effect());
            effect.getStyleClass().add("dim");
            effect.setMinWidth(0);
            Tip.set(effect, words);
            box.getStyleClass().add("welcome-step");
            box.setAlignment(Pos.CENTER_LEFT);
            HBox said = new HBox(4, order, effect);
            said.setAlignment(Pos.CENTER_LEFT);
            box.getChildren().addAll(sign, said);
            box.setAccessibleRole(AccessibleRole.TEXT);
            box.setAccessibleText(words);
        }

        private Node order(WelcomeStep step, Command shortcut) {
            if (shortcut == null) {
                Label label = new Label(step.order());
                label.setMinWidth(Region.USE_PREF_SIZE);
                return label;
            }
            Button button = new Button(step.order());
            button.getStyleClass().add("link");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setTooltip(new Tooltip(shortcut.tip()));
            button.setOnAction(event -> shortcut.run());
            return button;
        }

        void tick() {
            Node check = Icon.CHECK.node();
            Tone.OK.paint(check);
            sign.getChildren().setAll(check);
            box.pseudoClassStateChanged(DONE, true);
            box.setAccessibleText(words + ", done");
        }
    }
}
