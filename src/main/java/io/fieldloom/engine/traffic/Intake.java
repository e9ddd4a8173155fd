package io.fieldloom.engine.traffic;

import java.util.Arrays;

/**
 * Messages between the threads that see them and the one that indexes them. Two arrays take turns,
 * so that a message costs a short lock and no object. Bounded in messages and payload bytes; what
 * does not fit is counted. Thread-safe.
 */
final class Intake {
    private static final int INITIAL = 1_024;

    private final int mostMessages;
    private final long mostBytes;
    private Message[] filling = new Message[INITIAL];
    private Message[] spare = new Message[INITIAL];
    private int count;
    private long bytes;
    private long dropped;

    Intake(TrafficLimits limits) {
        this.mostMessages = limits.waitingMessages();
        this.mostBytes = limits.waitingBytes();
    }

    synchronized void offer(Message message) {
        long size = message.payload().length;
        if (count >= mostMessages || count > 0 && bytes + size > mostBytes) {
            dropped++;
            return;
        }
        if (count == filling.length) {
            filling = Arrays.copyOf(filling, Math.min(mostMessages, 2 * count));
        }
        filling[count++] = message;
        bytes += size;
    }

    /** A batch of messages in their order; it belongs to the taker until the next call. */
    record Batch(Message[] messages, int count) {}

    /** Takes all that wait. Called by one thread. */
    synchronized Batch take() {
        Batch batch = new Batch(filling, count);
        filling = spare;
        spare = batch.messages();
        count = 0;
        bytes = 0;
        return batch;
    }

    synchronized boolean isEmpty() {
        return count == 0;
    }

    synchronized long dropped() {
        return dropped;
    }

    synchronized void forgetDropped() {
        dropped = 0;
    }
}
