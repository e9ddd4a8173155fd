package io.fieldloom.engine.mqtt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filters that a connection wants, asked for again after each loss. Used on the connection's
 * lane alone.
 */
final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final FailureWords words;
    private final Executor lane;
    private final Map<String, Wanted> byFilter = new LinkedHashMap<>();

    /** A filter, and who waits for the broker's first answer to it. */
    private record Wanted(Subscription subscription, CompletableFuture<Void> answered) {}

    Subscriptions(FailureWords words, Executor lane) {
        this.words = words;
        this.lane = lane;
    }

    /**
     * Wants one more filter.
     *
     * @param up the link, or null while there is none
     */
    void add(Subscription one, CompletableFuture<Void> answered, Wire up) {
        Wanted wanted = new Wanted(one, answered);
        Wanted before = byFilter.put(one.filter(), wanted);
        if (before != null) {
            // whoever waits for the earlier one gets the same answer
            answered.whenComplete(
                    (nothing, failure) -> {
                        if (failure == null) {
                            before.answered().complete(null);
                        } else {
                            before.answered().completeExceptionally(failure);
                        }
                    });
        }
        if (up != null) {
            ask(up, wanted);
        }
    }

    void remove(String filter, Wire up) {
        if (byFilter.remove(filter) != null && up != null) {
            up.unsubscribe(filter, OpenRequests.answering(new CompletableFuture<>()));
        }
    }

    /** The link is there: asks for everything. */
    void askAll(Wire up) {
        byFilter.values().forEach(wanted -> ask(up, wanted));
    }

    void failAll(MqttFailure failure) {
        byFilter.values().forEach(wanted -> wanted.answered().completeExceptionally(failure));
    }

    private void ask(Wire up, Wanted wanted) {
        up.subscribe(
                List.of(wanted.subscription()),
                new Wire.Answer() {
                    @Override
                    public void done(int reasonCode) {
                        if (reasonCode < 0x80) {
                            wanted.answered().complete(null);
                        } else {
                            lane.execute(() -> refused(wanted, reasonCode));
                        }
                    }

                    @Override
                    public void failed(MqttFailure failure) {
                        LOG.debug("A subscription is asked for again with the next link", failure);
                    }
                });
    }

    private void refused(Wanted wanted, int reasonCode) {
        String filter = wanted.subscription().filter();
        byFilter.remove(filter, wanted);
        MqttFailure failure = words.subscriptionRefused(filter, reasonCode);
        if (!wanted.answered().completeExceptionally(failure)) {
            LOG.warn("{}", failure.getMessage()); // granted once, refused after a loss
        }
    }
}
