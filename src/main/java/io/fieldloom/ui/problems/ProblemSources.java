package io.fieldloom.ui.problems;

import io.fieldloom.domain.lint.Finding;
import io.fieldloom.domain.lint.Severity;
import io.fieldloom.domain.project.Location;
import io.fieldloom.engine.mapping.BadTags;
import io.fieldloom.engine.mapping.MappingEngine;
import io.fieldloom.engine.mapping.MappingView;
import io.fieldloom.engine.project.LiveLint;
import io.fieldloom.engine.project.ProjectEditor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All problems there are: of the file, of the design, of what runs. FX thread only. */
final class ProblemSources {
    /** A value that is bad for a moment is the plant's own business. */
    private static final Duration BAD_FOR = Duration.ofSeconds(3);

    private final Supplier<ProjectEditor> editor;
    private final LiveLint lint;
    private final MappingEngine mappings;
    private final Supplier<List<Trouble>> troubles;
    private Seen seen;
    private List<Problem> problems = List.of();
    private int unlisted;

    /**
     * @param troubles what is away now
     */
    ProblemSources(
            Supplier<ProjectEditor> editor,
            LiveLint lint,
            MappingEngine mappings,
            Supplier<List<Trouble>> troubles) {
        this.editor = editor;
        this.lint = lint;
        this.mappings = mappings;
        this.troubles = troubles;
    }

    /** What the present list was made of. */
    private record Seen(
            ProjectEditor editor,
            LiveLint.Snapshot findings,
            List<MappingView> running,
            List<BadTags> bad,
            List<Trouble> troubles) {
        boolean isSame(Seen other) {
            return other != null
                    && editor == other.editor
                    && findings == other.findings
                    && faults().equals(other.faults())
                    && bad.equals(other.bad)
                    && saySame(troubles, other.troubles);
        }

        private static boolean saySame(List<Trouble> some, List<Trouble> others) {
            return some.size() == others.size()
                    && IntStream.range(0, some.size())
                            .allMatch(at -> some.get(at).saysAs(others.get(at)));
        }

        private List<String> faults() {
            return running.stream().map(view -> view.topic() + " " + view.fault()).toList();
        }
    }

    ProjectEditor editor() {
        return editor.get();
    }

    /** Looks again; whether anything differs. */
    boolean refresh() {
        List<MappingView> running =
                mappings.faulty().stream()
                        .sorted(Comparator.comparing(MappingView::topic))
                        .limit(LiveLint.MOST_LISTED)
                        .toList();
        List<Trouble> away = troubles.get();
        Seen now = new Seen(editor.get(), lint.snapshot(), running, bad(away), away);
        if (now.isSame(seen)) {
            return false;
        }
        seen = now;
        collect(now);
        return true;
    }

    /** Of a device that is away it is said once, and not of its tags. */
    private List<BadTags> bad(List<Trouble> away) {
        Instant latest = Instant.now().minus(BAD_FOR);
        Set<String> silent =
                away.stream()
                        .filter(each -> each.severity() == Severity.ERROR)
                        .map(Trouble::where)
                        .collect(Collectors.toSet());
        return mappings.badTags().stream()
                .filter(each -> each.since().isBefore(latest) && !silent.contains(each.device()))
                .limit(LiveLint.MOST_LISTED)
                .toList();
    }

    private void collect(Seen now) {
        List<Problem> all = new ArrayList<>();
        String file = now.editor().displayName();
        now.editor().faults().forEach(fault -> all.add(Problem.of(fault, file)));
        List<Finding> found = now.findings().list();
        // What lint says of a mapping is why it stands still; it is not said twice.
        Set<Location> said =
                found.stream()
                        .filter(Finding::isError)
                        .map(Finding::location)
                        .collect(Collectors.toSet());
        List<Problem> running =
                now.running().stream()
                        .filter(view -> !said.contains(Location.mapping(view.topic())))
                        .map(Problem::of)
                        .toList();
        now.troubles().stream().map(Problem::of).forEach(all::add);
        alike(found.stream().filter(Finding::isError).toList()).forEach(all::add);
        all.addAll(running);
        now.bad().stream().map(Problem::of).forEach(all::add);
        found.stream().filter(finding -> !finding.isError()).map(Problem::of).forEach(all::add);
        problems = List.copyOf(all);
        unlisted = Math.max(0, now.findings().findings().size() - found.size());
    }

    /** What is alike is listed once, however many places suffer from it. */
    private static List<Problem> alike(List<Finding> findings) {
        Map<String, List<Finding>> groups = new LinkedHashMap<>();
        for (Finding finding : findings) {
            String kind = finding.rule() + " " + finding.message() + " " + finding.fix();
            groups.computeIfAbsent(kind, unused -> new ArrayList<>()).add(finding);
        }
        return groups.values().stream().map(Problem::of).toList();
    }

    List<Problem> problems() {
        return problems;
    }

    /** How many there are, those that are not listed included. */
    int count() {
        return problems.size() + unlisted;
    }
}
