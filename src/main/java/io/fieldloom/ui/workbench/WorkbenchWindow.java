package io.fieldloom.ui.workbench;

import io.fieldloom.ui.kit.ColumnPane;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.UiKit;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.layout.BorderPane;

/**
 * The window: toolbar, three columns, tabs, status bar. It can be shown with nothing in it, so that
 * it is painted before any engine starts, and is filled later. FX thread only.
 */
public final class WorkbenchWindow {
    /** How large it is meant to be. */
    public static final double WIDTH = 1440;

    public static final double HEIGHT = 900;

    /** What a laptop's panel of 1366 by 768 leaves at 150 %. */
    public static final double LEAST_WIDTH = 760;

    public static final double LEAST_HEIGHT = 440;

    /** What stands there until the features come. */
    private static final List<String> COLUMNS = List.of("Devices", "Namespace", "Live traffic");

    private static final List<String> TABS =
            List.of(
                    "Problems",
                    "Details",
                    "Watch",
                    "Chart",
                    "History",
                    "Events",
                    "Registers",
                    "Frames",
                    "Simulators",
                    "Publish",
                    "Log");

    private final UiKit kit;
    private final WorkbenchModel model;
    private final Toolbar toolbar;
    private final StatusBar statusBar;
    private final BottomTabs tabs = new BottomTabs();
    private final Division division = new Division(tabs);
    private SearchPalette palette;
    private final Scene scene;
    private final Ticker.Handle beat;

    /** Builds the frame. The program has registered its commands by now. */
    public WorkbenchWindow(UiKit kit, WorkbenchModel model) {
        this.kit = kit;
        this.model = model;
        addCommands();
        toolbar = new Toolbar(kit, model);
        statusBar = new StatusBar(kit);
        division.columns(COLUMNS.stream().map(ColumnPane::announced).toList());
        tabs.announce(TABS);
        BorderPane frame = new BorderPane(division.node());
        frame.setTop(toolbar.node());
        frame.setBottom(statusBar.node());
        kit.overlay().content(frame);
        // A size to divide; the division would be made at nothing else.
        scene = new Scene(kit.overlay().root(), WIDTH, HEIGHT);
        kit.theme().dress(scene);
        kit.commands().listenIn(scene);
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.F10), toolbar::openMenu);
        refresh();
        beat = kit.ticker().every(Ticker.CALM, this::refresh);
    }

    private void search() {
        if (palette == null) {
            palette = new SearchPalette(kit, model);
        }
        palette.open();
    }

    private void addCommands() {
        kit.commands()
                .add(
                        Command.named(CommandIds.FOLD_TABS, "View", "Fold or open the tabs")
                                .icon(Icon.CHEVRON_DOWN)
                                .key("Shortcut+J")
                                .does(division::toggle));
        kit.commands()
                .add(
                        Command.named(CommandIds.SEARCH, "View", "Search…")
                                .icon(Icon.SEARCH)
                                .key("Shortcut+K")
                                .does(this::search));
        kit.commands()
                .add(
                        Command.named(CommandIds.THEME, "View", "Switch light and dark")
                                .icon(Icon.SUN)
                                .key("Shortcut+Alt+T")
                                .does(() -> kit.theme().show(kit.theme().look().other())));
    }

    public Scene scene() {
        return scene;
    }

    /** Puts the features in: devices, namespace, traffic, and the tabs. Once. */
    public void fill(Node devices, Node namespace, Node traffic, List<Tab> bottom) {
        division.columns(List.of(devices, namespace, traffic));
        tabs.fill(bottom);
        kit.commands().listenIn(scene);
        toolbar.fillMenu();
        refresh();
        // The split pane takes its columns into the scene on the next pulse.
        kit.fx().execute(devices::requestFocus);
    }

    /** Divides the window as before, and tells when a person has changed that; see settings. */
    public void divide(List<Double> before, Consumer<List<Double>> whenMoved) {
        division.divide(before, whenMoved);
    }

    /** Brings a tab to the front. */
    public void showTab(String id) {
        tabs.show(id);
    }

    /** The look that is shown now, to be remembered. */
    public Theme.Look look() {
        return kit.theme().look();
    }

    /** Pulls the newest state, now. */
    public void refresh() {
        WorkbenchState state = model.state();
        kit.commands().refresh();
        toolbar.show(state);
        statusBar.show(state);
        tabs.refresh();
    }

    /** Stops its beat. */
    public void close() {
        beat.close();
    }
}
