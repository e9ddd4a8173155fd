package io.fieldloom.ui.kit.rows;

import io.fieldloom.engine.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Rows without branches, over a list that is replaced when it changes. For lists of some ten
 * thousands at most; larger ones have an index of their own. FX thread only.
 */
public final class FlatRows<R> implements Rows<R>, RowShape<R> {
    private final Function<R, String> path;
    private final Function<R, String> text;
    private final ToIntFunction<R> depth;
    private List<R> all = List.of();
    private List<R> shown = List.of();
    private Map<String, Integer> places; // of what is shown, once somebody asks
    private String wanted = "";

    /**
     * @param path unique among the rows, and stable
     * @param text what the filter looks in and typing jumps to
     */
    public FlatRows(Function<R, String> path, Function<R, String> text) {
        this(path, text, row -> 0);
    }

    /**
     * @param depth how far a row is indented
     */
    public FlatRows(Function<R, String> path, Function<R, String> text, ToIntFunction<R> depth) {
        this.depth = Objects.requireNonNull(depth, "depth");
        this.path = Objects.requireNonNull(path, "path");
        this.text = Objects.requireNonNull(text, "text");
    }

    /** Replaces the rows; the list is not changed by anybody afterwards. */
    public void set(List<R> rows) {
        if (rows != all) {
            all = rows;
            sift();
        }
    }

    /** All rows, whatever the filter. */
    public List<R> all() {
        return all;
    }

    /** The rows that the filter lets through. */
    public List<R> shown() {
        return shown;
    }

    @Override
    public int count() {
        return shown.size();
    }

    @Override
    public R at(int place) {
        return shown.get(place);
    }

    @Override
    public void toggle(int place) {
        // nothing to open
    }

    @Override
    public void expand(int place, boolean open) {
        // nothing to open
    }

    @Override
    public int reveal(String wantedPath) {
        if (places == null) {
            places = new HashMap<>();
            for (int at = 0; at < shown.size(); at++) {
                places.putIfAbsent(path.apply(shown.get(at)), at);
            }
        }
        return places.getOrDefault(wantedPath, -1);
    }

    @Override
    public void filter(String typed) {
        wanted = typed.strip().toLowerCase(Locale.ROOT);
        sift();
    }

    private void sift() {
        places = null;
        if (wanted.isEmpty()) {
            shown = all;
            return;
        }
        List<R> found = new ArrayList<>();
        for (R row : all) {
            if (text.apply(row).toLowerCase(Locale.ROOT).contains(wanted)) {
                found.add(row);
            }
        }
        shown = found;
    }

    @Override
    public String path(R row) {
        return path.apply(row);
    }

    @Override
    public int depth(R row) {
        return depth.applyAsInt(row);
    }

    @Override
    public boolean isBranch(R row) {
        return false;
    }

    @Override
    public boolean isOpen(R row) {
        return false;
    }

    @Override
    public String name(R row) {
        return text.apply(row);
    }
}
