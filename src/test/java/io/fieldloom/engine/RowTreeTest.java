package io.fieldloom.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.engine.RowTree.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTreeTest {
    private Predicate<Node<String>> keep = node -> true;
    private final RowTree<String> tree = new RowTree<>(Comparator.naturalOrder());

    @Test
    void onlyWhatIsOpenHasAPlace() {
        Node<String> acme = add(tree.root(), "acme");
        Node<String> prague = add(acme, "prague");
        add(prague, "line-1");
        add(tree.root(), "zeta");
        assertThat(visible()).containsExactly("acme", "zeta");

        tree.open(prague, true);
        assertThat(visible()).as("its parent is folded").containsExactly("acme", "zeta");

        tree.open(acme, true);
        assertThat(visible()).containsExactly("acme", "prague", "line-1", "zeta");

        tree.remove(prague);
        assertThat(visible()).containsExactly("acme", "zeta");
        assertThat(acme.isOpen()).as("nothing is left to be open").isFalse();
    }

    @Test
    void aFilterOpensTheWayToWhatMatchesAndGoesWithoutATrace() {
        Node<String> acme = add(tree.root(), "acme");
        Node<String> line = add(add(acme, "prague"), "line-1");
        add(line, "temperature");
        add(line, "pressure");
        add(tree.root(), "zeta");

        tree.filter(node -> node.value().contains("temp"));
        assertThat(visible()).containsExactly("acme", "prague", "line-1", "temperature");

        tree.filter(node -> node.value().contains("line"));
        assertThat(visible())
                .as("below a match all is there, folded")
                .containsExactly("acme", "prague", "line-1");
        tree.open(line, true);
        assertThat(visible()).endsWith("line-1", "pressure", "temperature");

        tree.filter(null);
        assertThat(visible()).containsExactly("acme", "zeta");
    }

    // Sums kept by hand go wrong silently; a plain walk over the tree cannot.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void placesAgreeWithAPlainWalk(long seed) {
        Random random = new Random(seed);
        List<Node<String>> nodes = new ArrayList<>();
        nodes.add(tree.root());
        for (int step = 0; step < 4_000; step++) {
            Node<String> node = nodes.get(random.nextInt(nodes.size()));
            int what = random.nextInt(10);
            if (what < 6) {
                String key = Integer.toString(random.nextInt(1_000_000));
                if (node.depth() < 4 && node.child(key) == null) {
                    // Most go to one parent, so that its blocks split.
                    Node<String> parent = random.nextInt(3) == 0 ? node : tree.root();
                    if (parent.child(key) == null) {
                        nodes.add(add(parent, key));
                    }
                }
            } else if (what < 9) {
                tree.open(node, random.nextBoolean());
            } else if (node != tree.root() && random.nextInt(4) == 0) {
                tree.remove(node);
                nodes.removeIf(each -> isWithin(each, node));
            }
            if (step % 500 == 0) {
                agree();
            }
        }
        agree();
        tree.filter(node -> node.value().contains("77"));
        keep = RowTreeTest::isShown;
        agree();
        tree.filter(null);
        keep = node -> true;
        agree();
    }

    private void agree() {
        List<String> walked = new ArrayList<>();
        walk(tree.root(), walked);
        assertThat(visible()).isEqualTo(walked);
        for (int place = 0; place < tree.count(); place++) {
            assertThat(tree.placeOf(tree.at(place))).isEqualTo(place);
        }
        assertThat(tree.at(tree.count())).isNull();
    }

    private void walk(Node<String> node, List<String> into) {
        node.forEachChild(
                child -> {
                    if (!keep.test(child)) {
                        return;
                    }
                    into.add(child.value());
                    if (child.isOpen()) {
                        walk(child, into);
                    }
                });
    }

    private static boolean isShown(Node<String> node) {
        boolean above = false;
        for (Node<String> at = node; at.parent() != null; at = at.parent()) {
            above |= at.value().contains("77");
        }
        return above || matchesBelow(node);
    }

    private static boolean matchesBelow(Node<String> node) {
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= child.value().contains("77") || matchesBelow(child));
        return found[0];
    }

    private static boolean isWithin(Node<String> node, Node<String> branch) {
        for (Node<String> at = node; at != null; at = at.parent()) {
            if (at == branch) {
                return true;
            }
        }
        return false;
    }

    private Node<String> add(Node<String> parent, String key) {
        return tree.add(parent, key, key);
    }

    private List<String> visible() {
        List<String> values = new ArrayList<>();
        for (int place = 0; place < tree.count(); place++) {
            values.add(tree.at(place).value());
        }
        return values;
    }
}
