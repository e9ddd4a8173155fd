package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.Revised;
import io.fieldloom.engine.device.SampleSink;
import io.fieldloom.engine.device.Sampling;
import io.fieldloom.engine.device.TagRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one caller subscribed to. Thread-safe. */
final class OpcUaSampling implements Sampling {
    private static final Logger LOG = LoggerFactory.getLogger(OpcUaSampling.class);

    private final List<TagRequest> tags;
    private final SampleSink sink;
    private final BiConsumer<Slots.Slot, Map<UInteger, UInteger>> remover;
    private final Map<Integer, Status> rejected = new TreeMap<>();
    private final Map<Integer, Revised> revised = new HashMap<>();
    private final Map<Slots.Slot, Map<UInteger, UInteger>> running = new HashMap<>();
    private boolean closed;

    /**
     * @param remover ends items, by client handle and the server's id
     */
    OpcUaSampling(
            List<TagRequest> tags,
            SampleSink sink,
            BiConsumer<Slots.Slot, Map<UInteger, UInteger>> remover) {
        this.tags = List.copyOf(tags);
        this.sink = sink;
        this.remover = remover;
    }

    synchronized void reject(int index, Status status) {
        rejected.put(index, status);
    }

    /** False where it was closed meanwhile: the item is nobody's. */
    synchronized boolean runs(
            int index, UInteger handle, UInteger id, Slots.Slot slot, Revised made) {
        if (closed) {
            return false;
        }
        rejected.remove(index);
        revised.put(index, made);
        running.computeIfAbsent(slot, fresh -> new HashMap<>()).put(handle, id);
        return true;
    }

    /** Gives one item up, if it runs: it joins those that end. */
    synchronized void end(UInteger handle, Map<Slots.Slot, Map<UInteger, UInteger>> ended) {
        running.forEach(
                (slot, ids) -> {
                    UInteger id = ids.remove(handle);
                    if (id != null) {
                        ended.computeIfAbsent(slot, fresh -> new HashMap<>()).put(handle, id);
                    }
                });
    }

    /** The server's ids of its items by client handle. */
    synchronized Map<Slots.Slot, Map<UInteger, UInteger>> running() {
        Map<Slots.Slot, Map<UInteger, UInteger>> copy = new HashMap<>();
        running.forEach((slot, ids) -> copy.put(slot, Map.copyOf(ids)));
        return copy;
    }

    @Override
    public synchronized Map<Integer, Status> rejected() {
        return Map.copyOf(rejected);
    }

    @Override
    public synchronized Revised revised(int tag) {
        return revised.getOrDefault(tag, Revised.every(tags.get(tag).interval()));
    }

    @Override
    public void close() {
        Map<Slots.Slot, Map<UInteger, UInteger>> ended;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            ended = new HashMap<>(running);
            running.clear();
        }
        ended.forEach(remover);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    Delivery delivery() {
        return new Delivery();
    }

    /** The samples of one notification message for this caller. */
    final class Delivery {
        private final List<Integer> indices = new ArrayList<>();
        private final List<Sample> samples = new ArrayList<>();

        void add(int index, Sample sample) {
            indices.add(index);
            samples.add(sample);
        }

        void deliver() {
            if (isClosed()) {
                return;
            }
            try {
                sink.accept(
                        indices.stream().mapToInt(Integer::intValue).toArray(),
                        samples.toArray(new Sample[0]));
            } catch (RuntimeException e) {
                LOG.error("A receiver of samples failed", e);
            }
        }
    }
}
