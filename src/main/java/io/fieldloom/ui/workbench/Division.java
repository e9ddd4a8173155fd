package io.fieldloom.ui.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;

/**
 * How the window is divided between the three columns and the tabs below. Until a person moves a
 * division, a low window leaves the tabs less, and a very low one only their names. FX thread only.
 */
final class Division {
    private static final double FIRST = 404 / WorkbenchWindow.WIDTH;
    private static final double SECOND = 1 - 436 / WorkbenchWindow.WIDTH;

    /** The tabs' share where there is height enough. */
    private static final double SHARE = 0.235;

    private static final double ENOUGH = 780;
    private static final double LOW = 600;
    private static final double LOW_TABS = 104;

    /** Below that the columns take all. */
    private static final double TOO_LOW = 520;

    /** The most that the tabs get because one of them wants more height. */
    private static final double MOST = 0.5;

    private final BottomTabs tabs;
    private final SplitPane columns = new SplitPane();
    private final SplitPane rows;
    private double share = Double.NaN;
    private Fold fold = Fold.BY_HEIGHT;
    private List<Double> told = List.of();
    private Consumer<List<Double>> moved = divisions -> {};

    /** Whether the tabs show no more than their names. */
    private enum Fold {
        BY_HEIGHT,
        OPEN,
        FOLDED
    }

    Division(BottomTabs tabs) {
        this.tabs = tabs;
        rows = new SplitPane(columns, tabs.node());
        rows.setOrientation(Orientation.VERTICAL);
        rows.heightProperty().addListener(observable -> place());
        rows.addEventFilter(MouseEvent.MOUSE_RELEASED, this::released);
        tabs.onShow(this::shown);
        tabs.onFold(this::toggle);
    }

    Node node() {
        return rows;
    }

    void columns(List<? extends Node> three) {
        columns.getItems().setAll(three);
        columns.setDividerPositions(FIRST, SECOND);
    }

    /**
     * Divides as it was divided before, and tells when a person changed that.
     *
     * @param before what was told last: two shares of the width, the height's share above the tabs
     *     or -1 for the one that the height gives, and whether the tabs were folded (1) or not (0);
     *     anything else is ignored
     */
    void divide(List<Double> before, Consumer<List<Double>> whenMoved) {
        if (before.size() >= 3 && isShare(before.get(0)) && isShare(before.get(1))) {
            columns.setDividerPositions(before.get(0), before.get(1));
            share = isShare(before.get(2)) ? before.get(2) : Double.NaN;
            if (before.size() > 3) {
                fold =
                        before.get(3) == 1
                                ? Fold.FOLDED
                                : before.get(3) == 0 ? Fold.OPEN : Fold.BY_HEIGHT;
            }
        }
        moved = whenMoved;
        place();
    }

    private static boolean isShare(double number) {
        return number > 0 && number < 1;
    }

    /** Folds the tabs, or opens them. */
    void toggle() {
        fold = isFolded() ? Fold.OPEN : Fold.FOLDED;
        place();
        tell();
    }

    /** A person wants to see a tab. */
    private void shown() {
        if (isFolded()) {
            toggle();
        } else {
            place();
        }
    }

    private boolean isFolded() {
        return fold == Fold.FOLDED || fold == Fold.BY_HEIGHT && rows.getHeight() < TOO_LOW;
    }

    private void place() {
        double height = rows.getHeight();
        if (height <= 0) {
            return;
        }
        boolean folded = isFolded();
        tabs.fold(folded);
        if (folded) {
            rows.setDividerPositions(1);
        } else if (Double.isNaN(share)) {
            rows.setDividerPositions(1 - tabsHeight(height, tabs.wantedHeight()) / height);
        } else {
            rows.setDividerPositions(share);
        }
    }

    /** What the tabs get of a height that nobody has divided. */
    static double tabsHeight(double height, double wanted) {
        double enough = SHARE * height;
        double way = Math.max(0, (height - LOW) / (ENOUGH - LOW));
        double given = height >= ENOUGH ? enough : LOW_TABS + way * (SHARE * ENOUGH - LOW_TABS);
        return Math.max(given, Math.min(wanted, MOST * height));
    }

    private void released(MouseEvent event) {
        boolean isDivider = false;
        for (Node at = (Node) event.getTarget(); at != null && at != rows; at = at.getParent()) {
            isDivider |= at.getStyleClass().contains("split-pane-divider");
            if (isDivider && at.getParent() == rows && !isFolded()) {
                share = rows.getDividerPositions()[0];
                break;
            }
        }
        if (isDivider) {
            tell();
        }
    }

    private void tell() {
        double[] across = columns.getDividerPositions();
        if (across.length != 2) {
            return;
        }
        List<Double> now = new ArrayList<>();
        now.add(rounded(across[0]));
        now.add(rounded(across[1]));
        now.add(Double.isNaN(share) ? -1 : rounded(share));
        now.add(fold == Fold.FOLDED ? 1.0 : fold == Fold.OPEN ? 0.0 : -1.0);
        if (!now.equals(told)) {
            told = now;
            moved.accept(now);
        }
    }

    private static double rounded(double share) {
        return Math.round(share * 1_000) / 1_000.0;
    }
}
