package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.engine.device.NodeSearch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** Walks the address space breadth first, many nodes in one request, each node once. */
final class SpaceSearch implements NodeSearch {
    /** Requests at the server, so that it has work while answers are looked at. */
    private static final int IN_FLIGHT = 2;

    /** A set of more nodes than this takes memory that the rest of the program needs. */
    private static final int MOST_NODES = 1_000_000;

    private static final int MOST_HITS = 10_000;

    private static final char LAST_ASCII = 0x7F;

    private final Services services;
    private final Addresses addresses;
    private final Browser browser;
    private final Failures failures;

    SpaceSearch(Services services, Addresses addresses, Browser browser, Failures failures) {
        this.services = services;
        this.addresses = addresses;
        this.browser = browser;
        this.failures = failures;
    }

    @Override
    public CompletionStage<Outcome> search(String text, Watcher watcher) {
        Walk walk = new Walk(text.strip(), watcher);
        return byAddress(text.strip(), watcher)
                .thenCompose(
                        found ->
                                found
                                        ? CompletableFuture.completedFuture(new Outcome(1, true))
                                        : walk.begin())
                .exceptionally(
                        failure -> {
                            throw new CompletionException(
                                    failures.service("searching for '" + text + "'", failure));
                        });
    }

    private CompletableFuture<Boolean> byAddress(String text, Watcher watcher) {
        Optional<NodeId> node;
        try {
            node = addresses.node(text);
        } catch (MalformedException e) {
            node = Optional.empty(); // then it is a name
        }
        if (node.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        String address = addresses.text(node.get());
        return services.read(
                        List.of(
                                Services.attribute(node.get(), AttributeId.BrowseName),
                                Services.attribute(node.get(), AttributeId.NodeClass)),
                        TimestampsToReturn.Neither)
                .thenApply(values -> found(address, values, watcher));
    }

    private static boolean found(String address, List<DataValue> values, Watcher watcher) {
        if (values.get(0).value().value() instanceof QualifiedName name
                && values.get(1).value().value() instanceof Integer kind) {
            NodeClass nodeClass = NodeClass.from(kind);
            watcher.found(
                    new Hit(
                            address,
                            Objects.requireNonNullElse(name.name(), ""),
                            address,
                            nodeClass == null ? "" : nodeClass.name()));
            watcher.looked(1);
            return true;
        }
        return false;
    }

    /** A node whose children are still to be looked at. */
    private record Place(NodeId node, String name, Place parent) {
        String path() {
            return parent == null ? name : parent.path() + "/" + name;
        }
    }

    /** One search. Thread-safe: answers come on any thread and are looked at one by one. */
    private final class Walk {
        private final String wanted;
        private final int wantedLow;
        private final int wantedHigh;
        private final Watcher watcher;
        private final Set<NodeId> seen = new HashSet<>();
        private final Deque<Place> open = new ArrayDeque<>();
        // Objects first and to its end: that is where the plant is.
        private final Deque<Place> roots =
                new ArrayDeque<>(
                        List.of(
                                new Place(NodeIds.ObjectsFolder, "Objects", null),
                                new Place(NodeIds.TypesFolder, "Types", null),
                                new Place(NodeIds.ViewsFolder, "Views", null)));
        private final CompletableFuture<Outcome> end = new CompletableFuture<>();
        private int inFlight;
        private int hits;

        Walk(String text, Watcher watcher) {
            this.wanted = text.toLowerCase(Locale.ROOT);
            int first = wanted.isEmpty() ? 0 : Character.toUpperCase(wanted.charAt(0));
            this.wantedHigh = first;
            this.wantedLow = Character.toLowerCase(first);
            this.watcher = watcher;
            roots.forEach(root -> seen.add(root.node()));
        }

        synchronized CompletableFuture<Outcome> begin() {
            next();
            return end;
        }

        /** Asks what is left; the end where there is nothing and nothing will come. */
        private void next() {
            if (open.isEmpty() && inFlight == 0 && !roots.isEmpty()) {
                open.add(roots.poll());
            }
            ask(1);
            if (inFlight == 0) {
                end.complete(new Outcome(seen.size(), open.isEmpty() && roots.isEmpty()));
            }
        }

        /**
         * @param least a request for fewer nodes is not worth sending yet
         */
        private void ask(int least) {
            int most = services.mostBrowses();
            while (inFlight < IN_FLIGHT && open.size() >= least && !isCut()) {
                List<Place> asked = new ArrayList<>(most);
                while (asked.size() < most && !open.isEmpty()) {
                    asked.add(open.poll());
                }
                inFlight++;
                browser.children(asked.stream().map(Place::node).toList())
                        .whenComplete((found, failure) -> answered(asked, found, failure));
            }
        }

        private boolean isCut() {
            return hits >= MOST_HITS || seen.size() >= MOST_NODES || watcher.isCancelled();
        }

        private synchronized void answered(
                List<Place> asked, List<Browser.Found> found, Throwable failure) {
            if (failure != null) {
                end.completeExceptionally(failure);
            }
            if (end.isDone()) {
                return;
            }
            try {
                inFlight--;
                ask(services.mostBrowses()); // the server works on while this is looked at
                for (int i = 0; i < asked.size(); i++) {
                    Place parent = asked.get(i);
                    found.get(i).references().forEach(one -> look(parent, one));
                }
                watcher.looked(seen.size());
                next();
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        }

        private void look(Place parent, ReferenceDescription reference) {
            Optional<NodeId> node = addresses.node(reference.getNodeId());
            if (node.isEmpty() || !seen.add(node.get())) {
                return;
            }
            String name = Objects.requireNonNullElse(reference.getBrowseName().name(), "");
            Place place = new Place(node.get(), name, parent);
            String address = addresses.text(node.get());
            if (hits < MOST_HITS && matches(place, address, reference.getDisplayName().text())) {
                hits++;
                watcher.found(
                        new Hit(address, name, place.path(), reference.getNodeClass().name()));
            }
            // a property has no children of its own (OPC UA Part 3, 4.4.2)
            if (!Browser.isProperty(reference)) {
                open.add(place);
            }
        }

        private boolean matches(Place place, String address, String displayName) {
            return has(place.name())
                    || has(address)
                    || has(displayName)
                    || wanted.indexOf('/') >= 0 && has(place.path());
        }

        private boolean has(String text) {
            if (text == null) {
                return false;
            }
            int last = text.length() - wanted.length();
            for (int at = 0; at <= last; at++) {
                if (mayBegin(text, at)
                        && text.regionMatches(true, at, wanted, 0, wanted.length())) {
                    return true;
                }
            }
            return false;
        }

        /** Whether the text may be there by its first letter, which is soon seen in ASCII. */
        private boolean mayBegin(String text, int at) {
            if (wanted.isEmpty()) {
                return true;
            }
            char letter = text.charAt(at);
            return letter == wantedLow || letter == wantedHigh || letter > LAST_ASCII;
        }
    }
}
