package io.fieldloom.ui.watch;

import io.fieldloom.domain.tag.WatchEntry;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.Revised;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.chart.TimeSeries;
import java.util.Optional;
import java.util.function.Supplier;

/** One row of the watch list with what its tag has told so far. FX thread only. */
final class WatchedTag {
    /** How far back its line goes; more is not kept, for the rows may be thousands. */
    static final long SHOWN_MILLIS = 60_000;

    // A minute of a tag that changes twenty times a second.
    private static final int MOST_POINTS = 1_200;

    private final TimeSeries series = new TimeSeries(MOST_POINTS);
    private WatchEntry entry;
    private String unit;
    private String trouble = "";
    private SamplingWords sampling = SamplingWords.NONE;
    private Sample newest;
    private Value.Numeric least;
    private Value.Numeric most;

    WatchedTag(WatchEntry entry) {
        this.entry = entry;
    }

    String name() {
        return entry.name();
    }

    WatchEntry entry() {
        return entry;
    }

    void entry(WatchEntry other) {
        entry = other;
    }

    String unit() {
        return unit;
    }

    void unit(String other) {
        unit = other;
    }

    /** How it is sampled now, and where the device tells what it made of it. */
    void sampled(WatchFeed.Line line, Supplier<Optional<Revised>> revised) {
        sampling = new SamplingWords(line, revised);
    }

    SamplingWords sampling() {
        return sampling;
    }

    /** Why nothing comes, or the empty text. */
    String trouble() {
        return trouble;
    }

    void trouble(String words) {
        trouble = words;
    }

    /** Forgets the newest sample, for there can be no next one. */
    void lost(String why) {
        newest = null;
        trouble = why;
    }

    /** The newest sample, or null. */
    Sample newest() {
        return newest;
    }

    TimeSeries series() {
        return series;
    }

    String value() {
        return newest == null ? "" : Presentation.value(newest.value(), unit);
    }

    String status() {
        return newest == null ? trouble : newest.status().name();
    }

    String least() {
        return least == null ? "" : Presentation.value(least);
    }

    String most() {
        return most == null ? "" : Presentation.value(most);
    }

    /** The source's time; empty where the protocol has none. */
    String sourceTime() {
        return newest == null || newest.sourceTime() == null
                ? ""
                : Presentation.clock(newest.sourceTime());
    }

    void add(Sample sample) {
        newest = sample;
        long at = sample.receivedAt().toEpochMilli();
        series.add(at, Presentation.charted(sample));
        series.forgetBefore(at - SHOWN_MILLIS);
        if (!sample.status().isBad() && sample.value() instanceof Value.Numeric number) {
            if (least == null || number.asDouble() < least.asDouble()) {
                least = number;
            }
            if (most == null || number.asDouble() > most.asDouble()) {
                most = number;
            }
        }
    }

    /** Lets least and most begin anew, with the value as it is now. */
    void reset() {
        boolean usable = newest != null && !newest.status().isBad();
        least = usable && newest.value() instanceof Value.Numeric number ? number : null;
        most = least;
    }

    /** Its columns as a line of text. */
    String line() {
        return String.join(
                "\t",
                name(),
                entry.source().device(),
                newest == null ? "" : Presentation.exact(newest.value(), unit),
                least(),
                most(),
                sampling.interval(),
                sourceTime(),
                status());
    }
}
