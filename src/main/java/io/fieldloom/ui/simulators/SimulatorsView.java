package io.fieldloom.ui.simulators;

import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.simulate.SimulatorRegistry;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.UiTasks;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.Mark;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.StackPane;

/**
 * The project's simulators: what each does, where it listens, and a click to start or stop it. FX
 * thread only.
 */
public final class SimulatorsView extends StackPane {
    private final UiKit kit;
    private final Supplier<Project> project;
    private final Switch control;
    private final SimulatorBoard board;
    private final FlatRows<SimulatorRow> index =
            new FlatRows<>(SimulatorRow::name, SimulatorRow::name);
    private final VirtualRows<SimulatorRow> rows;
    private final Node empty;
    private Project shown;

    /** Starts and stops simulators; returns at once. */
    public interface Switch {
        /** Completes when it listens; fails with the reason why it cannot. */
        CompletionStage<Void> start(String name);

        CompletionStage<Void> stop(String name);
    }

    /**
     * @param project the open project, now
     * @param registry what the simulators do
     * @param control starts and stops them
     */
    public SimulatorsView(
            UiKit kit, Supplier<Project> project, SimulatorRegistry registry, Switch control) {
        this.kit = kit;
        this.project = project;
        this.control = control;
        board = new SimulatorBoard(registry, System::nanoTime);
        rows = new VirtualRows<>("Simulators", index, index, columns());
        rows.menu(this::menu);
        rows.onOpen(this::toggle);
        new RowCopy<>(rows, SimulatorRow::endpoint);
        empty =
                new EmptyState(
                        Icon.DEVICE,
                        "No simulators",
                        "A simulator stands in for a device that is not there yet. The project"
                                + " file lists them under 'simulators'.");
        addCommands();
        getChildren().add(rows);
        kit.ticker().every(Ticker.CALM, this::pull);
        refresh();
    }

    private List<Column<SimulatorRow>> columns() {
        return List.of(
                Column.text("Name", 190, SimulatorsView::paintName),
                Column.<SimulatorRow>text(
                                "Protocol",
                                90,
                                (row, cell) -> cell.text(row.protocol()).tone(Tone.DIM))
                        .keep(2),
                Column.text("Endpoint", 0, SimulatorsView::paintEndpoint).grows(),
                Column.<SimulatorRow>text(
                                "Stands in for",
                                190,
                                (row, cell) -> cell.text(row.devices()).tip(row.devicesHint()))
                        .keep(3),
                Column.<SimulatorRow>number(
                                "Points",
                                60,
                                (row, cell) -> cell.text(Presentation.count(row.points())))
                        .keep(1),
                Column.<SimulatorRow>number("Changes/s", 76, (row, cell) -> live(row, cell, true))
                        .keep(4),
                Column.<SimulatorRow>number("Clients", 60, (row, cell) -> live(row, cell, false))
                        .keep(5),
                Column.<SimulatorRow>text("", 4, (row, cell) -> {}).keep(6),
                Column.<SimulatorRow>text("", 70, SimulatorsView::paintAction)
                        .keep(9)
                        .onClick(this::toggle));
    }

    private void addCommands() {
        kit.commands()
                .add(
                        Command.named("simulators.start-all", "Simulators", "Start all simulators")
                                .icon(Icon.PLAY)
                                .when(() -> index.all().stream().anyMatch(SimulatorRow::canStart))
                                .does(
                                        () ->
                                                index.all().stream()
                                                        .filter(SimulatorRow::canStart)
                                                        .forEach(this::start)));
        kit.commands()
                .add(
                        Command.named("simulators.stop-all", "Simulators", "Stop all simulators")
                                .icon(Icon.STOP)
                                .when(() -> index.all().stream().anyMatch(SimulatorsView::runs))
                                .does(
                                        () ->
                                                index.all().stream()
                                                        .filter(SimulatorsView::runs)
                                                        .forEach(this::stop)));
    }

    /** How many run, for the tab: {@code 3}, or {@code 1/3}. */
    public String badge() {
        int all = project.get().simulators().size();
        int running = board.running(project.get());
        if (all == 0) {
            return "";
        }
        return running == all ? Integer.toString(all) : running + "/" + all;
    }

    /** Chooses a simulator. Whether there is one of that name. */
    public boolean reveal(String name) {
        refresh();
        return rows.reveal(name);
    }

    private void pull() {
        boolean onScreen = getScene() != null && getScene().getWindow() != null;
        if (onScreen || project.get() != shown) {
            refresh();
        }
    }

    private void refresh() {
        shown = project.get();
        index.set(board.rows(shown));
        rows.refresh();
        Node wanted = index.all().isEmpty() ? empty : rows;
        if (getChildren().get(0) != wanted) {
            getChildren().setAll(wanted);
        }
    }

    private void toggle(SimulatorRow row) {
        if (row.canStart()) {
            start(row);
        } else if (runs(row)) {
            stop(row);
        }
    }

    private static boolean runs(SimulatorRow row) {
        return row.phase() == SimulatorRow.Phase.RUNNING;
    }

    private void start(SimulatorRow row) {
        String name = row.name();
        board.starts(name);
        follow("Starting " + name, name, control.start(name));
    }

    private void stop(SimulatorRow row) {
        String name = row.name();
        board.stops(name);
        follow("Stopping " + name, name, control.stop(name));
    }

    private void follow(String title, String name, CompletionStage<Void> answer) {
        kit.tasks()
                .follow(
                        title,
                        answer,
                        done -> {
                            board.done(name);
                            refresh();
                        },
                        failure -> {
                            board.failed(name, new UiTasks.Failure(title, failure).words());
                            refresh();
                        });
        refresh();
    }

    private List<MenuItem> menu(List<SimulatorRow> chosen) {
        if (chosen.isEmpty()) {
            return List.of();
        }
        List<SimulatorRow> now =
                index.all().stream()
                        .filter(row -> chosen.stream().anyMatch(old -> same(old, row)))
                        .toList();
        return CommandRegistry.items(
                List.of(
                        Command.named("simulator.start", "Simulators", "Start")
                                .icon(Icon.PLAY)
                                .when(() -> now.stream().anyMatch(SimulatorRow::canStart))
                                .does(
                                        () ->
                                                now.stream()
                                                        .filter(SimulatorRow::canStart)
                                                        .forEach(this::start)),
                        Command.named("simulator.stop", "Simulators", "Stop")
                                .icon(Icon.STOP)
                                .when(() -> now.stream().anyMatch(SimulatorsView::runs))
                                .does(
                                        () ->
                                                now.stream()
                                                        .filter(SimulatorsView::runs)
                                                        .forEach(this::stop)),
                        Command.named("simulator.copy", "Simulators", "Copy endpoint")
                                .icon(Icon.COPY)
                                .when(() -> now.size() == 1 && runs(now.get(0)))
                                .does(() -> RowCopy.put(now.get(0).endpoint()))));
    }

    private static boolean same(SimulatorRow one, SimulatorRow two) {
        return one.name().equals(two.name());
    }

    private static void paintName(SimulatorRow row, Cell cell) {
        Tone tone =
                switch (row.phase()) {
                    case RUNNING -> Tone.OK;
                    case STARTING, STOPPING -> Tone.WARN;
                    case FAILED -> Tone.BAD;
                    case STOPPED -> Tone.OFF;
                };
        cell.text(row.name()).strong().mark(Mark.DOT, tone);
    }

    private static void paintEndpoint(SimulatorRow row, Cell cell) {
        switch (row.phase()) {
            case FAILED -> cell.text(row.endpoint()).tone(Tone.BAD).tip(row.endpoint());
            case STOPPED -> cell.text("stopped").tone(Tone.DIM);
            case STARTING -> cell.text("starting…").tone(Tone.DIM);
            default -> cell.text(row.endpoint()).mono();
        }
    }

    private static void live(SimulatorRow row, Cell cell, boolean changes) {
        if (!runs(row)) {
            cell.text("–").tone(Tone.DIM);
        } else if (changes) {
            cell.text(Presentation.rate(row.changesPerSecond()));
        } else {
            cell.text(Presentation.count(row.clients()));
        }
    }

    private static void paintAction(SimulatorRow row, Cell cell) {
        boolean moves =
                row.phase() == SimulatorRow.Phase.STARTING
                        || row.phase() == SimulatorRow.Phase.STOPPING;
        cell.text(row.phase().action()).tone(moves ? Tone.DIM : Tone.LINK);
    }
}
