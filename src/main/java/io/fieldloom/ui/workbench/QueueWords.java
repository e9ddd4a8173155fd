package io.fieldloom.ui.workbench;

import io.fieldloom.engine.outlet.Drops;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.workbench.WorkbenchState.Lost;
import io.fieldloom.ui.workbench.WorkbenchState.Waiting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What the status bar says of messages that wait and of those that were lost. Pure. */
final class QueueWords {
    /** From here on a queue may be full before anybody has done something about it. */
    private static final double NEARLY_FULL = 0.9;

    private QueueWords() {}

    /** {@code plant is away: queued 1,204 of 100,000 (12 of 64 MB)}; empty when nothing waits. */
    static String waiting(List<Waiting> all) {
        if (all.isEmpty()) {
            return "";
        }
        Waiting fullest = fullest(all);
        String others = all.size() == 1 ? "" : " · " + (all.size() - 1) + " more";
        return fullest.broker() + standing(fullest.queue()) + queued(fullest.queue()) + others;
    }

    private static Waiting fullest(List<Waiting> all) {
        return all.stream()
                .max(Comparator.comparingDouble(each -> share(each.queue())))
                .orElseThrow();
    }

    private static String standing(OutletState queue) {
        return switch (queue.link()) {
            case UP -> " is behind: ";
            case CONNECTING -> " is being reached: ";
            case DOWN, CLOSED -> " is away: ";
        };
    }

    private static String queued(OutletState queue) {
        return "queued "
                + Presentation.count(queue.queued())
                + " of "
                + Presentation.count(queue.queueBound())
                + " ("
                + ofBytes(queue.queuedBytes(), queue.queueBoundBytes())
                + ")";
    }

    /** {@code 12 of 64 MB}: both in the unit of the bound. */
    private static String ofBytes(long bytes, long bound) {
        String most = Presentation.bytes(bound);
        String some = Presentation.bytes(bytes);
        String unit = most.substring(most.indexOf(' '));
        return (some.endsWith(unit) ? some.substring(0, some.length() - unit.length()) : some)
                + " of "
                + most;
    }

    /** Whether the oldest will be lost soon, or are already. */
    static boolean isNearlyFull(List<Waiting> all) {
        return !all.isEmpty() && share(fullest(all).queue()) >= NEARLY_FULL;
    }

    private static double share(OutletState queue) {
        return Math.max(
                (double) queue.queued() / queue.queueBound(),
                (double) queue.queuedBytes() / queue.queueBoundBytes());
    }

    /** Each broker with its queue, and what becomes of it. */
    static String waitingTip(List<Waiting> all) {
        String brokers =
                all.stream()
                        .map(
                                each ->
                                        each.broker()
                                                + standing(each.queue())
                                                + queued(each.queue())
                                                + reason(each.queue()))
                        .collect(Collectors.joining("\n"));
        return brokers
                + "\n\nMessages of QoS 1 and 2 wait in memory and are sent in order when the broker"
                + " is back.\nWhen the queue is full the oldest are dropped, and counted.";
    }

    private static String reason(OutletState queue) {
        return queue.link() == Link.UP || queue.reason().isEmpty() ? "" : "\n    " + queue.reason();
    }

    /** What was lost and why. */
    static String lostTip(Lost lost) {
        if (lost.total() == 0) {
            return "No message was lost since the mappings were started";
        }
        Drops drops = lost.published();
        List<String> lines = new ArrayList<>();
        lines.add("Lost since the mappings were started:");
        line(lines, drops.full(), "published: the queue of a broker that is away was full");
        line(lines, drops.away(), "published: QoS 0 does not wait for a broker that is away");
        line(lines, drops.ended(), "published: still queued when the mappings were stopped");
        line(lines, lost.tooFast(), "not shown in Live traffic: they came too fast");
        line(lines, lost.tooMany(), "not shown in Live traffic: too many topics");
        return String.join("\n", lines);
    }

    private static void line(List<String> lines, long count, String why) {
        if (count > 0) {
            lines.add(Presentation.count(count) + " " + why);
        }
    }
}
