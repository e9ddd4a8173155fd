package io.fieldloom.ui.watch;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.WatchEntry;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.tree.TagFinder;
import io.fieldloom.ui.kit.FxGate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the rows of the watch list and one subscription a device for them, as the project and the
 * links are now. What a tag has told outlives a reconnect. FX thread only.
 */
final class WatchBoard implements AutoCloseable {
    private final DeviceRegistry registry;
    private final FxGate fx;
    private final Map<String, WatchedTag> tags = new LinkedHashMap<>();
    private final Map<String, WatchFeed> feeds = new HashMap<>();
    // Devices that told their units over this connection and for these lines.
    private final Set<String> asked = new HashSet<>();
    private Project project = Project.EMPTY;
    // By device, as the project wants it.
    private Map<String, List<WatchFeed.Line>> wanted = Map.of();

    WatchBoard(DeviceRegistry registry, FxGate fx) {
        this.registry = registry;
        this.fx = fx;
    }

    List<WatchedTag> tags() {
        return List.copyOf(tags.values());
    }

    /** The row of the same name as it is now; a selection may hold one that was removed since. */
    WatchedTag now(WatchedTag row) {
        return tags.getOrDefault(row.name(), row);
    }

    /** Follows the project; whether other rows are to be shown. */
    boolean follow(Project now) {
        if (now == project) {
            return false;
        }
        boolean changed = now.watch() != project.watch();
        if (changed) {
            Map<String, WatchedTag> before = new HashMap<>(tags);
            tags.clear();
            for (WatchEntry entry : now.watch().values()) {
                WatchedTag known = before.get(entry.name());
                boolean same = known != null && known.entry().source().equals(entry.source());
                WatchedTag tag = same ? known : new WatchedTag(entry);
                tag.entry(entry);
                tags.put(entry.name(), tag);
            }
        }
        project = now;
        wanted = lines();
        return changed;
    }

    private Map<String, List<WatchFeed.Line>> lines() {
        Map<String, List<WatchFeed.Line>> lines = new HashMap<>();
        for (WatchedTag tag : tags.values()) {
            line(tag)
                    .ifPresent(
                            line ->
                                    lines.computeIfAbsent(
                                                    tag.entry().source().device(),
                                                    any -> new ArrayList<>())
                                            .add(line));
        }
        return lines;
    }

    /** Watches what is to be watched, and takes what came. */
    void pull() {
        feeds.keySet().stream()
                .filter(device -> !wanted.containsKey(device))
                .toList()
                .forEach(this::end);
        wanted.forEach(this::feed);
        feeds.values()
                .forEach(
                        feed ->
                                feed.drain(
                                        (name, sample) ->
                                                Optional.ofNullable(tags.get(name))
                                                        .ifPresent(tag -> tag.add(sample))));
    }

    private Optional<WatchFeed.Line> line(WatchedTag tag) {
        WatchEntry entry = tag.entry();
        Device device = project.devices().get(entry.source().device());
        Optional<TagSpec> spec = project.tag(entry.source());
        if (device == null || spec.isEmpty()) {
            tag.lost(device == null ? "unknown device" : "unknown tag");
            return Optional.empty();
        }
        if (spec.get().unit() != null) {
            tag.unit(spec.get().unit());
        }
        return Optional.of(
                new WatchFeed.Line(
                        entry.name(),
                        spec.get(),
                        entry.interval() == null ? device.intervalOf(spec.get()) : entry.interval(),
                        entry.monitoring().over(spec.get().monitoring())));
    }

    private void feed(String device, List<WatchFeed.Line> lines) {
        Optional<DeviceLink> link = registry.link(device);
        WatchFeed feed = feeds.get(device);
        if (link.isEmpty() || feed != null && !feed.isFor(link.get(), lines)) {
            end(device);
            feed = null;
        }
        if (link.isEmpty()) {
            return;
        }
        if (feed == null) {
            WatchFeed fresh = new WatchFeed(link.get(), lines);
            for (int at = 0; at < lines.size(); at++) {
                int line = at;
                tags.get(lines.get(at).name()).sampled(lines.get(at), () -> fresh.revised(line));
            }
            feeds.put(device, fresh);
            asked.remove(device);
        }
        boolean up = link.get().state().isUp();
        String trouble = up ? "" : "not connected";
        lines.forEach(line -> tags.get(line.name()).trouble(trouble));
        if (!up) {
            asked.remove(device);
        } else if (asked.add(device)) {
            askForUnits(link.get(), lines);
        }
    }

    /** Only OPC UA servers tell units, and only where the project does not say one. */
    private void askForUnits(DeviceLink link, List<WatchFeed.Line> lines) {
        List<String> addresses =
                lines.stream()
                        .map(WatchFeed.Line::tag)
                        .filter(tag -> tag.unit() == null && tag.name().equals(tag.address()))
                        .map(TagSpec::address)
                        .distinct()
                        .toList();
        if (addresses.isEmpty()) {
            return;
        }
        // Without an answer the values are shown without a unit.
        TagFinder.units(link, addresses)
                .thenAccept(units -> fx.execute(() -> takeUnits(lines, units)));
    }

    private void takeUnits(List<WatchFeed.Line> lines, Map<String, String> units) {
        for (WatchFeed.Line line : lines) {
            WatchedTag tag = tags.get(line.name());
            String unit = units.get(line.tag().address());
            if (tag != null && unit != null) {
                tag.unit(unit);
            }
        }
    }

    private void end(String device) {
        WatchFeed feed = feeds.remove(device);
        if (feed != null) {
            feed.close();
        }
    }

    @Override
    public void close() {
        List.copyOf(feeds.keySet()).forEach(this::end);
    }
}
