package io.fieldloom.domain.tag;

import java.time.Duration;
import java.util.Objects;

/**
 * One line of the watch list: a tag that somebody wants to see beside others.
 *
 * @param name its short name, its key in the file
 * @param source the tag
 * @param interval wanted sampling interval, or null for the tag's, else the device's
 * @param monitoring what the server does with its monitored item; what is null is as for the tag
 */
public record WatchEntry(String name, TagRef source, Duration interval, Monitoring monitoring) {
    public WatchEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(monitoring, "monitoring");
    }

    /** A tag that is sampled as it is elsewhere. */
    public static WatchEntry of(String name, TagRef source) {
        return new WatchEntry(name, source, null, Monitoring.USUAL);
    }

    public WatchEntry withSource(TagRef other) {
        return new WatchEntry(name, other, interval, monitoring);
    }
}
