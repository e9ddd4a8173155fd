package io.fieldloom.ui.namespace;

import io.fieldloom.domain.lint.Finding;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.mapping.MappingEngine;
import io.fieldloom.engine.mapping.MappingView;
import io.fieldloom.ui.kit.Badge;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.Mark;
import io.fieldloom.ui.kit.rows.RowShape;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * How rows of the namespace are drawn: what is designed, and what the running mappings publish now.
 */
final class NamespaceColumns implements RowShape<NamespaceRow> {
    /** Below this the others make room for it. */
    private static final double TOPIC = 176;

    private static final double SOURCE = 176;
    // In a column of this width there is room for the object that has the tag.
    private static final double WHOLE_SOURCE = 250;
    private static final double LEAST_SOURCE = 100;
    private static final double VALUE = 96;
    private static final double AGE = 48;
    private static final double STATE = 16;

    private final MappingEngine mappings;
    private final Predicate<Mapping> isBrokerAway;
    private final TopicProblems problems;
    private final Clock clock;
    private final Consumer<NamespaceRow> showSource;

    NamespaceColumns(
            MappingEngine mappings,
            Predicate<Mapping> isBrokerAway,
            TopicProblems problems,
            Clock clock,
            Consumer<NamespaceRow> showSource) {
        this.mappings = mappings;
        this.isBrokerAway = isBrokerAway;
        this.problems = problems;
        this.clock = clock;
        this.showSource = showSource;
    }

    List<Column<NamespaceRow>> columns() {
        return List.of(
                Column.<NamespaceRow>text("Topic", 0, NamespaceColumns::paintTopic).least(TOPIC),
                Column.<NamespaceRow>text("Source", SOURCE, NamespaceColumns::paintSource)
                        .least(LEAST_SOURCE)
                        .keep(1)
                        .onClick(showSource),
                Column.<NamespaceRow>number("Live value", VALUE, this::paintValue).keep(4),
                Column.<NamespaceRow>number("Age", AGE, this::paintAge).keep(2),
                Column.<NamespaceRow>text("", STATE, this::paintState).keep(3));
    }

    private static void paintTopic(NamespaceRow row, Cell cell) {
        cell.text(row.name());
        Mapping mapping = row.mapping();
        if (row.level() != null) {
            cell.badge(Badge.level(row.level()));
        }
        if (row.branch() && !row.open() && row.mappings() > 0) {
            cell.badge(Badge.pill(Presentation.count(row.mappings())));
        }
        if (mapping != null && !mapping.enabled()) {
            cell.tone(Tone.DIM).badge(Badge.pill("off"));
        }
        String description = mapping == null ? null : mapping.description();
        cell.tip(description == null ? row.topic() : row.topic() + "\n" + description);
    }

    private static void paintSource(NamespaceRow row, Cell cell) {
        if (row.mapping() != null) {
            TagRef source = row.mapping().source();
            cell.text(SourceName.of(source), SourceName.brief(source), WHOLE_SOURCE)
                    .tone(Tone.LINK)
                    .tip(() -> SourceName.inFull(source));
        }
    }

    private Optional<MappingView> view(NamespaceRow row) {
        return row.mapping() == null ? Optional.empty() : mappings.view(row.topic());
    }

    private void paintValue(NamespaceRow row, Cell cell) {
        view(row)
                .ifPresent(
                        view -> {
                            Sample sample = view.published();
                            if (sample != null) {
                                cell.text(Presentation.value(sample.value(), view.unit()))
                                        .tone(Presentation.status(sample.status()));
                            }
                        });
    }

    private void paintAge(NamespaceRow row, Cell cell) {
        view(row)
                .map(MappingView::published)
                .ifPresent(
                        sample ->
                                cell.text(
                                                Presentation.age(
                                                        Duration.between(
                                                                sample.receivedAt(),
                                                                clock.instant())))
                                        .tone(Tone.DIM)
                                        .tip(
                                                "Published "
                                                        + Presentation.clock(sample.receivedAt())));
    }

    private void paintState(NamespaceRow row, Cell cell) {
        Optional<Finding> found =
                row.branch() && !row.open()
                        ? problems.within(row.topic())
                        : problems.of(row.topic());
        if (found.isPresent()) {
            Finding finding = found.get();
            String where =
                    finding.location().key().equals(row.topic())
                            ? ""
                            : finding.location().key().substring(row.topic().length() + 1) + ": ";
            String fix = finding.fix().isEmpty() ? "" : "\n" + finding.fix();
            cell.mark(
                            finding.isError() ? Mark.CROSS : Mark.WARNING,
                            finding.isError() ? Tone.BAD : Tone.WARN)
                    .tip(where + finding.message() + fix);
        } else if (row.mapping() != null) {
            paintRunning(row, cell);
        }
    }

    private void paintRunning(NamespaceRow row, Cell cell) {
        if (!row.mapping().enabled()) {
            cell.mark(Mark.PAUSED, Tone.DIM).tip("Switched off");
            return;
        }
        Optional<MappingView> running = view(row);
        if (running.isEmpty()) {
            return;
        }
        MappingView view = running.get();
        if (view.waits()) {
            cell.mark(Mark.WAIT, Tone.DIM).tip(view.fault());
        } else if (view.fault() != null) {
            cell.mark(Mark.CROSS, Tone.BAD).tip("Stands still: " + view.fault());
        } else if (isBrokerAway.test(row.mapping())) {
            cell.mark(Mark.WAIT, Tone.WARN).tip("Waits for its broker, which is away");
        } else if (view.published() == null) {
            cell.mark(Mark.WAIT, Tone.DIM).tip("Waiting for the first value");
        } else if (view.published().status().isGood()) {
            cell.mark(Mark.CHECK, Tone.OK).tip("Published with good quality");
        } else {
            cell.mark(Mark.WARNING, Presentation.quality(view.published().status().quality()))
                    .tip("The device says " + view.published().status().name());
        }
    }

    @Override
    public String path(NamespaceRow row) {
        return row.topic();
    }

    @Override
    public int depth(NamespaceRow row) {
        return row.depth();
    }

    @Override
    public boolean isBranch(NamespaceRow row) {
        return row.branch();
    }

    @Override
    public boolean isOpen(NamespaceRow row) {
        return row.open();
    }

    @Override
    public String name(NamespaceRow row) {
        return Topic.name(row.topic());
    }
}
