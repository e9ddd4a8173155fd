package io.fieldloom.engine.mqtt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filters that a connection wants, asked for again after each loss. The broker has none that
 * another one covers, for many brokers send a message once for each filter it matches. Used on the
 * connection's lane alone.
 */
final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final FailureWords words;
    private final Executor lane;
    private final Map<String, Wanted> byFilter = new LinkedHashMap<>();
    private Wire latest;

    /** A filter, who waits for the broker's first answer to it, and whether the broker has it. */
    private static final class Wanted {
        private final Subscription subscription;
        private final CompletableFuture<Void> answered;
        private boolean asked;

        Wanted(Subscription subscription, CompletableFuture<Void> answered) {
            this.subscription = subscription;
            this.answered = answered;
        }
    }

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
            wanted.asked = before.asked;
            // whoever waits for the earlier one gets the same answer
            answered.whenComplete(
                    (nothing, failure) -> {
                        if (failure == null) {
                            before.answered.complete(null);
                        } else {
                            before.answered.completeExceptionally(failure);
                        }
                    });
        }
        if (up != null) {
            askUnlessCovered(up, wanted);
        }
    }

    void remove(String filter, Wire up) {
        if (byFilter.remove(filter) != null && up != null) {
            askBare(up);
            giveUp(up, filter);
        }
    }

    private static void giveUp(Wire up, String filter) {
        up.unsubscribe(filter, OpenRequests.answering(new CompletableFuture<>()));
    }

    /** The link is there: asks for everything. */
    void askAll(Wire up) {
        latest = up;
        byFilter.values().forEach(wanted -> wanted.asked = false);
        askBare(up);
    }

    /** Asks for what the broker has not and no other filter covers any more. */
    private void askBare(Wire up) {
        for (Wanted wanted : List.copyOf(byFilter.values())) {
            if (!wanted.asked) {
                askUnlessCovered(up, wanted);
            }
        }
    }

    private void askUnlessCovered(Wire up, Wanted wanted) {
        Optional<Wanted> cover =
                byFilter.values().stream()
                        .filter(other -> other != wanted)
                        .filter(other -> other.subscription.covers(wanted.subscription))
                        .findFirst();
        if (cover.isEmpty()) {
            ask(up, wanted);
        } else {
            cover.get().answered.thenAccept(wanted.answered::complete);
        }
    }

    /** The broker has the filter: those that it covers would bring their messages twice. */
    private void granted(Wire up, Wanted wanted) {
        wanted.answered.complete(null);
        if (up != latest) {
            return;
        }
        for (Wanted other : byFilter.values()) {
            if (other != wanted && other.asked && wanted.subscription.covers(other.subscription)) {
                other.asked = false;
                giveUp(up, other.subscription.filter());
            }
        }
    }

    void failAll(MqttFailure failure) {
        byFilter.values().forEach(wanted -> wanted.answered.completeExceptionally(failure));
    }

    private void ask(Wire up, Wanted wanted) {
        wanted.asked = true;
        up.subscribe(
                List.of(wanted.subscription),
                new Wire.Answer() {
                    @Override
                    public void done(int reasonCode) {
                        if (reasonCode < 0x80) {
                            lane.execute(() -> granted(up, wanted));
                        } else {
                            lane.execute(() -> refused(up, wanted, reasonCode));
                        }
                    }

                    @Override
                    public void failed(MqttFailure failure) {
                        LOG.debug("A subscription is asked for again with the next link", failure);
                    }
                });
    }

    private void refused(Wire up, Wanted wanted, int reasonCode) {
        String filter = wanted.subscription.filter();
        byFilter.remove(filter, wanted);
        MqttFailure failure = words.subscriptionRefused(filter, reasonCode);
        if (!wanted.answered.completeExceptionally(failure)) {
            LOG.warn("{}", failure.getMessage()); // granted once, refused after a loss
        }
        if (up == latest) {
            askBare(up);
        }
    }
}
