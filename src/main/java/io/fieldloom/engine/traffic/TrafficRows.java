package io.fieldloom.engine.traffic;

import io.fieldloom.engine.Rows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

/**
 * The tree of topics as a person sees it. Rows are sorted by name; a chain of branches with one
 * child each is one row. New topics fall into their place while the tree is open. With a filter,
 * branches above a match are open until folded, and what was open before comes back afterwards.
 *
 * <p>A filter over many topics is worked off in slices by the store's lane: rows appear over a
 * moment instead of the caller waiting.
 */
public final class TrafficRows implements Rows<TopicRow>, AutoCloseable {
    private final TrafficStore store;
    private final Lock lock;
    private final InstantSource clock;
    private final Map<Integer, TopicRow> stillness = new HashMap<>();

    /** Nodes that became topics, or ceased to be, while the view stood still. */
    private final List<Integer> lateTopics = new ArrayList<>();

    private final TopicIndex.Order order = new Follower();
    private final RowFrame frame = new RowFrame();

    private TopicIndex index;
    private TopicRecords records;
    private RowSums sums;
    private TopicFilter filter = TopicFilter.ALL;

    /** The first node that this view has not looked at yet. */
    private int next;

    /** The first node that came after the view last began to fill. */
    private int news;

    private boolean paused;
    private boolean closed;

    TrafficRows(
            TrafficStore store,
            Lock lock,
            InstantSource clock,
            TopicIndex index,
            TopicRecords records) {
        this.store = store;
        this.lock = lock;
        this.clock = clock;
        restart(index, records);
    }

    /** Begins anew over another index. Under the lock. */
    void restart(TopicIndex newIndex, TopicRecords newRecords) {
        if (index != null) {
            index.removeOrder(order);
        }
        index = newIndex;
        records = newRecords;
        sums = new RowSums(index);
        sums.reset(!filter.matchesAll());
        next = TopicIndex.ROOT + 1;
        news = index.count();
        frame.forget();
        stillness.clear();
        lateTopics.clear();
        if (!closed) {
            index.addOrder(order);
            startFilling();
        }
    }

    /**
     * Looks at some nodes it has not seen. Under the lock.
     *
     * @return whether it has seen them all
     */
    boolean advance(int nodes) {
        sums.reach();
        if (paused) {
            return true;
        }
        int end = Math.min(index.count(), next + nodes);
        while (next < end) {
            showIfMatching(next, next >= news);
            next++;
        }
        return next == index.count();
    }

    private void showIfMatching(int node, boolean isNews) {
        if (index.isTopic(node) && (filter.matchesAll() || filter.matches(index.path(node)))) {
            sums.show(node, isNews);
        }
    }

    private void showOrHide(int node) {
        if (index.isTopic(node)) {
            showIfMatching(node, true);
        } else {
            sums.hide(node);
        }
    }

    private void startFilling() {
        if (!advance(FIRST_SLICE)) {
            store.wakeForView();
        }
    }

    /** What a caller may wait for: a few milliseconds. */
    private static final int FIRST_SLICE = 8_192;

    /**
     * How many rows there are now. The rows last asked for are read again with it, as one frame.
     */
    @Override
    public int count() {
        lock.lock();
        try {
            records.dropDeleted(clock.instant());
            int count = sums.count();
            frame.take(count, this::shownNode, this::shownRow);
            return count;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The row at a place, as it was at the last {@link #count} where it was asked for before. A row
     * that has vanished since is blank.
     */
    @Override
    public TopicRow at(int place) {
        TopicRow known = frame.at(place);
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            return place < sums.count() ? shownRow(sums.nodeAt(place)) : TopicRow.BLANK;
        } finally {
            lock.unlock();
        }
    }

    private int shownNode(int place) {
        return sums.nodeAt(place);
    }

    private TopicRow shownRow(int node) {
        return paused ? stillness.computeIfAbsent(node, this::row).withTree(row(node)) : row(node);
    }

    /**
     * What a person means by a place: the row that was shown there, should others have come since.
     */
    private int nodeMeant(int place) {
        int shown = frame.node(place);
        return shown != TopicIndex.NONE
                ? shown
                : place < sums.count() ? sums.nodeAt(place) : TopicIndex.NONE;
    }

    private TopicRow row(int node) {
        String label = index.name(node);
        int at = index.parent(node);
        for (; sums.isCompact(at); at = index.parent(at)) {
            label = index.name(at) + "/" + label;
        }
        int depth = 0;
        for (; at != TopicIndex.ROOT; at = index.parent(at)) {
            if (!sums.isCompact(at)) {
                depth++;
            }
        }
        boolean isTopic = index.isTopic(node);
        boolean expandable = sums.hasRowsBelow(node);
        Instant now = clock.instant();
        return new TopicRow(
                index.path(node),
                label,
                depth,
                expandable,
                expandable && sums.isOpen(node),
                isTopic,
                index.topics(node),
                isTopic ? Preview.of(records.lastPayload(node)) : "",
                records.rateBelow(node, now),
                records.countBelow(node),
                records.brokerKeeps(node),
                records.qos(node),
                records.lastTime(node),
                isTopic && records.isDeleted(node));
    }

    @Override
    public void toggle(int place) {
        lock.lock();
        try {
            int node = nodeMeant(place);
            open(node, !sums.isOpen(node));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void expand(int place, boolean open) {
        lock.lock();
        try {
            open(nodeMeant(place), open);
        } finally {
            lock.unlock();
        }
    }

    private void open(int node, boolean open) {
        if (node != TopicIndex.NONE) {
            sums.setOpen(node, open);
            frame.forget();
        }
    }

    @Override
    public int reveal(String path) {
        lock.lock();
        try {
            int found = index.find(path);
            if (found == TopicIndex.NONE || found >= next || !sums.isVisible(found)) {
                return -1;
            }
            frame.forget();
            int node = sums.rowOf(found);
            for (int at = index.parent(node); at != TopicIndex.ROOT; at = index.parent(at)) {
                if (!sums.isCompact(at) && !sums.isOpen(at)) {
                    sums.setOpen(at, true);
                }
            }
            return sums.placeOf(node);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void filter(String text) {
        lock.lock();
        try {
            TopicFilter wanted = TopicFilter.parse(text);
            if (!wanted.equals(filter)) {
                filter = wanted;
                frame.forget();
                sums.reset(!filter.matchesAll());
                int seen = next;
                next = TopicIndex.ROOT + 1;
                news = index.count();
                lateTopics.clear();
                if (paused) {
                    // what came since the pause stays out of sight
                    while (next < seen) {
                        showIfMatching(next++, false);
                    }
                } else {
                    startFilling();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets the view stand still, or follow again; recording goes on. */
    public void pause(boolean still) {
        lock.lock();
        try {
            if (paused == still) {
                return;
            }
            paused = still;
            frame.forget();
            stillness.clear();
            if (!still) {
                lateTopics.forEach(this::showOrHide);
                lateTopics.clear();
                startFilling();
            }
        } finally {
            lock.unlock();
        }
    }

    public boolean isPaused() {
        lock.lock();
        try {
            return paused;
        } finally {
            lock.unlock();
        }
    }

    /** The store need not keep this view current any more. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            index.removeOrder(order);
            store.forget(this);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the sums true while the index grows. Under the lock. */
    private final class Follower implements TopicIndex.Order {
        @Override
        public void rotated(int below, int above) {
            sums.reach();
            sums.rotated(below, above);
        }

        @Override
        public void becameTopic(int node) {
            sums.reach();
            changed(node);
        }

        @Override
        public void ceasedTopic(int node) {
            sums.reach();
            changed(node);
        }

        private void changed(int node) {
            if (node < next && paused) {
                lateTopics.add(node);
            } else if (node < next) {
                showOrHide(node);
            }
        }
    }
}
