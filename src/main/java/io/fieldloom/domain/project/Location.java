package io.fieldloom.domain.project;

import java.util.Objects;

/**
 * What something in a project is about, to go there.
 *
 * @param section where the entry is; null for a setting of the project itself
 * @param key the entry's key, or the setting's path ({@code defaults.broker})
 */
public record Location(Section section, String key) {
    public Location {
        Objects.requireNonNull(key, "key");
    }

    public static Location setting(String path) {
        return new Location(null, path);
    }

    public static Location mapping(String topic) {
        return new Location(Section.MAPPINGS, topic);
    }

    public static Location level(String topic) {
        return new Location(Section.LEVELS, topic);
    }

    public static Location watch(String name) {
        return new Location(Section.WATCH, name);
    }

    public static Location device(String name) {
        return new Location(Section.DEVICES, name);
    }
}
