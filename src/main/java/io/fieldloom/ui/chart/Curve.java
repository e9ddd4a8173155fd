package io.fieldloom.ui.chart;

import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.TagRecording;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.chart.TimeSeries;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One tag's own value since somebody looks at it. FX thread only. */
final class Curve implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofMillis(250);

    // A quarter of an hour of a value that changes at every sample.
    static final int MOST_POINTS = 3_600;

    private final DeviceItem item;
    private final TagSpec tag;
    private final String unit;
    private final int colour;
    private final TimeSeries series = new TimeSeries(MOST_POINTS);
    private DeviceLink link;
    private TagRecording recording;
    private long seen;
    private Sample newest;
    private boolean isUp;

    Curve(ChartServices services, DeviceItem item, int colour) {
        this.item = item;
        this.colour = colour;
        tag = services.tag(item);
        unit = services.unit(item);
    }

    DeviceItem item() {
        return item;
    }

    String unit() {
        return unit;
    }

    int colour() {
        return colour;
    }

    TimeSeries series() {
        return series;
    }

    /** The newest sample, or null. */
    Sample newest() {
        return newest;
    }

    /** The newest value as it is shown, or why there is none. */
    String value() {
        if (!isUp) {
            return "not connected";
        }
        if (newest == null) {
            return "";
        }
        return newest.status().isBad()
                ? newest.status().name()
                : Presentation.value(newest.value(), unit);
    }

    Tone tone() {
        if (!isUp || newest == null) {
            return Tone.DIM;
        }
        return Presentation.status(newest.status());
    }

    /**
     * Takes what came since. While the device is away nothing is known: a gap.
     *
     * @param now the device's link as it is now
     */
    void pull(Optional<DeviceLink> now) {
        if (now.orElse(null) != link) {
            close();
            link = now.orElse(null);
            recording =
                    now.map(other -> new TagRecording(other, tag, INTERVAL, MOST_POINTS))
                            .orElse(null);
            seen = 0;
        }
        boolean wasUp = isUp;
        isUp = link != null && link.state().isUp();
        if (wasUp && !isUp) {
            series.add(System.currentTimeMillis(), Double.NaN);
        }
        List<Sample> fresh = recording == null ? List.of() : recording.since(seen);
        seen = recording == null ? 0 : recording.total();
        for (Sample sample : fresh) {
            series.add(sample.receivedAt().toEpochMilli(), Presentation.charted(sample));
            newest = sample;
        }
    }

    @Override
    public void close() {
        if (recording != null) {
            recording.close();
            recording = null;
        }
    }
}
