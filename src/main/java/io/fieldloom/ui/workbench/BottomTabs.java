package io.fieldloom.ui.workbench;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The tabs at the bottom; only the chosen one is in the scene, and only then pulls. */
final class BottomTabs {
    private final VBox box = new VBox();
    private final HBox strip = new HBox();
    private final StackPane body = new StackPane();
    private final ToggleGroup group = new ToggleGroup();
    private final Map<String, Tab> tabs = new LinkedHashMap<>();
    private final Map<String, ToggleButton> buttons = new HashMap<>();
    private final Map<String, Node> contents = new HashMap<>();

    BottomTabs() {
        box.getStyleClass().add("bottom");
        box.setMinHeight(30);
        strip.getStyleClass().add("tab-strip");
        body.setMinSize(0, 0);
        VBox.setVgrow(body, Priority.ALWAYS);
        box.getChildren().addAll(strip, body);
        strip.addEventFilter(KeyEvent.KEY_PRESSED, this::arrows);
    }

    Node node() {
        return box;
    }

    /** Shows which tabs there will be. */
    void announce(List<String> names) {
        for (String name : names) {
            strip.getChildren().add(new ToggleButton(name));
        }
    }

    void fill(List<Tab> all) {
        strip.getChildren().clear();
        for (Tab tab : all) {
            tabs.put(tab.id(), tab);
            ToggleButton button = new ToggleButton(tab.name());
            button.setToggleGroup(group);
            button.setOnAction(event -> show(tab.id()));
            buttons.put(tab.id(), button);
            strip.getChildren().add(button);
        }
        if (!all.isEmpty()) {
            show(all.get(0).id());
        }
    }

    void show(String id) {
        Tab tab = tabs.get(id);
        if (tab != null) {
            buttons.get(id).setSelected(true);
            body.getChildren().setAll(contents.computeIfAbsent(id, key -> tab.content().get()));
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
