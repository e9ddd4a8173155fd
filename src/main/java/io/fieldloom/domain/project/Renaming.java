package io.fieldloom.domain.project;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Entries that one edit gave new keys, all at once: an old key may be another's new one.
 *
 * @param section where the entries are
 * @param device whose tags were renamed, or null when the section's own entries were
 * @param names new key by old key
 */
public record Renaming(Section section, String device, Map<String, String> names) {
    public Renaming {
        Objects.requireNonNull(section, "section");
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    }

    static Renaming of(Section section, String from, String to) {
        return new Renaming(section, null, Map.of(from, to));
    }

    static Renaming ofTag(String device, String from, String to) {
        return new Renaming(Section.DEVICES, device, Map.of(from, to));
    }
}
