package io.fieldloom.engine.mapping;

import io.fieldloom.domain.value.Status;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Which tags are bad, by what the device says of them: kept at each change, so that nobody looks
 * through a hundred thousand tags to know. Thread-safe.
 *
 * @param <T> a tag
 */
final class BadTally<T> {
    private final Map<Status, Group<T>> groups = new ConcurrentHashMap<>();

    record Group<T>(Set<T> tags, Instant since) {}

    /**
     * A tag's status became another one.
     *
     * @param before what it is counted under; null for nothing
     * @param now what it is to be counted under; null for nothing
     */
    void move(T tag, Status before, Status now) {
        if (before != null) {
            groups.computeIfPresent(
                    before,
                    (status, group) -> {
                        group.tags().remove(tag);
                        return group.tags().isEmpty() ? null : group;
                    });
        }
        if (now != null) {
            groups.compute(
                    now,
                    (status, group) -> {
                        Group<T> into =
                                group == null
                                        ? new Group<>(ConcurrentHashMap.newKeySet(), Instant.now())
                                        : group;
                        into.tags().add(tag);
                        return into;
                    });
        }
    }

    void forEach(BiConsumer<Status, Group<T>> look) {
        groups.forEach(look);
    }
}
