package io.fieldloom.engine.device;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.UnitRange;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.device.Scan.Pace;
import io.fieldloom.engine.device.Scan.Range;
import io.fieldloom.engine.device.Scan.Search;
import io.fieldloom.engine.device.Scan.Where;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A whole scan, one search after the other: which units answer, then what can be read of each. A
 * unit that falls silent does not keep the others from being looked through. Thread-safe.
 */
public final class LineScan {
    /** A silent unit costs that, so that 247 of them take a minute and not four. */
    private static final Duration UNIT_TIMEOUT = Duration.ofMillis(300);

    /** A device that answers as each of these does not look at the unit id. */
    private static final UnitRange NOBODYS = new UnitRange(245, 247);

    private static final int MOST_UNPROVEN = 3;

    /** What the search for units is of the whole. */
    private static final double UNITS_PART = 0.2;

    private final Scan scan;
    private final Endpoint endpoint;
    private final Question question;
    private final Listener listener;
    private final List<Where> left = new ArrayList<>();
    private volatile Search running;
    private volatile boolean cancelled;
    private final List<DeviceException> doubts = new CopyOnWriteArrayList<>();
    private volatile int places;
    private volatile int done;

    /**
     * What is looked for.
     *
     * @param units those to look for, or null for the endpoint's alone
     * @param tables {@code holding input coil discrete}
     * @param from first address, zero-based
     * @param to last address, inclusive
     * @param step how far apart addresses from 1000 on are tried where nothing is found
     * @param pause between two questions
     */
    public record Question(
            UnitRange units, List<String> tables, int from, int to, int step, Duration pause) {
        public Question {
            tables = List.copyOf(tables);
        }
    }

    /** Told what is found, on the searches' own threads. */
    public interface Listener {
        /** A unit answers. */
        void unit(int unit);

        /** The device does not look at the unit id, and is looked through as this unit only. */
        void anyUnit(int unit);

        /** Addresses that can be read. */
        void range(Range range);
    }

    /** Not started yet. */
    public LineScan(Scan scan, Endpoint endpoint, Question question, Listener listener) {
        this.scan = scan;
        this.endpoint = endpoint;
        this.question = question;
        this.listener = listener;
    }

    /**
     * Starts it; once only.
     *
     * @return completes when all is looked through or it was cancelled
     */
    public CompletionStage<Void> start() {
        return units().thenCompose(
                        found -> {
                            for (int unit : found) {
                                for (String table : question.tables()) {
                                    left.add(
                                            new Where(
                                                    unit,
                                                    table,
                                                    question.from(),
                                                    question.to(),
                                                    question.step()));
                                }
                            }
                            places = left.size();
                            return next();
                        });
    }

    private CompletionStage<List<Integer>> units() {
        UnitRange wanted = question.units();
        if (wanted == null) {
            return CompletableFuture.completedStage(List.of(endpoint.unit()));
        }
        if (wanted.count() <= MOST_UNPROVEN) {
            return ask(wanted, listener::unit);
        }
        return ask(NOBODYS, unit -> {})
                .thenCompose(
                        nobodys -> {
                            if (nobodys.size() < NOBODYS.count()) {
                                return ask(wanted, listener::unit);
                            }
                            listener.anyUnit(wanted.first());
                            return CompletableFuture.completedStage(List.of(wanted.first()));
                        });
    }

    private CompletionStage<List<Integer>> ask(UnitRange units, java.util.function.IntConsumer to) {
        if (cancelled) {
            return CompletableFuture.completedStage(List.of());
        }
        List<Integer> found = new CopyOnWriteArrayList<>();
        Duration timeout = endpoint.query().containsKey("timeout") ? null : UNIT_TIMEOUT;
        return follow(
                        scan.units(
                                units.first(),
                                units.last(),
                                new Pace(question.pause(), timeout),
                                unit -> {
                                    found.add(unit);
                                    to.accept(unit);
                                }))
                .thenApply(all -> found);
    }

    private CompletionStage<Void> next() {
        if (cancelled || left.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        Where where = left.remove(0);
        Search search = scan.ranges(where, new Pace(question.pause(), null), listener::range);
        return follow(search)
                .handle((all, failure) -> failure)
                .thenCompose(
                        failure -> {
                            search.incomplete().ifPresent(doubts::add);
                            done = places - left.size();
                            if (failure == null) {
                                return next();
                            }
                            if (Cause.of(failure) instanceof DeviceException known
                                    && known.kind() == DeviceException.Kind.TIMEOUT) {
                                doubts.add(known);
                                left.removeIf(other -> other.unit() == where.unit());
                                return next();
                            }
                            return CompletableFuture.failedStage(Cause.of(failure));
                        });
    }

    private CompletionStage<Void> follow(Search search) {
        running = search;
        if (cancelled) {
            search.cancel();
        }
        return search.done();
    }

    /** How far it is, 0 to 1. */
    public double progress() {
        Search present = running;
        double part = present == null ? 0 : present.progress();
        double unitsPart = question.units() == null ? 0 : UNITS_PART;
        if (places == 0) {
            return part * unitsPart;
        }
        double ranges = (done + (done < places ? part : 0)) / places;
        return Math.min(1, unitsPart + (1 - unitsPart) * ranges);
    }

    /** Why there may be more than was found: units and addresses that did not answer. */
    public List<DeviceException> doubts() {
        return List.copyOf(doubts);
    }

    /** Ends it after the present question. Idempotent. */
    public void cancel() {
        cancelled = true;
        Search present = running;
        if (present != null) {
            present.cancel();
        }
    }
}
