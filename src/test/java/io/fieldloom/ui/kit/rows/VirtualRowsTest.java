package io.fieldloom.ui.kit.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.engine.Rows;
import io.fieldloom.ui.kit.Badge;
import io.fieldloom.ui.kit.HandTicker;
import io.fieldloom.ui.kit.Ticker;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class VirtualRowsTest {
    private final TreeRows tree =
            new TreeRows(
                    "acme/prague/line-1/filler", "acme/prague/line-1/capper", "acme/brno", "zeta");
    private final List<String> opened = new ArrayList<>();
    private final HandTicker ticker = new HandTicker();
    private VirtualRows<TreeRows.Row> rows;
    private Stage stage;

    @Start
    void start(Stage shown) {
        stage = shown;
        rows =
                new VirtualRows<>(
                        "Topics",
                        tree,
                        TreeRows.SHAPE,
                        List.of(Column.text("Topic", 0, (row, cell) -> cell.text(row.name()))));
        rows.onOpen(row -> opened.add(row.path()));
        shown.setScene(new Scene(rows, 400, 300));
        shown.show();
        rows.refresh();
        rows.requestFocus();
    }

    @Test
    void everythingCanBeReachedFromTheKeyboard(FxRobot robot) {
        robot.type(KeyCode.DOWN, KeyCode.RIGHT);
        assertThat(lead(robot)).isEqualTo("acme");

        robot.type(KeyCode.RIGHT);
        assertThat(lead(robot)).isEqualTo("acme/brno");

        robot.type(KeyCode.P);
        assertThat(lead(robot)).as("typing jumps").isEqualTo("acme/prague");

        robot.type(KeyCode.RIGHT, KeyCode.RIGHT, KeyCode.RIGHT, KeyCode.RIGHT, KeyCode.ENTER);
        assertThat(opened).containsExactly("acme/prague/line-1/capper");

        robot.type(KeyCode.LEFT, KeyCode.LEFT, KeyCode.END);
        assertThat(lead(robot)).isEqualTo("zeta");

        robot.type(KeyCode.HOME);
        assertThat(lead(robot)).isEqualTo("acme");

        List<Object> asked = new ArrayList<>();
        robot.interact(
                () ->
                        rows.menu(
                                chosen -> {
                                    asked.add(chosen);
                                    return List.of();
                                }));
        robot.type(KeyCode.CONTEXT_MENU);
        robot.press(KeyCode.SHIFT).type(KeyCode.F10).release(KeyCode.SHIFT);
        assertThat(asked).hasSizeGreaterThanOrEqualTo(2);
    }

    // Topics appear all the time; a click must not land on another row than the one that was looked
    // at.
    @Test
    void theSelectionStaysOnItsRowWhenOthersComeAndGo(FxRobot robot) {
        robot.interact(() -> rows.reveal("acme/prague/line-1/filler"));
        robot.interact(
                () -> {
                    tree.add("aaa");
                    tree.add("acme/berlin");
                    rows.refresh();
                });
        assertThat(lead(robot)).isEqualTo("acme/prague/line-1/filler");
        assertThat(rows.leadPlace()).isEqualTo(7);

        robot.interact(
                () -> {
                    tree.remove("acme/prague");
                    rows.refresh();
                });
        assertThat(robot.from(rows).queryAllAs(RowView.class)).isNotEmpty();
        assertThat(rows.lead()).as("gone").isNull();
    }

    @Test
    void foldingABranchTakesTheSelectionAlong(FxRobot robot) {
        robot.interact(() -> rows.reveal("acme/prague/line-1/filler"));
        robot.interact(() -> rows.open(0, false));

        assertThat(lead(robot)).isEqualTo("acme");
        assertThat(tree.count()).isEqualTo(2);
    }

    @Test
    void aFilterHidesTheSelectionAndGivesItBack(FxRobot robot) {
        robot.interact(() -> rows.reveal("zeta"));
        robot.interact(() -> rows.filter("capper"));
        assertThat(rows.leadPath()).isEqualTo("zeta");

        robot.interact(() -> rows.filter(""));
        assertThat(lead(robot)).isEqualTo("zeta");
    }

    @Test
    void shiftSelectsARangeAndControlAAll(FxRobot robot) {
        robot.interact(() -> rows.reveal("acme/prague/line-1/filler"));
        robot.interact(() -> rows.select(0));
        robot.press(KeyCode.SHIFT).type(KeyCode.DOWN, KeyCode.DOWN).release(KeyCode.SHIFT);

        assertThat(rows.selected())
                .extracting(TreeRows.Row::path)
                .containsExactly("acme", "acme/brno", "acme/prague");
        robot.push(KeyCode.SHORTCUT, KeyCode.A);
        assertThat(rows.selected()).hasSize(rows.count());
    }

    // Whether a device may be written must be seen at any width.
    @Test
    void anUrgentBadgeIsWholeWhereEverythingElseIsCut(FxRobot robot) {
        VirtualRows<TreeRows.Row> list =
                new VirtualRows<>(
                        "Devices",
                        tree,
                        TreeRows.SHAPE,
                        List.of(
                                Column.text(
                                        "Tag",
                                        0,
                                        (row, cell) ->
                                                cell.text("modbus-127.0.0.1-" + row.name())
                                                        .note("holding:0", "h:0")
                                                        .badge(Badge.alarm("ARMED"))
                                                        .badge(Badge.pill("Modbus TCP")))));
        robot.interact(
                () -> {
                    list.setMaxWidth(150);
                    stage.getScene().setRoot(new StackPane(list));
                    list.refresh();
                });
        robot.interact(() -> stage.getScene().getRoot().layout());

        Label armed = robot.from(list).lookup("ARMED").nth(0).query();
        assertThat(armed.isVisible()).isTrue();
        assertThat(armed.getWidth()).isGreaterThanOrEqualTo(armed.prefWidth(-1));
        assertThat(armed.getLayoutX() + armed.getWidth())
                .isLessThanOrEqualTo(((Region) armed.getParent()).getWidth());
        assertThat(robot.from(list).lookup("Modbus TCP").nth(0).query().isVisible())
                .as("a property gives way as a whole")
                .isFalse();
    }

    @Test
    void aNameTakesTheRoomOfEmptyCellsBehindIt(FxRobot robot) {
        String name = "waits for the connection to the device";
        boolean[] valued = {false};
        VirtualRows<TreeRows.Row> list =
                new VirtualRows<>(
                        "Devices",
                        tree,
                        TreeRows.SHAPE,
                        List.of(
                                Column.text("Tag", 0, (row, cell) -> cell.text(name)),
                                Column.number(
                                        "Value",
                                        150,
                                        (row, cell) -> cell.text(valued[0] ? "1" : ""))));
        robot.interact(
                () -> {
                    list.setMaxWidth(320);
                    stage.getScene().setRoot(new StackPane(list));
                    list.refresh();
                });
        robot.interact(() -> stage.getScene().getRoot().layout());
        Label text = robot.from(list).lookup(name).nth(0).query();
        assertThat(text.getWidth()).isGreaterThanOrEqualTo(text.prefWidth(-1));

        valued[0] = true;
        robot.interact(list::refresh);
        robot.interact(() -> stage.getScene().getRoot().layout());
        assertThat(text.getWidth()).isLessThan(150);
    }

    @Test
    void theThumbOfALongListCanBeGrabbed(FxRobot robot) {
        CountingRows many = new CountingRows(1_000_000);
        VirtualRows<Integer> list = new VirtualRows<>("Many", many, CountingRows.SHAPE, numbers());
        robot.interact(
                () -> {
                    stage.getScene().setRoot(list);
                    list.refresh();
                });
        robot.interact(() -> stage.getScene().getRoot().layout());
        Region thumb = robot.from(list).lookup(".thumb").query();
        assertThat(thumb.getHeight()).isGreaterThanOrEqualTo(24);

        robot.interact(list::scrollToEnd);
        robot.interact(() -> stage.getScene().getRoot().layout());
        Region bar = (Region) thumb.getParent();
        assertThat(thumb.getBoundsInParent().getMaxY()).isLessThanOrEqualTo(bar.getHeight() + 1);
    }

    @Test
    void aRevealedRowMovesUpWhenWhatBelongsToItComesLater(FxRobot robot) {
        CountingRows few = new CountingRows(40);
        VirtualRows<Integer> list = new VirtualRows<>("Few", few, CountingRows.SHAPE, numbers());
        robot.interact(() -> stage.getScene().setRoot(list));
        robot.interact(() -> list.reveal("39"));
        assertThat(list.isAtEnd()).isTrue();

        few.count = 100;
        robot.interact(list::refresh);

        assertThat(list.firstShown()).isBetween(20, 38);
        assertThat(list.isAtEnd()).isFalse();
    }

    // A busy broker must not cost more than the screen is tall.
    @Test
    void aMillionRowsCostWhatIsOnScreen(FxRobot robot) {
        CountingRows many = new CountingRows(1_000_000);
        VirtualRows<Integer> big = new VirtualRows<>("Many", many, CountingRows.SHAPE, numbers());
        robot.interact(
                () -> {
                    stage.getScene().setRoot(big);
                    big.pullOn(ticker, Ticker.LIVE);
                });
        robot.interact(() -> big.reveal("999999"));
        many.asked = 0;
        robot.interact(ticker::tick);

        assertThat(many.asked).isBetween(10, 40);
        assertThat(robot.lookup("row 999999").tryQuery()).as("it did paint").isPresent();
    }

    private String lead(FxRobot robot) {
        robot.interact(rows::refresh);
        TreeRows.Row lead = rows.lead();
        return lead == null ? null : lead.path();
    }

    private static List<Column<Integer>> numbers() {
        return List.of(Column.text("Row", 0, (row, cell) -> cell.text("row " + row)));
    }

    private static final class CountingRows implements Rows<Integer> {
        static final RowShape<Integer> SHAPE =
                new RowShape<>() {
                    @Override
                    public String path(Integer row) {
                        return row.toString();
                    }

                    @Override
                    public int depth(Integer row) {
                        return 0;
                    }

                    @Override
                    public boolean isBranch(Integer row) {
                        return false;
                    }

                    @Override
                    public boolean isOpen(Integer row) {
                        return false;
                    }

                    @Override
                    public String name(Integer row) {
                        return row.toString();
                    }
                };

        private int count;
        private int asked;

        CountingRows(int count) {
            this.count = count;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public Integer at(int place) {
            asked++;
            return place;
        }

        @Override
        public void toggle(int place) {}

        @Override
        public void expand(int place, boolean open) {}

        @Override
        public int reveal(String path) {
            return Integer.parseInt(path);
        }

        @Override
        public void filter(String text) {}
    }
}
