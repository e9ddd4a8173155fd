package io.fieldloom.app.cli;

import io.fieldloom.engine.device.Browsing;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.NodeNames;
import io.fieldloom.engine.device.TagNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Walks a server's address space breadth first. Each node comes once, so that cycles end. */
final class AddressSpace {
    static final String OBJECTS = "i=85";

    /** Parents browsed with one call: enough to fill requests, few enough to show progress. */
    private static final int AT_ONCE = 1_000;

    private final DeviceConnection device;
    private final Set<String> seen = new HashSet<>();
    private Visitor visitor;
    private int unreadable;

    AddressSpace(DeviceConnection device) {
        this.device = device;
    }

    /** Takes each node as it is found. */
    @FunctionalInterface
    interface Visitor {
        void visit(String parent, String path, TagNode node);
    }

    private record Parent(String address, String path) {}

    /** Nodes whose children could not be listed. */
    int unreadable() {
        return unreadable;
    }

    /**
     * Visits all below a node, not the node itself.
     *
     * @param depth levels to go down
     * @param stopped asked between requests
     */
    void walk(String start, int depth, Visitor taker, BooleanSupplier stopped)
            throws DeviceException, CommandFailure, Shell.Stopped, InterruptedException {
        visitor = taker;
        seen.add(start);
        Parent first = new Parent(start, escaped(nameOf(start)));
        List<Parent> level = new ArrayList<>();
        take(first, device.answerOf(device.session().browse(start)), level);
        stopped.getAsBoolean();
        for (int below = 1; below < depth && !level.isEmpty(); below++) {
            List<Parent> next = new ArrayList<>();
            CompletionStage<Map<String, List<TagNode>>> asked = ask(level, 0);
            for (int at = 0; at < level.size(); at += AT_ONCE) {
                Map<String, List<TagNode>> children = device.answerOf(asked);
                if (stopped.getAsBoolean()) {
                    return;
                }
                // The next request is on its way while these are shown.
                asked = ask(level, at + AT_ONCE);
                for (Parent parent : chunk(level, at)) {
                    take(parent, children.get(parent.address()), next);
                }
            }
            stopped.getAsBoolean();
            level = next;
        }
    }

    private String nameOf(String start)
            throws DeviceException, CommandFailure, Shell.Stopped, InterruptedException {
        if (start.equals(OBJECTS)) {
            return "Objects";
        }
        Optional<NodeNames> names = device.capability(NodeNames.class);
        return names.isPresent() ? device.answerOf(names.get().browseName(start)) : start;
    }

    private void take(Parent parent, List<TagNode> children, List<Parent> next) {
        if (children == null) {
            unreadable++;
            return;
        }
        for (TagNode child : children) {
            if (seen.add(child.address())) {
                String path = parent.path() + "/" + escaped(child.name());
                visitor.visit(parent.address(), path, child);
                if (child.mayHaveChildren()) {
                    next.add(new Parent(child.address(), path));
                }
            }
        }
    }

    private static List<Parent> chunk(List<Parent> level, int from) {
        return level.subList(from, Math.min(level.size(), from + AT_ONCE));
    }

    private CompletionStage<Map<String, List<TagNode>>> ask(List<Parent> level, int from) {
        if (from >= level.size()) {
            return CompletableFuture.completedStage(Map.of());
        }
        List<String> parents = chunk(level, from).stream().map(Parent::address).toList();
        Optional<Browsing> batched = device.capability(Browsing.class);
        return batched.isPresent() ? batched.get().browseAll(parents) : oneByOne(parents);
    }

    private CompletionStage<Map<String, List<TagNode>>> oneByOne(List<String> parents) {
        Map<String, List<TagNode>> found = new HashMap<>();
        CompletionStage<Map<String, List<TagNode>>> chain = CompletableFuture.completedStage(found);
        for (String parent : parents) {
            chain =
                    chain.thenCompose(
                            done ->
                                    device.session()
                                            .browse(parent)
                                            .handle(
                                                    (children, failure) -> {
                                                        if (failure == null) {
                                                            found.put(parent, children);
                                                        }
                                                        return found;
                                                    }));
        }
        return chain;
    }

    /** A name as a step of a path. */
    static String escaped(String name) {
        return name.replace("%", "%25").replace("/", "%2F");
    }
}
