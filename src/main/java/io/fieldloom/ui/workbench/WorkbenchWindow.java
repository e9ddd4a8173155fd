package io.fieldloom.ui.workbench;

import io.fieldloom.ui.kit.ColumnPane;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.UiKit;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
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

    private static final double TABS_SHARE = 0.765;

    /** What stands there until the features come. */
    private static final List<String> COLUMNS = List.of("Devices", "Namespace", "Live traffic");

    private static final List<String> TABS = List.of("Problems", "Simulators", "Publish", "Log");

    private final UiKit kit;
    private final WorkbenchModel model;
    private final Toolbar toolbar;
    private final StatusBar statusBar;
    private final BottomTabs tabs = new BottomTabs();
    private final SplitPane columns = new SplitPane();
    private final SplitPane rows;
    private SearchPalette palette;
    private final Scene scene;
    private final Ticker.Handle beat;
    private Consumer<List<Double>> moved = shares -> {};
    private List<Double> shares = List.of();

    /** Builds the frame. The program has registered its commands by now. */
    public WorkbenchWindow(UiKit kit, WorkbenchModel model) {
        this.kit = kit;
        this.model = model;
        addCommands();
        toolbar = new Toolbar(kit, model);
        statusBar = new StatusBar(kit);
        rows = new SplitPane(columns, tabs.node());
        rows.setOrientation(Orientation.VERTICAL);
        rows.setDividerPositions(TABS_SHARE);
        SplitPane.setResizableWithParent(tabs.node(), false);
        for (String title : COLUMNS) {
            columns.getItems().add(ColumnPane.announced(title));
        }
        tabs.announce(TABS);
        placeColumns();
        BorderPane frame = new BorderPane(rows);
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
        columns.getItems().setAll(devices, namespace, traffic);
        placeColumns();
        tabs.fill(bottom);
        kit.commands().listenIn(scene);
        toolbar.fillMenu();
        refresh();
        // The split pane takes its columns into the scene on the next pulse.
        kit.fx().execute(devices::requestFocus);
    }

    private void placeColumns() {
        columns.setDividerPositions(404 / WIDTH, 1 - 436 / WIDTH);
    }

    /**
     * Divides the window as it was divided before, and tells when a person has moved a division.
     *
     * @param before what was told last; anything else than three shares is ignored
     */
    public void divide(List<Double> before, Consumer<List<Double>> whenMoved) {
        if (before.size() == 3 && before.stream().allMatch(share -> share > 0 && share < 1)) {
            columns.setDividerPositions(before.get(0), before.get(1));
            rows.setDividerPositions(before.get(2));
        }
        moved = whenMoved;
    }

    private void tellDivisions() {
        double[] across = columns.getDividerPositions();
        if (across.length != 2 || scene.getWindow() == null) {
            return;
        }
        List<Double> now =
                List.of(
                        rounded(across[0]),
                        rounded(across[1]),
                        rounded(rows.getDividerPositions()[0]));
        if (!now.equals(shares)) {
            boolean first = shares.isEmpty();
            shares = now;
            if (!first) {
                moved.accept(now);
            }
        }
    }

    private static double rounded(double share) {
        return Math.round(share * 1_000) / 1_000.0;
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
        tellDivisions();
    }

    /** Stops its beat. */
    public void close() {
        beat.close();
    }
}
