package io.fieldloom.ui.workbench;

import io.fieldloom.ui.kit.Badge;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.StatusDot;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.workbench.WorkbenchState.Mappings;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/**
 * The line at the top. When there is little room the search field gives way first, then words do,
 * one after the other; nothing is cut off.
 */
final class Toolbar {
    private static final double LEAST_SEARCH = 130;
    private static final double LONGEST_NAME = 260;
    private static final double LONGEST_BROKER = 360;

    /** What is left out, each step more than the one before. */
    private enum Brevity {
        NOTHING,
        BROKER_ADDRESS,
        FILE_NAME,
        RUN_WORDS;

        boolean leavesOut(Brevity words) {
            return compareTo(words) >= 0;
        }
    }

    private static final PseudoClass STOPS = PseudoClass.getPseudoClass("stops");

    private final UiKit kit;
    private final WorkbenchModel model;
    private final HBox bar = new HBox(8);
    private final MenuButton menu = new MenuButton();
    private final Label file = new Label();
    private final Label saved = Badge.pill("").label();
    private final Button run = new Button();
    private final MenuButton broker = new MenuButton();
    private final StatusDot brokerLight = new StatusDot();
    private final Button theme = new Button();
    private WorkbenchState shown;
    private double shownWidth;

    Toolbar(UiKit kit, WorkbenchModel model) {
        this.kit = kit;
        this.model = model;
        bar.getStyleClass().add("toolbar");
        bar.setMinWidth(0); // words give way, not the window
        bar.setAlignment(Pos.CENTER_LEFT);
        Label name = new Label("Fieldloom");
        name.getStyleClass().add("strong");
        name.setMinWidth(Region.USE_PREF_SIZE);
        file.getStyleClass().add("file-name");
        file.setMinWidth(Region.USE_PREF_SIZE);
        file.setMaxWidth(LONGEST_NAME);
        saved.setMinWidth(Region.USE_PREF_SIZE);
        menu.setGraphic(Icon.MENU.node());
        menu.getStyleClass().addAll("main-menu", "icon-only");
        describe(menu, "Menu with all commands  (F10)", "Menu");
        bar.getChildren().addAll(menu, name, file, saved, run);
        for (String id :
                List.of(CommandIds.OPEN, CommandIds.SAVE, CommandIds.UNDO, CommandIds.REDO)) {
            kit.commands()
                    .find(id)
                    .ifPresent(command -> bar.getChildren().add(iconButton(command)));
        }
        run.setMinWidth(Region.USE_PREF_SIZE);
        bar.getChildren().addAll(spacer(), search(), spacer(), broker, theme);
        broker.setGraphic(brokerLight);
        broker.setMinWidth(Region.USE_PREF_SIZE);
        broker.setMaxWidth(LONGEST_BROKER);
        broker.setOnShowing(event -> fillBrokers());
        broker.getItems().add(new MenuItem());
        broker.setAccessibleText("Broker");
        theme.getStyleClass().add("icon-only");
        theme.setOnAction(event -> kit.commands().find(CommandIds.THEME).ifPresent(Command::run));
        kit.theme().lookProperty().addListener(observable -> showTheme());
        showTheme();
        bar.widthProperty().addListener((observable, before, after) -> show(shown));
    }

    Node node() {
        return bar;
    }

    /** Fills the menu, when all commands are known. */
    void fillMenu() {
        menu.getItems().setAll(kit.commands().menus());
    }

    void openMenu() {
        menu.show();
    }

    private Button iconButton(Command command) {
        Button button = new Button();
        button.setGraphic(command.icon().node());
        button.getStyleClass().add("icon-only");
        describe(button, command.tip(), command.title());
        button.disableProperty().bind(command.disabledProperty());
        button.setOnAction(event -> command.run());
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private Node search() {
        Label words = new Label("Search tags, topics, commands…");
        words.setMinWidth(0);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        Label keys = new Label("Ctrl K");
        keys.getStyleClass().add("key-cap");
        HBox inside = new HBox(6, words, keys);
        inside.setAlignment(Pos.CENTER_LEFT);
        Button field = new Button();
        field.getStyleClass().add("search-button");
        field.setGraphic(inside);
        field.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        field.setPrefWidth(420);
        field.setMinWidth(LEAST_SEARCH);
        field.setMaxWidth(420);
        // No bindings: their first computed one brings a hundred classes.
        field.widthProperty()
                .addListener(
                        (observable, before, width) -> {
                            inside.setPrefWidth(width.doubleValue() - 20);
                            keys.setVisible(width.doubleValue() > 240);
                            keys.setManaged(keys.isVisible());
                        });
        describe(field, "Find a tag, a topic or a command  (Ctrl+K)", "Search");
        field.setOnAction(event -> kit.commands().find(CommandIds.SEARCH).ifPresent(Command::run));
        return field;
    }

    private static Region spacer() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        return space;
    }

    private static void describe(ButtonBase button, String tip, String spoken) {
        Tip.set(button, tip);
        button.setAccessibleText(spoken);
    }

    private void showTheme() {
        boolean dark = kit.theme().look() == Theme.Look.DARK;
        theme.setGraphic((dark ? Icon.SUN : Icon.MOON).node());
        describe(
                theme,
                (dark ? "Light" : "Dark") + " colours  (Ctrl+Alt+T)",
                "Switch between light and dark");
    }

    private void fillBrokers() {
        List<MenuItem> items = new ArrayList<>();
        for (WorkbenchModel.BrokerChoice choice : model.brokers()) {
            CheckMenuItem item = new CheckMenuItem(choice.title());
            item.setSelected(choice.chosen());
            item.setOnAction(event -> model.chooseBroker(choice.name()));
            items.add(item);
        }
        items.add(new SeparatorMenuItem());
        for (String id : List.of(CommandIds.ADD_BROKER, CommandIds.EDIT_BROKER)) {
            kit.commands()
                    .find(id)
                    .ifPresent(command -> items.addAll(CommandRegistry.items(List.of(command))));
        }
        broker.getItems().setAll(items);
    }

    /** Shows the newest state; the same again costs nothing. */
    void show(WorkbenchState state) {
        if (state == null || state.equals(shown) && bar.getWidth() == shownWidth) {
            return;
        }
        shown = state;
        shownWidth = bar.getWidth();
        file.setText(state.file());
        saved.setText(state.saved().word());
        brokerLight.show(Presentation.link(state.link()));
        for (Brevity brevity : Brevity.values()) {
            show(state, brevity);
            if (neededWidth() <= shownWidth) {
                break;
            }
        }
        String reason = state.linkReason().isEmpty() ? "" : "\n" + state.linkReason();
        String tip = state.broker() + " · " + state.brokerAddress() + reason;
        Tip.set(broker, tip);
    }

    private double neededWidth() {
        double needed = bar.getInsets().getLeft() + bar.getInsets().getRight() - bar.getSpacing();
        for (Node each : bar.getChildren()) {
            needed += each.isManaged() ? each.minWidth(-1) + bar.getSpacing() : 0;
        }
        return needed;
    }

    private void show(WorkbenchState state, Brevity brevity) {
        boolean named = !brevity.leavesOut(Brevity.FILE_NAME);
        file.setVisible(named);
        file.setManaged(named);
        showRun(state.mappings(), brevity.leavesOut(Brevity.RUN_WORDS));
        broker.setText(
                brevity.leavesOut(Brevity.BROKER_ADDRESS)
                        ? state.broker()
                        : state.broker() + " · " + state.brokerAddress());
    }

    private void showRun(Mappings mappings, boolean narrow) {
        boolean stops = mappings == Mappings.RUNNING || mappings == Mappings.STARTING;
        String id = stops ? CommandIds.STOP : CommandIds.RUN;
        Command command = kit.commands().find(id).orElse(null);
        boolean there = command != null;
        run.setVisible(there);
        run.setManaged(there);
        if (!there) {
            return;
        }
        String words =
                switch (mappings) {
                    case STARTING -> "Starting…";
                    case STOPPING -> "Stopping…";
                    default -> command.title();
                };
        run.setText(narrow ? "" : words);
        if (run.getGraphic() == null || run.getPseudoClassStates().contains(STOPS) != stops) {
            run.setGraphic((stops ? Icon.STOP : Icon.PLAY).node());
        }
        run.pseudoClassStateChanged(STOPS, stops);
        if (stops) {
            run.getStyleClass().remove("primary");
        } else if (!run.getStyleClass().contains("primary")) {
            run.getStyleClass().add("primary");
        }
        describe(run, command.tip(), words);
        run.disableProperty().unbind();
        if (mappings == Mappings.STARTING || mappings == Mappings.STOPPING) {
            run.setDisable(false); // it would lose the focus for that moment
        } else {
            run.disableProperty().bind(command.disabledProperty());
        }
        run.setOnAction(event -> command.run());
    }
}
