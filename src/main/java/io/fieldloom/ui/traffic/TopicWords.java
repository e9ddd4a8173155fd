package io.fieldloom.ui.traffic;

import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TopicView;
import io.fieldloom.engine.traffic.TrafficStats;
import io.fieldloom.ui.kit.Presentation;

/** What the column says of topics and totals. Pure. */
final class TopicWords {
    /** What an empty retained message did. */
    static final String DELETED = "retained value deleted";

    private TopicWords() {}

    /** Whether a message deleted what the broker kept. */
    static boolean deletes(Message message) {
        return message.retained() && message.payload().length == 0;
    }

    /**
     * {@code 3,412 msg/s · 0 dropped}.
     *
     * @param brief whether to leave out that nothing was dropped
     */
    static String totals(TrafficStats stats, boolean brief) {
        String words = Presentation.rate(stats.perSecond()) + " msg/s";
        if (!brief || stats.dropped() > 0) {
            words += " · " + Presentation.count(stats.dropped()) + " dropped";
        }
        return stats.notKept() == 0
                ? words
                : words + " · " + Presentation.count(stats.notKept()) + " not kept";
    }

    /** Whether the last message was a kept one, and whether the broker keeps a value. */
    static String retained(TopicView view) {
        if (deletes(view.last()) && view.payloadKept()) {
            return "The last message was empty and retained: the broker keeps nothing any more";
        }
        if (view.last().retained()) {
            return "Retained: the broker keeps the last message for those who subscribe later";
        }
        return view.retained()
                ? "The last message came live; the broker keeps a retained value as well"
                : "Live: the broker keeps nothing for those who subscribe later";
    }
}
