package io.fieldloom.app.bench;

import io.fieldloom.engine.device.Browsing;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.NodeSearch;
import io.fieldloom.engine.device.TagNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The whole address space of large OPC UA servers, against the best batched client on Milo alone.
 * Both take turns on the same server.
 */
public final class BrowseBench implements Benchmark {
    private static final int MACHINES = 1_000;
    private static final int TAGS = 100;
    private static final int ROUNDS = 7;
    private static final int WARM_UPS = 3;
    private static final int[] SIZES = {100, 200};
    private static final double GOAL = 0.9;

    @Override
    public String name() {
        return "browse";
    }

    @Override
    public String purpose() {
        return "the whole address space of 100,000 OPC UA nodes, beside a plain Milo client";
    }

    @Override
    public int run(PrintStream out) {
        out.println(
                "Each follows all hierarchical references forward from Objects, Types and Views,"
                        + " takes each node once, and asks no property for children.");
        out.println(
                "Fieldloom looks for a text in each node's name, display name and address besides;"
                        + " the plain client knows the best size of a request beforehand.");
        try (BenchFolder folder = new BenchFolder()) {
            boolean sound = milo(out, folder.path());
            return node(out, folder.path()) && sound ? 0 : 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 3;
        } catch (Exception e) {
            out.println("browse: " + e);
            return 3;
        }
    }

    private static boolean milo(PrintStream out, Path home) throws Exception {
        try (Child server = Child.simulate(home, design(), "2g")) {
            return compare(out, "Milo server", server.endpoints().get(0), home);
        }
    }

    private static String design() {
        StringBuilder nodes = new StringBuilder();
        for (int machine = 0; machine < MACHINES; machine++) {
            for (int tag = 0; tag < TAGS; tag++) {
                nodes.append("      Machine")
                        .append(machine)
                        .append("/Tag")
                        .append(tag)
                        .append(": {type: Double, signal: constant, value: 1}\n");
            }
        }
        return """
                fieldloom: 1
                simulators:
                  large:
                    protocol: opcua
                    namespace: urn:fieldloom:bench
                    nodes:
                """
                + nodes;
    }

    private static boolean node(PrintStream out, Path home) throws Exception {
        Path packages = Child.nodePackages();
        if (packages == null) {
            out.println("node-opcua server: skipped, node and node-opcua are not installed");
            return true;
        }
        Path script = home.resolve("browse-server.js");
        try (InputStream source = BrowseBench.class.getResourceAsStream("browse-server.js")) {
            Files.copy(source, script);
        }
        try (Child server = Child.node(packages, script)) {
            return compare(out, "node-opcua server", server.endpoints().get(0), home);
        }
    }

    private static boolean compare(PrintStream out, String what, String endpoint, Path home)
            throws Exception {
        List<PlainBrowse> plain = new ArrayList<>();
        try (DeviceSession ours = BenchSession.opcUa(home, endpoint)) {
            for (int size : SIZES) {
                plain.add(new PlainBrowse(endpoint, size));
            }
            NodeSearch search = ours.capability(NodeSearch.class).orElseThrow();
            double[] mine = new double[ROUNDS];
            double[][] theirs = new double[SIZES.length][ROUNDS];
            long found = 0;
            long wanted = 0;
            for (int round = -WARM_UPS; round < ROUNDS; round++) {
                int at = Math.max(0, round);
                for (int turn = 0; turn <= SIZES.length; turn++) {
                    // nobody always comes after the same one
                    int who = Math.floorMod(round + turn, SIZES.length + 1);
                    long begin = System.nanoTime();
                    if (who == SIZES.length) {
                        found = everything(search);
                        mine[at] = seconds(begin);
                    } else {
                        wanted = plain.get(who).nodes();
                        theirs[who][at] = seconds(begin);
                    }
                }
            }
            return print(out, what, found, wanted, mine, theirs)
                    & described(out, ours.capability(Browsing.class).orElseThrow());
        } finally {
            for (PlainBrowse each : plain) {
                each.close();
            }
        }
    }

    private static boolean print(
            PrintStream out,
            String what,
            long found,
            long wanted,
            double[] ours,
            double[][] theirs) {
        out.printf(
                Locale.ROOT,
                "%s: %,d nodes of %,d; %d rounds in turns, medians%n",
                what,
                found,
                wanted,
                ROUNDS);
        double mine = Median.of(ours);
        out.printf(Locale.ROOT, "  Fieldloom %36.2f s %,10.0f nodes/s%n", mine, found / mine);
        double best = Double.MAX_VALUE;
        for (int i = 0; i < SIZES.length; i++) {
            double seconds = Median.of(theirs[i]);
            best = Math.min(best, seconds);
            out.printf(
                    Locale.ROOT,
                    "  plain Milo client, %3d nodes a request %6.2f s %,10.0f nodes/s%n",
                    SIZES[i],
                    seconds,
                    wanted / seconds);
        }
        out.printf(
                Locale.ROOT, "  of the better one's speed: %.2f (goal %.1f)%n", best / mine, GOAL);
        return found == wanted;
    }

    /** A search for what nowhere is looks at every node. */
    private static long everything(NodeSearch search) throws Exception {
        NodeSearch.Outcome outcome =
                search.search("\u0000", new Nobody())
                        .toCompletableFuture()
                        .get(5, TimeUnit.MINUTES);
        if (!outcome.complete()) {
            throw new IOException("not all nodes were looked at");
        }
        return outcome.nodes();
    }

    /** The same as a tree for the window: with data types and access of each variable. */
    private static boolean described(PrintStream out, Browsing browsing) throws Exception {
        long begin = System.nanoTime();
        Set<String> seen = new HashSet<>();
        List<String> level = List.of("");
        while (!level.isEmpty()) {
            List<String> next = new ArrayList<>();
            for (List<TagNode> children :
                    browsing.browseAll(level)
                            .toCompletableFuture()
                            .get(5, TimeUnit.MINUTES)
                            .values()) {
                for (TagNode child : children) {
                    if (seen.add(child.address()) && child.mayHaveChildren()) {
                        next.add(child.address());
                    }
                }
            }
            level = next;
        }
        out.printf(
                Locale.ROOT,
                "  below Objects with data type and access level %.2f s %,10.0f nodes/s%n",
                seconds(begin),
                seen.size() / seconds(begin));
        return !seen.isEmpty();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static final class Nobody implements NodeSearch.Watcher {
        @Override
        public void found(NodeSearch.Hit hit) {
            throw new IllegalStateException("nothing can be called that: " + hit);
        }

        @Override
        public void looked(long nodes) {
            // only the end counts
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }
}
