package io.fieldloom.ui.log;

import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.Mark;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The newest lines of the log. It stays at the end while the end is on screen, and in its place
 * while somebody reads further up. FX thread only.
 */
public final class LogView extends VBox {
    private static final double DETAIL_WIDTH = 760;

    private final UiKit kit;
    private final LogMemory memory;
    private final FlatRows<LogLine> index =
            new FlatRows<>(line -> Long.toString(line.number()), LogView::text);
    private final VirtualRows<LogLine> rows;
    private final RowCopy<LogLine> copy;
    private final StackPane body = new StackPane();
    private final ComboBox<LogLine.Level> level = new ComboBox<>();
    private final TextField filter = new TextField();
    private final Button newest = new Button("Newest");
    private final Command clear;
    private final Node empty;
    private long version = -1;
    private LogLine.Level least = LogLine.Level.INFO;
    private long errorsSeen;

    public LogView(UiKit kit, LogMemory memory) {
        this.kit = kit;
        this.memory = memory;
        getStyleClass().add("tab-pane-body");
        rows =
                new VirtualRows<>(
                        "Log",
                        index,
                        index,
                        List.of(
                                Column.text("Time", 100, LogView::paintTime),
                                Column.<LogLine>text(
                                                "Level",
                                                70,
                                                (line, cell) ->
                                                        cell.text(line.level().word())
                                                                .tone(tone(line.level())))
                                        .keep(1),
                                Column.<LogLine>text(
                                                "Source",
                                                120,
                                                (line, cell) ->
                                                        cell.text(line.source()).tone(Tone.DIM))
                                        .keep(2),
                                Column.<LogLine>text(
                                                "Message",
                                                0,
                                                (line, cell) -> cell.text(line.message()))
                                        .grows()));
        copy = new RowCopy<>(rows, LogView::text);
        clear =
                Command.named("log.clear", "Log", "Clear log")
                        .icon(Icon.CLEAR)
                        .when(() -> !index.all().isEmpty())
                        .does(
                                () -> {
                                    memory.clear();
                                    refresh();
                                });
        kit.commands().add(clear);
        empty =
                new EmptyState(
                        Icon.FILE,
                        "Nothing to report",
                        "Warnings and errors of the broker, devices and mappings will be listed"
                                + " here.");
        rows.onOpen(this::tell);
        rows.menu(
                selected ->
                        CommandRegistry.items(
                                List.of(
                                        Command.named("log.copy", "Log", "Copy")
                                                .icon(Icon.COPY)
                                                .does(() -> copy.copySelectedOr(List.of())),
                                        Command.named("log.detail", "Log", "Details…")
                                                .icon(Icon.INFO)
                                                .when(() -> selected.size() == 1)
                                                .does(() -> tell(selected.get(0))))));
        body.getChildren().add(rows);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(tools(), body);
        kit.ticker().every(Ticker.CALM, this::pull);
        refresh();
    }

    private HBox tools() {
        level.getItems().setAll(LogLine.Level.values());
        level.setValue(least);
        level.setConverter(new LevelWords());
        level.setAccessibleText("Least level shown");
        level.getStyleClass().add("small");
        level.setOnAction(
                event -> {
                    least = level.getValue();
                    version = -1;
                    refresh();
                });
        filter.setPromptText("Filter the log…");
        filter.setAccessibleText("Filter the log");
        filter.getStyleClass().add("filter-field");
        HBox.setHgrow(filter, Priority.ALWAYS);
        filter.textProperty().addListener((observable, before, after) -> filter(after));
        newest.setOnAction(event -> rows.scrollToEnd());
        newest.getStyleClass().add("quiet");
        Button copyAll = new Button("Copy");
        copyAll.getStyleClass().add("quiet");
        copyAll.setOnAction(event -> copy.copySelectedOr(index.shown()));
        Button clearAll = new Button("Clear");
        clearAll.getStyleClass().add("quiet");
        clearAll.disableProperty().bind(clear.disabledProperty());
        clearAll.setOnAction(event -> clear.run());
        HBox tools = new HBox(6, level, filter, newest, copyAll, clearAll);
        tools.getStyleClass().add("tab-tools");
        return tools;
    }

    /** How many errors came since the log was last on screen, for its tab; empty for none. */
    public String badge() {
        long unseen = memory.errors() - errorsSeen;
        return unseen <= 0 ? "" : Presentation.count(unseen);
    }

    private void filter(String text) {
        rows.filter(text);
        rows.scrollToEnd();
    }

    private void pull() {
        if (getScene() != null && getScene().getWindow() != null) {
            errorsSeen = memory.errors();
            refresh();
        }
    }

    private void refresh() {
        long now = memory.version();
        if (now != version) {
            version = now;
            boolean follow = rows.isAtEnd();
            index.set(
                    memory.lines().stream()
                            .filter(line -> line.level().compareTo(least) >= 0)
                            .toList());
            rows.refresh();
            if (follow) {
                rows.scrollToEnd();
            }
            clear.refresh();
            Node wanted = index.all().isEmpty() ? empty : rows;
            if (body.getChildren().get(0) != wanted) {
                body.getChildren().setAll(wanted);
            }
        }
        newest.setDisable(rows.isAtEnd());
    }

    private void tell(LogLine line) {
        Label what = new Label(line.message());
        what.setWrapText(true);
        VBox content = new VBox(10, what);
        if (!line.detail().isEmpty()) {
            TextArea detail = new TextArea(line.detail());
            detail.setEditable(false);
            detail.getStyleClass().add("code");
            detail.setPrefRowCount(14);
            detail.setAccessibleText("Where it came from");
            content.getChildren().add(detail);
        }
        content.setMinHeight(Region.USE_PREF_SIZE);
        DialogPane dialog =
                new DialogPane(line.source() + ", " + Presentation.clock(line.time()), content)
                        .width(DETAIL_WIDTH);
        dialog.button("Copy", () -> RowCopy.put(text(line) + "\n" + line.detail()));
        dialog.actionButton("Close", () -> {});
        kit.dialogs().show(dialog);
    }

    private static void paintTime(LogLine line, Cell cell) {
        Mark mark =
                switch (line.level()) {
                    case INFO -> Mark.DOT;
                    case WARNING -> Mark.WARNING;
                    case ERROR -> Mark.CROSS;
                };
        Tone tone = line.level() == LogLine.Level.INFO ? Tone.OFF : tone(line.level());
        cell.text(Presentation.clock(line.time())).mono().mark(mark, tone);
    }

    private static Tone tone(LogLine.Level level) {
        return switch (level) {
            case INFO -> Tone.DIM;
            case WARNING -> Tone.WARN;
            case ERROR -> Tone.BAD;
        };
    }

    private static String text(LogLine line) {
        return String.join(
                "\t",
                Presentation.clock(line.time()),
                line.level().word(),
                line.source(),
                line.message());
    }

    /** What the choice of levels says. */
    private static final class LevelWords extends javafx.util.StringConverter<LogLine.Level> {
        @Override
        public String toString(LogLine.Level shown) {
            return switch (shown) {
                case INFO -> "Everything";
                case WARNING -> "Warnings and errors";
                case ERROR -> "Errors only";
            };
        }

        @Override
        public LogLine.Level fromString(String text) {
            throw new UnsupportedOperationException("the choice is not typed");
        }
    }
}
