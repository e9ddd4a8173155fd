package io.fieldloom.engine.mapping;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.Watch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The tags of one device that mappings use. A tag is watched once, however many mappings take it.
 * Only the mapping engine's lane calls it; samples come on the driver's threads.
 */
final class DeviceFeed {
    // More watches than this are folded into one, so that edits do not pile up on the device.
    private static final int MOST_WATCHES = 16;

    // A sensor that fails is the plant's business; these are the design's.
    private static final Pattern DESIGN_FAULT =
            Pattern.compile(
                    "Bad(NodeId|Illegal|Address|NotReadable|UserAccess|Attribute|Unexpected).*");

    // Not a word about the value: the reading itself went wrong.
    private static final Pattern SILENCE = Pattern.compile("Bad(Timeout|ConnectionC|Gateway).*");

    private static final Status WAITING = Status.BAD_WAITING_FOR_INITIAL_DATA;

    private final DeviceLink link;
    private final Consumer<String> notes;
    private final MappingCounters counters;
    private final Map<TagRequest, Slot> slots = new LinkedHashMap<>();
    private final List<Slot> fresh = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final BadTally<Slot> bad = new BadTally<>();

    /**
     * @param notes takes what the engineer should know, a sentence
     * @param counters counts reads that fail
     */
    DeviceFeed(DeviceLink link, Consumer<String> notes, MappingCounters counters) {
        this.link = link;
        this.notes = notes;
        this.counters = counters;
    }

    /** Adds a mapping; a new tag is watched from the next {@link #settle()} on. */
    void add(TagRequest tag, RunningMapping mapping) {
        Slot slot = slots.get(tag);
        if (slot == null) {
            slot = new Slot(tag);
            slots.put(tag, slot);
            fresh.add(slot);
        }
        slot.add(mapping);
    }

    /** Takes a mapping off its tag; the tag stays watched until {@link #settle()}. */
    void remove(TagRequest tag, RunningMapping mapping) {
        Slot slot = slots.get(tag);
        if (slot != null) {
            slot.remove(mapping);
        }
    }

    /** Watches the tags that were added and lets go of those that nobody takes any more. */
    void settle() {
        List<Slot> idle = slots.values().stream().filter(Slot::isIdle).toList();
        for (Slot slot : idle) {
            slots.remove(slot.tag);
            fresh.remove(slot);
            Group group = slot.forget();
            if (group != null && --group.live == 0) {
                group.watch.close();
                groups.remove(group);
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        if (groups.size() >= MOST_WATCHES) {
            List<Group> old = List.copyOf(groups);
            groups.clear();
            watch(List.copyOf(slots.values()));
            old.forEach(group -> group.watch.close());
        } else {
            watch(List.copyOf(fresh));
        }
        fresh.clear();
    }

    private void watch(List<Slot> some) {
        Group group = new Group();
        group.live = some.size();
        some.forEach(slot -> slot.watchedBy(group));
        groups.add(group);
        group.watch =
                link.watch(
                        some.stream().map(slot -> slot.tag).toList(),
                        (tags, samples) -> {
                            long now = System.nanoTime();
                            for (int i = 0; i < tags.length; i++) {
                                some.get(tags[i]).accept(group, samples[i], now);
                            }
                        });
    }

    /** Adds what is bad now. Any thread. */
    void addBad(List<BadTags> to) {
        bad.forEach(
                (status, group) ->
                        group.tags().stream()
                                .findFirst()
                                .flatMap(Slot::topic)
                                .ifPresent(
                                        topic ->
                                                to.add(
                                                        new BadTags(
                                                                link.name(),
                                                                status,
                                                                group.tags().size(),
                                                                topic,
                                                                group.since()))));
    }

    int tags() {
        return slots.size();
    }

    /** Whether each of its tags has been heard of, if its device is there at all. On the lane. */
    boolean hasHeardOfAll() {
        return !link.state().isUp() || slots.values().stream().allMatch(Slot::isHeardOf);
    }

    /** Whether it feeds from this link, and not from one that has been replaced. */
    boolean feedsFrom(DeviceLink other) {
        return other == link;
    }

    void close() {
        groups.forEach(group -> group.watch.close());
        groups.clear();
        slots.clear();
        fresh.clear();
    }

    /** Tags that were subscribed together. */
    private static final class Group {
        private Watch watch;
        private int live;
    }

    /** One watched tag and the mappings that take it. */
    private final class Slot {
        private final TagRequest tag;
        // Written by the lane alone. Guarded by this, as all below.
        private Group group;
        private RunningMapping[] takers = {};
        private Sample newest;
        private boolean told;
        private Status counted;

        Slot(TagRequest tag) {
            this.tag = tag;
        }

        synchronized void add(RunningMapping mapping) {
            RunningMapping[] more = new RunningMapping[takers.length + 1];
            System.arraycopy(takers, 0, more, 0, takers.length);
            more[takers.length] = mapping;
            takers = more;
            if (newest != null) {
                mapping.accept(newest, System.nanoTime());
            }
        }

        synchronized void remove(RunningMapping mapping) {
            List<RunningMapping> left = new ArrayList<>(List.of(takers));
            left.remove(mapping);
            takers = left.toArray(RunningMapping[]::new);
        }

        synchronized boolean isHeardOf() {
            return newest != null;
        }

        synchronized boolean isIdle() {
            return takers.length == 0;
        }

        synchronized void watchedBy(Group next) {
            group = next;
        }

        synchronized void accept(Group from, Sample sample, long now) {
            if (from != group) {
                return; // of the watch before: the new one has told something newer, or will
            }
            boolean silence = sample.status().isSilence();
            // A device that is not heard says nothing about the value: the last one stays known.
            Sample kept =
                    silence && newest != null && sample.value() instanceof Value.None
                            ? sample.withValue(newest.value())
                            : sample;
            if (kept.status().isBad()) {
                count(kept.status());
            }
            newest = kept;
            tally(kept.status());
            for (RunningMapping taker : takers) {
                taker.accept(kept, now);
            }
        }

        private void tally(Status status) {
            Status now = status.isBad() && !status.equals(WAITING) ? status : null;
            if (!Objects.equals(now, counted)) {
                bad.move(this, counted, now);
                counted = now;
            }
        }

        /** It is not watched any more by the group that is given back. */
        synchronized Group forget() {
            Group was = group;
            group = null;
            bad.move(this, counted, null);
            counted = null;
            return was;
        }

        synchronized Optional<String> topic() {
            return takers.length == 0 ? Optional.empty() : Optional.of(takers[0].mapping().topic());
        }

        private void count(Status status) {
            boolean isFault = DESIGN_FAULT.matcher(status.name()).matches();
            if (isFault || SILENCE.matcher(status.name()).matches()) {
                counters.errors.increment();
            }
            if (isFault && !told) {
                told = true;
                notes.accept(words(status));
            }
        }

        private String words(Status status) {
            String topic = takers.length == 0 ? "" : " for " + takers[0].mapping().topic();
            return link.name() + " " + tag.address() + topic + ": " + status.name();
        }
    }
}
