package io.fieldloom.engine.project;

import io.fieldloom.domain.lint.Finding;
import io.fieldloom.domain.lint.Findings;
import io.fieldloom.domain.lint.Lint;
import io.fieldloom.domain.mapping.ExpressionCheck;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.SerialLane;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The problems of the open project, kept up with its edits on background threads: in full when it
 * is opened, and by what an edit touched after that. Thread-safe; reading never waits.
 */
public final class LiveLint {
    /** More problems at a time than these are counted, not listed: nobody reads them. */
    public static final int MOST_LISTED = 2_000;

    private final ExpressionCheck expressions;
    private final SerialLane lane;
    private volatile Snapshot snapshot = Snapshot.NONE;
    // the number of the project that was opened last; what belongs to an earlier one is dropped
    private volatile int opened;

    /**
     * What was found.
     *
     * @param findings by what they are about
     * @param list the same as a list, errors first, {@link #MOST_LISTED} at most
     */
    public record Snapshot(Findings findings, List<Finding> list) {
        static final Snapshot NONE = new Snapshot(Findings.NONE, List.of());

        private static Snapshot of(Findings findings) {
            return new Snapshot(
                    findings,
                    findings.list().stream()
                            .sorted(Comparator.comparing(Finding::severity))
                            .limit(MOST_LISTED)
                            .toList());
        }
    }

    public LiveLint(ExpressionCheck expressions, Executor pool) {
        this.expressions = expressions;
        this.lane = new SerialLane(pool);
    }

    /** Takes another project; until it has been looked at, it has no problems. */
    public synchronized void open(Project project) {
        int mine = ++opened;
        snapshot = Snapshot.NONE;
        lane.execute(() -> put(mine, Lint.lint(project, expressions)));
    }

    /** Follows an edit. Edits come in the order in which they were made. */
    public synchronized void apply(Change change) {
        int mine = opened;
        lane.execute(
                () -> {
                    if (mine == opened) {
                        put(mine, Lint.relint(snapshot.findings(), change, expressions));
                    }
                });
    }

    private void put(int mine, Findings findings) {
        if (findings == snapshot.findings()) {
            return;
        }
        Snapshot next = Snapshot.of(findings);
        synchronized (this) {
            if (mine == opened) {
                snapshot = next;
            }
        }
    }

    /** The newest findings. */
    public Snapshot snapshot() {
        return snapshot;
    }
}
