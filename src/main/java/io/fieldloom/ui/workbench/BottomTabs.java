package io.fieldloom.ui.workbench;

import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Tip;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The tabs at the bottom; only the chosen one is in the scene, and only then pulls. */
final class BottomTabs {
    private static final double STRIP = 30;

    private final VBox box = new VBox();
    private final HBox strip = new HBox();
    private final StackPane body = new StackPane();
    private final ToggleGroup group = new ToggleGroup();
    private final Map<String, Tab> tabs = new LinkedHashMap<>();
    private final Map<String, ToggleButton> buttons = new HashMap<>();
    private final Map<String, Node> contents = new HashMap<>();
    private final Button fold = new Button();
    private double wanted;
    private boolean folded;
    private boolean wasFolded;
    private Runnable onShow = () -> {};
    private Runnable onFold = () -> {};

    BottomTabs() {
        box.getStyleClass().add("bottom");
        box.setMinHeight(STRIP);
        strip.getStyleClass().add("tab-strip");
        body.setMinSize(0, 0);
        VBox.setVgrow(body, Priority.ALWAYS);
        box.getChildren().addAll(strip, body);
        fold.getStyleClass().add("ghost");
        fold.setOnAction(event -> onFold.run());
        strip.addEventFilter(KeyEvent.KEY_PRESSED, this::arrows);
    }

    Node node() {
        return box;
    }

    /** Shows which tabs there will be; labels that look like them cost the first frame less. */
    void announce(List<String> names) {
        for (String name : names) {
            Label tab = new Label(name);
            tab.getStyleClass().setAll("toggle-button");
            strip.getChildren().add(tab);
        }
    }

    void fill(List<Tab> all) {
        strip.getChildren().clear();
        for (Tab tab : all) {
            tabs.put(tab.id(), tab);
            ToggleButton button = new ToggleButton(tab.name());
            button.setToggleGroup(group);
            button.setOnAction(event -> show(tab.id()));
            button.addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
            button.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
            buttons.put(tab.id(), button);
            strip.getChildren().add(button);
        }
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        strip.getChildren().addAll(space, fold);
        if (!all.isEmpty()) {
            put(all.get(0));
        }
        fold(folded);
    }

    /** Shows a tab because a person wants to see it. */
    void show(String id) {
        if (tabs.containsKey(id)) {
            put(tabs.get(id));
            onShow.run();
        }
    }

    private void put(Tab tab) {
        wanted = Math.max(wanted, tab.height());
        buttons.get(tab.id()).setSelected(true);
        body.getChildren().setAll(contents.computeIfAbsent(tab.id(), key -> tab.content().get()));
    }

    /** What is done when a person wants to see a tab. */
    void onShow(Runnable action) {
        onShow = action;
    }

    /** What is done when a person folds the tabs, or opens them. */
    void onFold(Runnable action) {
        onFold = action;
    }

    /**
     * The height that every tab seen so far is of use with, the names included. It never shrinks: a
     * window that divides itself anew with each tab makes a person look for their rows again.
     */
    double wantedHeight() {
        return STRIP + wanted;
    }

    /** Shows the names alone, or the chosen tab as well. */
    void fold(boolean fold) {
        if (fold == folded && this.fold.getGraphic() != null) {
            return;
        }
        folded = fold;
        body.setVisible(!fold);
        body.setManaged(!fold);
        box.setMaxHeight(fold ? STRIP : Double.MAX_VALUE);
        this.fold.setGraphic(Icon.CHEVRON_DOWN.node());
        this.fold.getGraphic().setRotate(fold ? 180 : 0);
        String words = fold ? "Open the tabs" : "Fold the tabs";
        Tip.set(this.fold, words + "  (Ctrl+J, or a double click on a tab)");
        this.fold.setAccessibleText(words);
    }

    private void pressed(MouseEvent event) {
        if (event.getClickCount() == 1) {
            wasFolded = folded;
        }
    }

    /** A double click folds, unless its first click has just opened them. */
    private void clicked(MouseEvent event) {
        if (event.getClickCount() == 2 && !wasFolded) {
            onFold.run();
        }
    }

    void refresh() {
        tabs.forEach(
                (id, tab) -> {
                    String count = tab.count().get();
                    String text = count.isEmpty() ? tab.name() : tab.name() + " " + count;
                    ToggleButton button = buttons.get(id);
                    if (!text.equals(button.getText())) {
                        button.setText(text);
                    }
                });
    }

    private void arrows(KeyEvent event) {
        int step = event.getCode() == KeyCode.RIGHT ? 1 : event.getCode() == KeyCode.LEFT ? -1 : 0;
        List<String> ids = List.copyOf(tabs.keySet());
        for (int at = 0; step != 0 && at < ids.size(); at++) {
            if (buttons.get(ids.get(at)).isFocused()) {
                String next = ids.get(Math.floorMod(at + step, ids.size()));
                buttons.get(next).requestFocus();
                show(next);
                event.consume();
                return;
            }
        }
    }
}
