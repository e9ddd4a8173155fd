package io.fieldloom.ui.problems;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.EditRefused;
import io.fieldloom.domain.project.Location;
import io.fieldloom.engine.mapping.MappingEngine;
import io.fieldloom.engine.project.LiveLint;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.Mark;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.StackPane;

/**
 * What is wrong, where, and the click that mends it. A double click or Enter goes to the topic, the
 * device or the line of the file. FX thread only.
 */
public final class ProblemsView extends StackPane {
    private final UiKit kit;
    private final ProblemSources sources;
    private final Consumer<Location> goTo;
    private final FlatRows<Problem> index =
            new FlatRows<>(Problem::id, problem -> problem.where() + " " + problem.message());
    private final VirtualRows<Problem> rows;
    private final RowCopy<Problem> copy;
    private final Node empty;

    /**
     * @param editor the open project, now
     * @param lint its problems
     * @param mappings what runs, for mappings that stand still
     * @param troubles devices and brokers that are away now
     * @param goTo shows the topic or device of a problem
     */
    public ProblemsView(
            UiKit kit,
            Supplier<ProjectEditor> editor,
            LiveLint lint,
            MappingEngine mappings,
            Supplier<List<Trouble>> troubles,
            Consumer<Location> goTo) {
        this.kit = kit;
        this.goTo = goTo;
        sources = new ProblemSources(editor, lint, mappings, troubles);
        rows = new VirtualRows<>("Problems", index, index, columns());
        rows.onOpen(this::open);
        rows.menu(this::menu);
        copy = new RowCopy<>(rows, Problem::text);
        empty =
                new EmptyState(
                        Icon.CHECK,
                        "No problems",
                        "The file is valid, every mapping finds its source, no device and no"
                                + " broker in use is away.");
        getStyleClass().add("tab-pane-body");
        kit.commands()
                .add(
                        Command.named("problems.copy", "Problems", "Copy all problems")
                                .icon(Icon.COPY)
                                .when(() -> !index.all().isEmpty())
                                .does(this::copyAll));
        kit.commands()
                .add(
                        Command.named("problems.fix-all", "Problems", "Apply all fixes")
                                .icon(Icon.CHECK)
                                .when(() -> index.all().stream().anyMatch(this::canApply))
                                .does(() -> apply(index.all())));
        getChildren().add(empty);
        kit.ticker().every(Ticker.CALM, this::refresh);
        refresh();
    }

    private List<Column<Problem>> columns() {
        return List.of(
                Column.text(
                        "",
                        14,
                        (problem, cell) ->
                                cell.mark(
                                        problem.isError() ? Mark.CROSS : Mark.WARNING,
                                        problem.isError() ? Tone.BAD : Tone.WARN)),
                Column.<Problem>text(
                                "Where", 360, (problem, cell) -> cell.text(problem.where()).mono())
                        .keep(3),
                Column.<Problem>text("Problem", 0, (problem, cell) -> cell.text(problem.message()))
                        .grows(),
                Column.<Problem>text(
                                "Fix",
                                340,
                                (problem, cell) ->
                                        cell.text(problem.fix())
                                                .tone(canApply(problem) ? Tone.LINK : Tone.DIM))
                        .keep(1),
                Column.<Problem>text(
                                "",
                                142,
                                (problem, cell) -> cell.text(action(problem)).tone(Tone.LINK))
                        .keep(2)
                        .onClick(this::act));
    }

    private String action(Problem problem) {
        return problem.remedy()
                .map(Command::title)
                .orElseGet(() -> canApply(problem) ? "Apply" : "");
    }

    private void act(Problem problem) {
        problem.remedy().ifPresentOrElse(Command::run, () -> apply(List.of(problem)));
    }

    /** How many there are, for the tab; empty for none. */
    public String badge() {
        return sources.count() == 0 ? "" : Presentation.count(sources.count());
    }

    /** How many problems there are. */
    public int count() {
        return sources.count();
    }

    private void refresh() {
        if (sources.refresh()) {
            index.set(sources.problems());
            Node wanted = index.all().isEmpty() ? empty : rows;
            if (getChildren().get(0) != wanted) {
                getChildren().setAll(wanted);
            }
        }
        if (getScene() != null && getScene().getWindow() != null) {
            rows.refresh();
        }
    }

    private boolean canApply(Problem problem) {
        return problem.edit().isPresent() && !sources.editor().readOnly();
    }

    /** Applies the fixes of some problems as one step of undo. */
    private void apply(List<Problem> chosen) {
        List<Edit> edits =
                chosen.stream()
                        .filter(this::canApply)
                        .map(problem -> problem.edit().orElseThrow())
                        .sorted(Comparator.comparingInt(ProblemsView::order))
                        .toList();
        if (edits.isEmpty()) {
            return;
        }
        Edit step =
                edits.size() == 1
                        ? edits.get(0)
                        : new Edit.Batch("Apply " + edits.size() + " fixes", edits);
        try {
            sources.editor().apply(step);
        } catch (EditRefused refused) {
            kit.notifications().fail("The fix cannot be applied: " + refused.getMessage());
        }
        refresh();
    }

    /** Topics are renamed last, the deepest first: the other fixes name them as they are now. */
    private static int order(Edit edit) {
        return edit instanceof Edit.MoveBranch move ? -move.from().length() : Integer.MIN_VALUE;
    }

    private void open(Problem problem) {
        if (problem.fault().isPresent()) {
            SourceLines.show(
                    kit.dialogs(),
                    problem.where(),
                    problem.message(),
                    sources.editor().text(),
                    problem.fault().get());
        } else {
            problem.location().ifPresent(goTo);
        }
    }

    private void copyAll() {
        copy.copySelectedOr(index.all());
    }

    /** What one of several rows may have; the menu keeps its place where none has. */
    private static String remedies(List<Problem> chosen) {
        return chosen.stream()
                .flatMap(problem -> problem.remedy().stream())
                .map(Command::title)
                .distinct()
                .reduce((one, other) -> one + ", " + other)
                .orElse("Connect now");
    }

    private List<MenuItem> menu(List<Problem> chosen) {
        return CommandRegistry.items(
                List.of(
                        Command.named("problem.apply", "Problems", "Apply fix")
                                .icon(Icon.CHECK)
                                .when(() -> chosen.stream().anyMatch(this::canApply))
                                .does(() -> apply(chosen)),
                        Command.named("problem.remedy", "Problems", remedies(chosen))
                                .icon(Icon.RELOAD)
                                .when(() -> chosen.stream().anyMatch(p -> p.remedy().isPresent()))
                                .does(
                                        () ->
                                                chosen.forEach(
                                                        p -> p.remedy().ifPresent(Command::run))),
                        Command.named("problem.go", "Problems", "Go to it")
                                .icon(Icon.SEARCH)
                                .when(() -> chosen.size() == 1)
                                .does(() -> open(chosen.get(0))),
                        Command.named("problem.copy", "Problems", "Copy")
                                .icon(Icon.COPY)
                                .when(() -> !chosen.isEmpty())
                                .does(() -> copy.copySelectedOr(List.of()))));
    }
}
