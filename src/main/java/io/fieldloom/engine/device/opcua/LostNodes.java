package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.value.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The items that a server refused or whose node it took away. A download into a PLC removes nodes
 * and brings them back while the session lives on, and no server makes the items anew by itself; so
 * the nodes are looked for now and then, and so is the namespace table. Thread-safe.
 */
final class LostNodes {
    private static final Logger LOG = LoggerFactory.getLogger(LostNodes.class);
    private static final Set<String> GONE = Set.of("BadNodeIdUnknown", "BadNodeIdInvalid");
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration CALM_PAUSE = Duration.ofSeconds(10);

    private final Services services;
    private final List<String> namespaces;
    private final Consumer<List<SampledItem>> back;
    private final Runnable otherNamespaces;
    private final Map<UInteger, SampledItem> lost = new ConcurrentHashMap<>();
    private Duration pause = FIRST_PAUSE;
    private long dueNanos = System.nanoTime() + FIRST_PAUSE.toNanos();
    private boolean asking;

    /**
     * @param namespaces the table when the session began
     * @param back takes items whose nodes are there again; they are no longer looked for
     * @param otherNamespaces told when the table is not that one any more
     */
    LostNodes(
            Services services,
            List<String> namespaces,
            Consumer<List<SampledItem>> back,
            Runnable otherNamespaces) {
        this.services = services;
        this.namespaces = namespaces;
        this.back = back;
        this.otherNamespaces = otherNamespaces;
    }

    /** The server would not monitor it; for another reason than its node that is final. */
    void refused(SampledItem item, Status status) {
        if (GONE.contains(status.name())) {
            lost.put(item.handle(), item);
        }
    }

    /** What the newest value says about the node. */
    void heard(SampledItem item, Status status) {
        if (status.isBad() && GONE.contains(status.name())) {
            if (lost.put(item.handle(), item) == null) {
                soon();
            }
        } else if (!lost.isEmpty()) {
            lost.remove(item.handle());
        }
    }

    private synchronized void soon() {
        pause = FIRST_PAUSE;
        dueNanos = System.nanoTime() + FIRST_PAUSE.toNanos();
    }

    /** Asks the server if it is time to. Called again and again. */
    void look(long now) {
        synchronized (this) {
            if (asking || now - dueNanos < 0) {
                return;
            }
            asking = true;
        }
        lost.values().removeIf(item -> item.sampling().isClosed());
        List<SampledItem> sought = List.copyOf(lost.values());
        List<ReadValueId> asked = new ArrayList<>();
        asked.add(Services.attribute(NodeIds.Server_NamespaceArray, AttributeId.Value));
        sought.forEach(item -> asked.add(Services.attribute(item.node(), AttributeId.NodeClass)));
        services.read(asked, TimestampsToReturn.Neither)
                .whenComplete(
                        (read, failure) -> {
                            try {
                                if (failure == null) {
                                    found(sought, read);
                                } else {
                                    LOG.debug("Lost nodes could not be looked for", failure);
                                }
                            } finally {
                                rest(sought.size());
                            }
                        });
    }

    private void found(List<SampledItem> sought, List<DataValue> read) {
        boolean isOther =
                read.get(0).value().value() instanceof String[] uris
                        && !Arrays.asList(uris).equals(namespaces);
        if (isOther) {
            otherNamespaces.run();
            return;
        }
        List<SampledItem> there = new ArrayList<>();
        for (int i = 0; i < sought.size(); i++) {
            boolean isThere = read.get(i + 1).statusCode().isGood();
            if (isThere && lost.remove(sought.get(i).handle()) != null) {
                there.add(sought.get(i));
            }
        }
        if (!there.isEmpty()) {
            back.accept(there);
        }
    }

    /** Longer and longer while there are any: one that is found may be refused again. */
    private synchronized void rest(int sought) {
        asking = false;
        pause = sought == 0 ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        dueNanos = System.nanoTime() + (sought == 0 ? CALM_PAUSE : pause).toNanos();
    }
}
