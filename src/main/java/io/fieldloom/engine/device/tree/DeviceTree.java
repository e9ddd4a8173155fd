package io.fieldloom.engine.device.tree;

import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.Rows;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.LinkState;
import io.fieldloom.engine.device.tree.TreeNode.Children;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The devices of the open project and what is in them, as rows. A node is browsed when it is
 * opened; a value is watched while its row is on screen. Thread-safe; no method waits for the
 * network.
 *
 * <p>It moves when it is asked to: {@link #follow} several times a second looks after links, {@link
 * #show} tells what is on screen.
 */
public final class DeviceTree implements Rows<TreeRow>, AutoCloseable {
    // More devices than this would not fit a window with all of them open.
    private static final int OPENED_AT_ONCE = 8;

    private final DeviceRegistry registry;
    private final LongSupplier nanos;
    private final MappedTags mapped = new MappedTags();
    private final RowMaker maker;
    // Guards all below. Sinks of watches never take it.
    private final Object lock = new Object();
    private final ShownRows flat = new ShownRows();
    private final Branches branches = new Branches(lock, this::changed);
    private final Locator locator = new Locator(lock, branches);
    private final Details details = new Details(lock, branches);
    private final LiveValues live = new LiveValues();
    private Map<String, DeviceEntry> devices = new LinkedHashMap<>();
    private Project project = Project.EMPTY;
    private int counted = -1;

    /**
     * @param nanos a clock that never goes back, such as {@link System#nanoTime}
     */
    public DeviceTree(DeviceRegistry registry, LongSupplier nanos) {
        this.registry = registry;
        this.nanos = nanos;
        maker = new RowMaker(mapped, nanos);
    }

    /** Takes a project as new; devices of the same name and endpoint keep what was browsed. */
    public void load(Project fresh) {
        mapped.load(fresh);
        synchronized (lock) {
            define(fresh);
        }
        follow();
    }

    /** Follows an edit. */
    public void apply(Change change) {
        mapped.apply(change);
        boolean concerned = change.touched().everything() || !change.touched().devices().isEmpty();
        synchronized (lock) {
            project = change.after();
            if (concerned) {
                define(change.after());
            }
        }
        if (concerned) {
            follow();
        }
    }

    private void define(Project fresh) {
        project = fresh;
        Map<String, DeviceEntry> next = new LinkedHashMap<>();
        for (Device device : fresh.devices().values()) {
            DeviceEntry entry = devices.remove(device.name());
            if (entry == null) {
                entry = new DeviceEntry(device);
                entry.root.open = fresh.devices().size() <= OPENED_AT_ONCE;
            } else if (!entry.definition().equals(device)) {
                entry.define(device);
                live.relink(entry);
            }
            next.put(device.name(), entry);
        }
        devices.values().forEach(live::relink);
        devices = next;
        changed();
    }

    private void changed() {
        flat.changed();
        counted = -1;
    }

    /** Looks after links that were replaced, came up or were lost. */
    public void follow() {
        synchronized (lock) {
            for (DeviceEntry device : devices.values()) {
                String name = device.definition().name();
                DeviceLink link = registry.link(name).orElse(null);
                device.fault = registry.fault(name).orElse(null);
                if (link != device.link) {
                    device.link = link;
                    live.relink(device);
                }
                LinkState before = device.state;
                device.state = link == null ? null : link.state();
                boolean up = device.state != null && device.state.isUp();
                boolean same =
                        before != null
                                && before.isUp()
                                && up
                                && Objects.equals(before.since(), device.state.since());
                if (up && !same) {
                    device.generation++;
                    branches.resume(device.root);
                    live.unsettle();
                }
            }
        }
    }

    /** Tells which places are on screen; an empty range when nobody looks. */
    public void show(int first, int last) {
        synchronized (lock) {
            List<TreeNode> rows = rows();
            List<TreeNode> variables = new ArrayList<>();
            for (int at = Math.max(0, first); at <= Math.min(last, rows.size() - 1); at++) {
                if (rows.get(at).isVariable()) {
                    variables.add(rows.get(at));
                }
            }
            if (live.want(variables, nanos.getAsLong())) {
                variables.stream()
                        .collect(Collectors.groupingBy(node -> node.device))
                        .forEach(details::ask);
            }
        }
    }

    private List<TreeNode> rows() {
        return flat.rows(devices.values());
    }

    @Override
    public int count() {
        synchronized (lock) {
            return rows().size();
        }
    }

    @Override
    public TreeRow at(int place) {
        synchronized (lock) {
            List<TreeNode> rows = rows();
            return place < 0 || place >= rows.size() ? null : row(rows, place);
        }
    }

    private TreeRow row(List<TreeNode> rows, int place) {
        TreeNode node = rows.get(place);
        boolean open =
                flat.isFiltered()
                        ? place + 1 < rows.size() && rows.get(place + 1).parent == node
                        : node.open && node.isBranch();
        return maker.row(node, open);
    }

    @Override
    public void toggle(int place) {
        synchronized (lock) {
            TreeRow row = at(place);
            if (row != null) {
                expand(place, !row.isOpen());
            }
        }
    }

    @Override
    public void expand(int place, boolean open) {
        synchronized (lock) {
            List<TreeNode> rows = rows();
            if (place < 0 || place >= rows.size() || !rows.get(place).isBranch()) {
                return;
            }
            TreeNode node = rows.get(place);
            if (flat.isFiltered()) {
                flat.fold(node, !open);
            }
            if (open || !flat.isFiltered()) {
                open(node, open);
            }
        }
    }

    private void open(TreeNode node, boolean open) {
        if (node.open != open) {
            node.open = open;
            flat.changed();
        }
        boolean unknown = node.state == Children.UNKNOWN || node.state == Children.FAILED;
        if (open && unknown) {
            branches.load(node);
        }
    }

    /** Browses what is below a path again: after a failure, or because it may have changed. */
    public void reload(String path) {
        synchronized (lock) {
            TreeNode node = find(path);
            if (node != null && node.isDevice()) {
                node.children.stream()
                        .filter(child -> child.own == null && child.state != Children.UNKNOWN)
                        .forEach(branches::load);
            } else if (node != null && node.own == null) {
                branches.load(node);
            }
        }
    }

    @Override
    public int reveal(String path) {
        synchronized (lock) {
            TreeNode node = find(path);
            return node == null ? -1 : reveal(node);
        }
    }

    private int reveal(TreeNode node) {
        for (TreeNode above = node.parent; above != null; above = above.parent) {
            open(above, true);
        }
        List<TreeNode> rows = rows();
        boolean shown = node.place >= 0 && node.place < rows.size();
        return shown && rows.get(node.place) == node ? node.place : -1;
    }

    private TreeNode find(String path) {
        String[] keys = path.split("/");
        DeviceEntry device = devices.get(keys[0]);
        TreeNode node = device == null ? null : device.root;
        for (int at = 1; at < keys.length && node != null; at++) {
            node = keys[at].equals("~") ? node.message() : node.child(keys[at]);
        }
        return node;
    }

    /**
     * The path of the row that a mapping's source means, browsing for it where it is not known yet;
     * empty where there is no such row. Fails where the device cannot be browsed.
     */
    public CompletionStage<Optional<String>> locate(TagRef tag) {
        DeviceEntry device;
        synchronized (lock) {
            device = devices.get(tag.device());
            TreeNode own = device == null ? null : device.root.child(TreeNode.key(tag.tag()));
            if (device == null || own != null) {
                return CompletableFuture.completedStage(
                        Optional.ofNullable(own).map(TreeNode::path));
            }
        }
        return locator.find(device, tag.tag()).thenApply(node -> node.map(TreeNode::path));
    }

    /** What is at a path, as it is now; empty where no node is known there. */
    public Optional<TreeRow.OfNode> node(String path) {
        synchronized (lock) {
            return Optional.ofNullable(find(path))
                    .filter(node -> node.parent != null)
                    .map(node -> maker.nodeRow(node, false));
        }
    }

    @Override
    public void filter(String text) {
        synchronized (lock) {
            flat.filter(text);
        }
    }

    /** Variables known so far whose name or address has a text in it, for the search palette. */
    public List<TreeRow.OfNode> search(String text, int most) {
        synchronized (lock) {
            List<TreeRow.OfNode> found = new ArrayList<>();
            devices.values().forEach(device -> search(device.root, text, most, found));
            return found;
        }
    }

    private void search(TreeNode from, String text, int most, List<TreeRow.OfNode> found) {
        for (TreeNode child : from.children) {
            if (found.size() >= most) {
                return;
            }
            boolean matches =
                    ShownRows.contains(child.node.name(), text)
                            || ShownRows.contains(child.node.address(), text);
            if (matches && child.isVariable()) {
                found.add(maker.nodeRow(child, false));
            }
            search(child, text, most, found);
        }
    }

    /** The tags that the project names and whose devices answer that they are bad. */
    public List<BadReading> bad() {
        List<BadReading> bad = new ArrayList<>();
        synchronized (lock) {
            for (DeviceEntry device : devices.values()) {
                boolean answers = device.link != null && device.link.state().isUp();
                for (TreeNode node : answers ? device.root.children : List.<TreeNode>of()) {
                    Sample sample = node.sample;
                    Instant since = node.badSince;
                    if (node.own != null && sample != null && since != null) {
                        TagRef tag = new TagRef(device.definition().name(), node.own.name());
                        bad.add(new BadReading(tag, sample.status(), since));
                    }
                }
            }
        }
        return bad;
    }

    /** How many variables are known. */
    public int variables() {
        synchronized (lock) {
            if (counted < 0) {
                counted = 0;
                devices.values().forEach(device -> counted += variables(device.root));
            }
            return counted;
        }
    }

    private static int variables(TreeNode from) {
        int count = 0;
        for (TreeNode child : from.children) {
            count += (child.isVariable() ? 1 : 0) + variables(child);
        }
        return count;
    }

    public int devices() {
        synchronized (lock) {
            return devices.size();
        }
    }

    /** What each tag is mapped to. */
    public MappedTags mapped() {
        return mapped;
    }

    /** The project that the rows are of. */
    public Project project() {
        synchronized (lock) {
            return project;
        }
    }

    /** Lets go of all watches. */
    @Override
    public void close() {
        synchronized (lock) {
            live.close();
        }
    }
}
