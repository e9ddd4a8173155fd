package io.fieldloom.ui.kit.rows;

import io.fieldloom.engine.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A small tree of slash-separated paths for tests, counting what was asked of it. */
public final class TreeRows implements Rows<TreeRows.Row> {
    /** One row of it. */
    public record Row(String path, String name, int depth, boolean branch, boolean open) {}

    /** Its shape. */
    public static final RowShape<Row> SHAPE =
            new RowShape<>() {
                @Override
                public String path(Row row) {
                    return row.path();
                }

                @Override
                public int depth(Row row) {
                    return row.depth();
                }

                @Override
                public boolean isBranch(Row row) {
                    return row.branch();
                }

                @Override
                public boolean isOpen(Row row) {
                    return row.open();
                }

                @Override
                public String name(Row row) {
                    return row.name();
                }
            };

    private final TreeSet<String> paths = new TreeSet<>();
    private final Set<String> open = new HashSet<>();
    private List<Row> visible = List.of();
    private String filter = "";
    private int asked;

    public TreeRows(String... leaves) {
        for (String leaf : leaves) {
            add(leaf);
        }
    }

    public void add(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            paths.add(path.substring(0, slash));
        }
        paths.add(path);
        list();
    }

    public void remove(String path) {
        paths.removeIf(other -> other.equals(path) || other.startsWith(path + "/"));
        list();
    }

    public int asked() {
        return asked;
    }

    private void list() {
        List<Row> rows = new ArrayList<>();
        for (String path : paths) {
            boolean shown = true;
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                shown &= open.contains(path.substring(0, slash));
            }
            boolean branch = paths.stream().anyMatch(other -> other.startsWith(path + "/"));
            boolean matches =
                    paths.stream()
                            .anyMatch(
                                    other ->
                                            (other.equals(path) || other.startsWith(path + "/"))
                                                    && other.contains(filter));
            if (shown && matches) {
                int depth = (int) path.chars().filter(c -> c == '/').count();
                String name = path.substring(path.lastIndexOf('/') + 1);
                rows.add(new Row(path, name, depth, branch, open.contains(path)));
            }
        }
        visible = rows;
    }

    @Override
    public int count() {
        return visible.size();
    }

    @Override
    public Row at(int place) {
        asked++;
        return visible.get(place);
    }

    @Override
    public void toggle(int place) {
        expand(place, !visible.get(place).open());
    }

    @Override
    public void expand(int place, boolean opened) {
        String path = visible.get(place).path();
        if (opened) {
            open.add(path);
        } else {
            open.remove(path);
        }
        list();
    }

    @Override
    public int reveal(String path) {
        if (!paths.contains(path)) {
            return -1;
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            open.add(path.substring(0, slash));
        }
        list();
        for (int at = 0; at < visible.size(); at++) {
            if (visible.get(at).path().equals(path)) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public void filter(String text) {
        filter = text;
        list();
    }
}
