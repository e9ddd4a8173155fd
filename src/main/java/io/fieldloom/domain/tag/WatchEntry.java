package io.fieldloom.domain.tag;

import java.time.Duration;
import java.util.Objects;

/**
 * One line of the watch list: a tag that somebody wants to see beside others.
 *
 * @param name its short name, its key in the file
 * @param source the tag
 * @param interval wanted sampling interval, or null for the tag's, else the device's
 */
public record WatchEntry(String name, TagRef source, Duration interval) {
    public WatchEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
    }

    public WatchEntry withSource(TagRef other) {
        return new WatchEntry(name, other, interval);
    }
}
