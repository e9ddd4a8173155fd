package io.fieldloom.engine.device.tree;

import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches the variables that are on screen, and no others. What is wanted must stand still for a
 * moment before it is watched, so that scrolling past a thousand rows asks the device for none of
 * them. Guarded by the tree's lock; samples come on the driver's threads.
 */
final class LiveValues {
    /** How often a value on screen is sampled. */
    static final Duration INTERVAL = Duration.ofMillis(500);

    private static final long STILL_NANOS = 200_000_000L;
    // More watches of one device than this are folded into one, so that they do not pile up there.
    private static final int MOST_WATCHES = 6;

    private final Map<DeviceEntry, Feed> feeds = new HashMap<>();
    private List<TreeNode> wanted = List.of();
    private long wantedSince;
    private boolean settled = true;

    /**
     * Tells which variables are on screen at this moment.
     *
     * @return whether they have stood still long enough and are watched from now on
     */
    boolean want(List<TreeNode> nodes, long now) {
        if (!nodes.equals(wanted)) {
            wanted = List.copyOf(nodes);
            wantedSince = now;
            settled = false;
        }
        if (!settled && now - wantedSince >= STILL_NANOS) {
            settled = true;
            settle();
            return true;
        }
        return false;
    }

    /** Watches anew what is on screen of a device, over another link. */
    void relink(DeviceEntry device) {
        Feed feed = feeds.remove(device);
        if (feed != null) {
            feed.close();
        }
        settled = false;
    }

    /** Looks again at what is on screen, though it has not moved. */
    void unsettle() {
        settled = false;
    }

    void close() {
        feeds.values().forEach(Feed::close);
        feeds.clear();
        wanted = List.of();
        settled = true;
    }

    private void settle() {
        Map<DeviceEntry, List<TreeNode>> byDevice = new HashMap<>();
        for (TreeNode node : wanted) {
            if (node.device.link != null) {
                byDevice.computeIfAbsent(node.device, any -> new ArrayList<>()).add(node);
            }
        }
        byDevice.forEach(
                (device, nodes) ->
                        feeds.computeIfAbsent(device, any -> new Feed(device.link)).show(nodes));
        for (Iterator<Map.Entry<DeviceEntry, Feed>> all = feeds.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<DeviceEntry, Feed> one = all.next();
            if (!byDevice.containsKey(one.getKey())) {
                one.getValue().close();
                all.remove();
            }
        }
    }

    /** What is watched of one device. */
    private static final class Feed {
        private final DeviceLink link;
        private final Map<TreeNode, Group> groups = new IdentityHashMap<>();
        private final Set<Group> open = Collections.newSetFromMap(new IdentityHashMap<>());

        Feed(DeviceLink link) {
            this.link = link;
        }

        void show(List<TreeNode> nodes) {
            Set<TreeNode> shown = Collections.newSetFromMap(new IdentityHashMap<>());
            shown.addAll(nodes);
            List<TreeNode> fresh =
                    nodes.stream().filter(node -> !groups.containsKey(node)).toList();
            List<Group> before = List.copyOf(open);
            if (!fresh.isEmpty() && open.size() >= MOST_WATCHES) {
                groups.clear();
                open.clear();
                watch(List.copyOf(shown));
                before.forEach(Group::close);
                return;
            }
            if (!fresh.isEmpty()) {
                watch(fresh);
            }
            for (TreeNode node : List.copyOf(groups.keySet())) {
                if (!shown.contains(node)) {
                    Group group = groups.remove(node);
                    node.watched = false;
                    if (--group.live == 0) {
                        open.remove(group);
                        group.close();
                    }
                }
            }
        }

        private void watch(List<TreeNode> nodes) {
            Group group = new Group(nodes.size());
            open.add(group);
            for (TreeNode node : nodes) {
                groups.put(node, group);
                node.watched = true;
            }
            group.watch =
                    link.watch(
                            nodes.stream()
                                    .map(node -> new TagRequest(node.node.address(), INTERVAL))
                                    .toList(),
                            (tags, samples) -> {
                                for (int at = 0; at < tags.length; at++) {
                                    nodes.get(tags[at]).take(samples[at]);
                                }
                            });
        }

        void close() {
            groups.keySet().forEach(node -> node.watched = false);
            open.forEach(Group::close);
            groups.clear();
            open.clear();
        }
    }

    /** Tags that are watched together, until none of them is on screen. */
    private static final class Group {
        private Watch watch;
        private int live;

        Group(int live) {
            this.live = live;
        }

        void close() {
            watch.close();
        }
    }
}
