package io.fieldloom.ui.kit.rows;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is selected, by path, so that it stays on its rows when others come and go. The lead is the
 * row that the keyboard moves and details follow; the anchor is where a range began.
 */
final class RowSelection<R> {
    private final Map<String, R> rows = new LinkedHashMap<>();
    private String lead;
    private String anchor;

    String lead() {
        return lead;
    }

    String anchor() {
        return anchor == null ? lead : anchor;
    }

    boolean contains(String path) {
        return rows.containsKey(path);
    }

    /** The selected rows as they were when selected, in that order. */
    Map<String, R> rows() {
        return Collections.unmodifiableMap(rows);
    }

    int size() {
        return rows.size();
    }

    void only(String path, R row) {
        rows.clear();
        rows.put(path, row);
        lead = path;
        anchor = path;
    }

    void toggle(String path, R row) {
        if (rows.remove(path) == null) {
            rows.put(path, row);
        }
        lead = path;
        anchor = path;
    }

    /** Replaces everything by a range whose far end becomes the lead; the anchor stays. */
    void range(Map<String, R> range, String newLead) {
        String from = anchor();
        rows.clear();
        rows.putAll(range);
        lead = newLead;
        anchor = from;
    }

    void clear() {
        rows.clear();
        lead = null;
        anchor = null;
    }
}
