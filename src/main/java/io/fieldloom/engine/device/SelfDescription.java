package io.fieldloom.engine.device;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Capability: the device says what it is and how it is. */
public interface SelfDescription {
    /**
     * What the device says of itself, in its order. Completes on the driver's thread; fails with
     * REFUSED where the device tells nothing.
     */
    CompletionStage<List<Entry>> describe();

    /** What a session's device says; nothing where it has no answer. */
    static CompletionStage<List<Entry>> of(DeviceSession session) {
        return session.capability(SelfDescription.class)
                .map(able -> able.describe().exceptionally(refused -> List.of()))
                .orElseGet(() -> CompletableFuture.completedStage(List.of()));
    }

    /** A sentence about it, with a space before it; empty where nothing of that is said. */
    static String words(List<Entry> said, String group, List<String> names) {
        String list =
                said.stream()
                        .filter(entry -> entry.group().equals(group))
                        .filter(entry -> names.contains(entry.name()))
                        .map(entry -> entry.name() + " " + entry.text())
                        .collect(Collectors.joining(", "));
        return list.isEmpty() ? "" : " It says: " + list + ".";
    }

    /**
     * One thing that it says.
     *
     * @param group what it is about: {@code Server}, {@code Limits}, ...
     * @param name of the thing: {@code Vendor name}, ...
     * @param worrying whether somebody should look after it
     */
    record Entry(String group, String name, String text, boolean worrying) {
        public Entry {
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(text, "text");
        }

        public static Entry of(String group, String name, String text) {
            return new Entry(group, name, text, false);
        }
    }
}
