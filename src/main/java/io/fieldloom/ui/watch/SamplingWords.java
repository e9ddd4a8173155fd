package io.fieldloom.ui.watch;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.engine.device.Revised;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was asked for one watched tag, and what the device made of it, in words.
 *
 * @param line what was asked; null where nothing is
 * @param revised what the device made of it; empty while it is not there
 */
record SamplingWords(WatchFeed.Line line, Supplier<Optional<Revised>> revised) {
    static final SamplingWords NONE = new SamplingWords(null, Optional::empty);

    /** Whether the device does something else than it was asked for. */
    boolean differs() {
        return revised.get()
                .map(
                        made ->
                                !made.interval().equals(line.interval())
                                        || made.filterRefused() != null
                                        || isShorter(made))
                .orElse(false);
    }

    private boolean isShorter(Revised made) {
        Integer wanted = line.monitoring().queue();
        return wanted != null && made.queue() != null && made.queue() < wanted;
    }

    /** The interval that holds: {@code 250ms}; with the queue where the device has one. */
    String interval() {
        return revised.get()
                .map(
                        made ->
                                Durations.format(made.interval())
                                        + (made.queue() == null ? "" : " ×" + made.queue()))
                .orElse("");
    }

    /** All of it. */
    String whole() {
        if (line == null) {
            return "Not sampled.";
        }
        StringBuilder words = new StringBuilder("Asked: every ");
        words.append(Durations.format(line.interval()));
        Monitoring wanted = line.monitoring();
        if (wanted.queue() != null) {
            words.append(", queue of ").append(wanted.queue());
        }
        if (wanted.discard() != null) {
            words.append(", a full one loses its ").append(wanted.discard().word());
        }
        if (wanted.deadband() != null) {
            words.append(", deadband ").append(wanted.deadband());
        }
        if (wanted.trigger() != null) {
            words.append(", trigger ").append(wanted.trigger().word());
        }
        words.append('.');
        revised.get().ifPresent(made -> words.append(made(made)));
        return words.toString();
    }

    private static String made(Revised made) {
        return "\nThe device: every "
                + Durations.format(made.interval())
                + (made.queue() == null ? "" : ", queue of " + made.queue())
                + "."
                + (made.filterRefused() == null
                        ? ""
                        : "\nIt refused the deadband or trigger ("
                                + made.filterRefused().name()
                                + "): every change is reported.");
    }
}
