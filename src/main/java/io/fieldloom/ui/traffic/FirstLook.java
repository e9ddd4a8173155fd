package io.fieldloom.ui.traffic;

import io.fieldloom.engine.traffic.TopicRow;
import io.fieldloom.engine.traffic.TrafficRows;
import java.util.HashSet;
import java.util.Set;

/**
 * Opens branches while the first topics come, so that a newcomer sees values at once: level by
 * level, as long as everything fits a screen. Ends as soon as the person takes over.
 */
final class FirstLook {
    private static final int SCREEN = 28;

    /** The first root is opened even where its children do not fit. */
    private static final int MOST_OF_ROOT = 500;

    private static final int MOST_LOOKS = 240;

    private final TrafficRows rows;
    private final Set<String> decided = new HashSet<>();
    private int looks;
    private boolean over;

    FirstLook(TrafficRows rows) {
        this.rows = rows;
    }

    /** The person has taken over. */
    void end() {
        over = true;
    }

    /** Nothing was seen yet, again. */
    void restart() {
        over = false;
        looks = 0;
        decided.clear();
    }

    /** One beat; does nothing while there is nothing. Whether rows came by it. */
    boolean look() {
        int before = rows.count();
        if (over || before == 0) {
            return false;
        }
        over = ++looks > MOST_LOOKS;
        for (int depth = 0; openLevel(depth); depth++) {
            if (rows.count() > SCREEN) {
                break;
            }
        }
        return rows.count() != before;
    }

    /** Opens what fits of one level. Whether there is anything deeper to look at. */
    private boolean openLevel(int depth) {
        boolean isDeeper = false;
        for (int place = 0; place < Math.min(rows.count(), 2 * SCREEN); place++) {
            TopicRow row = rows.at(place);
            if (row.depth() > depth) {
                isDeeper = true;
            }
            if (row.depth() != depth || !row.expandable() || !decided.add(row.topic())) {
                continue;
            }
            if (!row.expanded()) {
                rows.expand(place, true);
                if (rows.count() > (depth == 0 && place == 0 ? MOST_OF_ROOT : SCREEN)) {
                    rows.expand(place, false);
                }
            }
        }
        return isDeeper || depth == 0;
    }
}
