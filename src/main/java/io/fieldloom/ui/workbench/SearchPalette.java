package io.fieldloom.ui.workbench;

import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.UiKit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Ctrl-K: finds commands at once, tags and topics in the background, and does or opens what is
 * chosen.
 */
final class SearchPalette {
    private static final int MOST_COMMANDS = 6;
    private static final int MOST_HITS = 12;
    private static final double WIDTH = 620;
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private final UiKit kit;
    private final WorkbenchModel model;
    private final VBox box = new VBox();
    private final TextField field = new TextField();
    private final VBox list = new VBox();
    private List<SearchHit> hits = List.of();
    private int chosen;
    private int asked;

    SearchPalette(UiKit kit, WorkbenchModel model) {
        this.kit = kit;
        this.model = model;
        field.setPromptText("Tags, topics, commands…");
        field.setAccessibleText("Search tags, topics and commands");
        box.getStyleClass().add("palette");
        box.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        box.setPrefWidth(WIDTH);
        box.getChildren().addAll(field, list);
        field.textProperty().addListener((observable, before, after) -> search(after));
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    void open() {
        if (kit.dialogs().isOpen()) {
            return;
        }
        field.clear();
        search("");
        kit.dialogs().show(box, field, Pos.TOP_CENTER);
    }

    private void search(String text) {
        int mine = ++asked;
        List<SearchHit> commands = commands(text);
        show(commands);
        if (text.isBlank()) {
            return;
        }
        kit.tasks()
                .run(
                        "Searching",
                        progress -> model.search(text, MOST_HITS),
                        found -> {
                            if (mine == asked) {
                                List<SearchHit> all = new ArrayList<>(found);
                                all.addAll(commands);
                                all.sort(Comparator.comparing(SearchHit::onward));
                                show(all);
                            }
                        });
    }

    private List<SearchHit> commands(String text) {
        String wanted = text.toLowerCase(Locale.ROOT).strip();
        List<SearchHit> found = new ArrayList<>();
        for (Command command : kit.commands().all()) {
            boolean matches = command.title().toLowerCase(Locale.ROOT).contains(wanted);
            if (matches
                    && !command.id().equals(CommandIds.SEARCH)
                    && found.size() < MOST_COMMANDS) {
                command.refresh();
                if (!command.disabledProperty().get()) {
                    Icon icon = command.icon() == null ? Icon.MENU : command.icon();
                    String keys =
                            command.shortcut() == null ? "" : command.shortcut().getDisplayText();
                    found.add(new SearchHit(icon, command.title(), keys, command::run));
                }
            }
        }
        return found;
    }

    private void show(List<SearchHit> found) {
        hits = found;
        list.getChildren().clear();
        for (int at = 0; at < found.size(); at++) {
            list.getChildren().add(line(found.get(at), at));
        }
        if (found.isEmpty()) {
            Label nothing = new Label("Nothing is called that");
            nothing.getStyleClass().add("dim");
            nothing.setPadding(new Insets(4, 10, 6, 10));
            list.getChildren().add(nothing);
        }
        choose(0);
    }

    private HBox line(SearchHit hit, int at) {
        Label title = new Label(hit.title());
        Label detail = new Label(hit.detail());
        detail.getStyleClass().add("palette-detail");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox line = new HBox(hit.icon().node(), title, space, detail);
        line.getStyleClass().add("palette-hit");
        line.setAccessibleRole(AccessibleRole.LIST_ITEM);
        line.setAccessibleText(hit.title() + " " + hit.detail());
        line.setOnMouseClicked(
                event -> {
                    chosen = at;
                    take();
                });
        return line;
    }

    private void choose(int at) {
        chosen = hits.isEmpty() ? 0 : Math.floorMod(at, hits.size());
        for (int line = 0; line < list.getChildren().size(); line++) {
            list.getChildren()
                    .get(line)
                    .pseudoClassStateChanged(SELECTED, line == chosen && !hits.isEmpty());
        }
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.DOWN) {
            choose(chosen + 1);
        } else if (event.getCode() == KeyCode.UP) {
            choose(chosen - 1);
        } else if (event.getCode() == KeyCode.ENTER) {
            take();
        } else {
            return;
        }
        event.consume();
    }

    private void take() {
        if (chosen < hits.size()) {
            SearchHit hit = hits.get(chosen);
            asked++;
            kit.dialogs().dismiss();
            hit.open().run();
        }
    }
}
