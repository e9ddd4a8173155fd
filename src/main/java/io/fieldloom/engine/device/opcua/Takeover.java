package io.fieldloom.engine.device.opcua;

import io.fieldloom.engine.device.TagRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions that a session took over from the lost one before it (OPC UA Part 4, 5.14.7):
 * their items go on, with what the server has queued for them meanwhile. Each waits here for the
 * tag that it belonged to. Thread-safe.
 */
final class Takeover {
    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    private final List<Taken> taken = new ArrayList<>();
    private final Map<TagRequest, Deque<Waiting>> waiting = new HashMap<>();
    private final List<CompletableFuture<Void>> preparations = new ArrayList<>();
    private final Map<UInteger, Legacy.Item> unheard = new ConcurrentHashMap<>();

    /**
     * A subscription that is ours again.
     *
     * @param available the numbers of the messages that the server can send again
     */
    record Taken(Legacy.Left left, List<UInteger> available, Slots.Slot slot) {}

    /** An item and the subscription that it is in. */
    record Waiting(Legacy.Item item, Taken in) {}

    /** Nothing to take over. */
    static Takeover none() {
        return new Takeover();
    }

    /** Asks the server; what it refuses has to be made anew, and no failure comes out of here. */
    static CompletableFuture<Takeover> of(Services services, Legacy legacy) {
        if (legacy.subscriptions().isEmpty()) {
            return CompletableFuture.completedFuture(none());
        }
        return services.transfer(
                        legacy.subscriptions().stream()
                                .map(left -> left.subscription().id())
                                .toList())
                .handle(
                        (results, failure) -> {
                            if (failure != null) {
                                LOG.debug("The server transfers no subscriptions", failure);
                                return none();
                            }
                            return of(legacy.subscriptions(), results);
                        });
    }

    private static Takeover of(List<Legacy.Left> asked, List<TransferResult> results) {
        Takeover takeover = new Takeover();
        for (int i = 0; i < asked.size() && i < results.size(); i++) {
            TransferResult result = results.get(i);
            if (result.getStatusCode().isGood()) {
                takeover.add(new Taken(asked.get(i), numbers(result), slot(asked.get(i))));
            } else {
                LOG.debug("A subscription is not transferred: {}", result.getStatusCode());
            }
        }
        return takeover;
    }

    private static Slots.Slot slot(Legacy.Left left) {
        return new Slots.Slot(
                CompletableFuture.completedFuture(left.subscription()), left.items().size());
    }

    private static List<UInteger> numbers(TransferResult result) {
        UInteger[] available = result.getAvailableSequenceNumbers();
        return available == null ? List.of() : Arrays.asList(available);
    }

    private void add(Taken one) {
        taken.add(one);
        for (Legacy.Item item : one.left().items()) {
            waiting.computeIfAbsent(item.tag(), fresh -> new ArrayDeque<>())
                    .add(new Waiting(item, one));
        }
    }

    List<Taken> taken() {
        return taken;
    }

    /** The item that sampled just that; it is the caller's from now on. */
    synchronized Optional<Waiting> claim(TagRequest tag) {
        Deque<Waiting> same = waiting.get(tag);
        Optional<Waiting> one = Optional.ofNullable(same).map(Deque::poll);
        one.ifPresent(claimed -> unheard.put(claimed.item().handle(), claimed.item()));
        return one;
    }

    /** No value may come before that is done. */
    synchronized void mustAwait(CompletableFuture<Void> preparation) {
        if (!waiting.isEmpty()) {
            preparations.add(preparation);
        }
    }

    synchronized CompletableFuture<Void> awaited() {
        return CompletableFuture.allOf(preparations.toArray(new CompletableFuture<?>[0]));
    }

    /** The items that nobody wants any more; none can be claimed after this. */
    synchronized List<Waiting> unclaimed() {
        List<Waiting> rest = waiting.values().stream().flatMap(Deque::stream).toList();
        waiting.clear();
        preparations.clear();
        return rest;
    }

    void heard(UInteger handle) {
        if (!unheard.isEmpty()) {
            unheard.remove(handle);
        }
    }

    /** Claimed items of which the server has sent nothing since. */
    List<Legacy.Item> unheard() {
        return List.copyOf(unheard.values());
    }

    boolean isUnheard(Legacy.Item item) {
        return unheard.containsKey(item.handle());
    }
}
