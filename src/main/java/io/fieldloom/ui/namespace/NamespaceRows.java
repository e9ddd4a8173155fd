package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.namespace.Naming;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.project.Touched;
import io.fieldloom.engine.RowTree;
import io.fieldloom.engine.RowTree.Node;
import io.fieldloom.engine.Rows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The rows of a project's topic tree: mappings and levels, merged, in natural order. An edit costs
 * what it touches, not what the project holds. FX thread only.
 */
final class NamespaceRows implements Rows<NamespaceRow> {
    private static final int OPEN_AT_FIRST = 28;

    /** Branches that were open are remembered so many, the latest. */
    private static final int MOST_REMEMBERED = 10_000;

    /** One level of one topic. */
    private static final class Place {
        private final String topic;
        private final String name;
        private Mapping mapping;
        private boolean named;
        private int mappings;

        Place(String topic) {
            this.topic = topic;
            this.name = Topic.name(topic);
        }
    }

    private final Supplier<Project> project;
    private RowTree<Place> tree;
    private String filter = "";
    // Open when they went; undo and redo bring a branch back as it was.
    private final Set<String> wentOpen = new LinkedHashSet<>();
    private final List<Node<Place>> back = new ArrayList<>();

    /**
     * @param project the project as it is now; asked anew on every change, so that changes may come
     *     late
     */
    NamespaceRows(Supplier<Project> project) {
        this.project = project;
        reload();
    }

    private void reload() {
        tree = new RowTree<>((one, two) -> Naming.NATURAL.compare(one.name, two.name));
        Project now = project.get();
        now.levels().values().forEach(level -> place(level.topic()).value().named = true);
        now.mappings().values().forEach(this::put);
        openFirst();
        if (!filter.isEmpty()) {
            filter(filter);
        }
    }

    /** Follows an edit. */
    void follow(Touched touched) {
        if (touched.everything()) {
            reload();
            return;
        }
        Project now = project.get();
        for (String topic : touched.levels()) {
            Level level = now.levels().get(topic);
            if (level != null) {
                place(topic).value().named = true;
            } else {
                Node<Place> node = find(topic);
                if (node != null) {
                    node.value().named = false;
                    prune(node);
                }
            }
        }
        for (String topic : touched.topics()) {
            Mapping mapping = now.mappings().get(topic);
            if (mapping != null) {
                put(mapping);
            } else {
                removeMapping(topic);
            }
        }
        back.stream().filter(Node::hasChildren).forEach(node -> tree.open(node, true));
        back.clear();
    }

    private void put(Mapping mapping) {
        Node<Place> node = place(mapping.topic());
        if (node.value().mapping == null) {
            count(node, 1);
        }
        node.value().mapping = mapping;
    }

    private void removeMapping(String topic) {
        Node<Place> node = find(topic);
        if (node != null && node.value().mapping != null) {
            node.value().mapping = null;
            count(node, -1);
            prune(node);
        }
    }

    private void count(Node<Place> from, int more) {
        for (Node<Place> node = from; node != tree.root(); node = node.parent()) {
            node.value().mappings += more;
        }
    }

    private void prune(Node<Place> from) {
        Node<Place> node = from;
        while (node != tree.root()
                && !node.hasChildren()
                && node.value().mapping == null
                && !node.value().named) {
            Node<Place> parent = node.parent();
            boolean wasOpen = parent.isOpen();
            tree.remove(node);
            if (wasOpen && !parent.isOpen()) {
                remember(parent.value().topic);
            }
            node = parent;
        }
    }

    private void remember(String topic) {
        wentOpen.add(topic);
        if (wentOpen.size() > MOST_REMEMBERED) {
            wentOpen.remove(wentOpen.iterator().next());
        }
    }

    /** The node of a topic, made with those above it where it is not there. */
    private Node<Place> place(String topic) {
        Node<Place> node = tree.root();
        int from = 0;
        while (from <= topic.length()) {
            int slash = topic.indexOf('/', from);
            int end = slash < 0 ? topic.length() : slash;
            String name = topic.substring(from, end);
            Node<Place> child = node.child(name);
            if (child == null) {
                child = tree.add(node, name, new Place(topic.substring(0, end)));
                if (wentOpen.remove(child.value().topic)) {
                    back.add(child);
                }
            }
            node = child;
            from = end + 1;
        }
        return node;
    }

    private Node<Place> find(String topic) {
        Node<Place> node = tree.root();
        int from = 0;
        while (node != null && from <= topic.length()) {
            int slash = topic.indexOf('/', from);
            int end = slash < 0 ? topic.length() : slash;
            node = node.child(topic.substring(from, end));
            from = end + 1;
        }
        return node;
    }

    /** The levels below a topic whose names begin so: what a person may mean by what is typed. */
    List<String> levels(String parent, String beginning, int most) {
        Node<Place> node = parent.isEmpty() ? tree.root() : find(parent);
        List<String> names = new ArrayList<>();
        if (node != null) {
            node.forEachChild(
                    child -> {
                        boolean isLevel = child.hasChildren() || child.value().named;
                        if (isLevel
                                && names.size() < most
                                && child.value().name.startsWith(beginning)) {
                            names.add(child.value().name);
                        }
                    });
        }
        return names;
    }

    /** Opens level by level, as long as the tree still fits a screen. */
    private void openFirst() {
        List<Node<Place>> level = List.of(tree.root());
        while (!level.isEmpty()) {
            List<Node<Place>> next = new ArrayList<>();
            for (Node<Place> node : level) {
                if (node != tree.root() && tree.count() + node.childCount() > OPEN_AT_FIRST) {
                    return;
                }
                tree.open(node, true);
                node.forEachChild(
                        child -> {
                            if (child.hasChildren()) {
                                next.add(child);
                            }
                        });
            }
            level = next;
        }
    }

    /** The open branches at and below a topic, to be opened again after a move. */
    List<String> openWithin(String topic) {
        List<String> open = new ArrayList<>();
        Node<Place> node = find(topic);
        if (node != null) {
            collectOpen(node, open);
        }
        return open;
    }

    private static void collectOpen(Node<Place> node, List<String> into) {
        if (node.isOpen()) {
            into.add(node.value().topic);
            node.forEachChild(child -> collectOpen(child, into));
        }
    }

    /** Opens a branch, without opening those above it. */
    void open(String topic) {
        Node<Place> node = find(topic);
        if (node != null && node.hasChildren()) {
            tree.open(node, true);
        }
    }

    @Override
    public int count() {
        return tree.count();
    }

    @Override
    public NamespaceRow at(int place) {
        Node<Place> node = tree.at(place);
        return node == null ? null : row(node);
    }

    /** The row of a topic, shown or not; null when there is none. */
    NamespaceRow row(String topic) {
        Node<Place> node = find(topic);
        return node == null || node == tree.root() ? null : row(node);
    }

    private NamespaceRow row(Node<Place> node) {
        Place place = node.value();
        boolean level = node.hasChildren() || place.mapping == null;
        return new NamespaceRow(
                place.topic,
                place.name,
                node.depth(),
                node.hasChildren(),
                node.isOpen(),
                level ? project.get().levelOf(place.topic) : null,
                place.mapping,
                place.mappings);
    }

    @Override
    public void toggle(int place) {
        Node<Place> node = tree.at(place);
        tree.open(node, !node.isOpen());
    }

    @Override
    public void expand(int place, boolean open) {
        tree.open(tree.at(place), open);
    }

    @Override
    public int reveal(String path) {
        Node<Place> node = find(path);
        if (node == null || node == tree.root()) {
            return -1;
        }
        tree.reveal(node);
        return tree.placeOf(node);
    }

    /** A word in topic, tag or description; with {@code +} or {@code #} an MQTT filter. */
    @Override
    public void filter(String text) {
        filter = text.strip();
        if (filter.isEmpty()) {
            tree.filter(null);
            return;
        }
        boolean wild = filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0;
        String wanted = filter.toLowerCase(Locale.ROOT);
        Predicate<Place> matches =
                wild
                        ? place -> Topic.matches(filter, place.topic)
                        : place -> mentions(place, wanted);
        tree.filter(node -> matches.test(node.value()));
    }

    private static boolean mentions(Place place, String wanted) {
        // A slash asks for the way to a level, no slash for the level itself.
        String name = wanted.indexOf('/') >= 0 ? place.topic : place.name;
        if (name.toLowerCase(Locale.ROOT).contains(wanted)) {
            return true;
        }
        Mapping mapping = place.mapping;
        return mapping != null
                && (contains(mapping.source().tag(), wanted)
                        || contains(mapping.source().device(), wanted)
                        || contains(mapping.description(), wanted));
    }

    private static boolean contains(String text, String wanted) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(wanted);
    }
}
