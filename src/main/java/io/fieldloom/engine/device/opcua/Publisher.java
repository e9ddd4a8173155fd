package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.engine.device.SessionListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFieldList;
import org.eclipse.milo.opcua.stack.core.types.structured.EventNotificationList;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.SubscriptionAcknowledgement;
import org.eclipse.milo.opcua.stack.core.util.ExecutionQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps publish requests at the server, so that it can answer with notifications, and hands these
 * on one after the other, in the order of their sequence numbers. When the receiving side falls
 * behind, no more requests are sent: the server's own queues then hold the values.
 */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private static final int MOST_REQUESTS = 10;

    /** Messages that arrived and are not yet handed on. */
    private static final int MOST_WAITING = 64;

    private static final long PAUSE_MILLIS = 500;
    private static final int SILENT_PERIODS = 3;

    private final OpcUaClient client;
    private final Failures failures;
    private final SessionListener listener;
    private final BiConsumer<MonitoredItemNotification[], Instant> receiver;
    private final ExecutionQueue lane = new ExecutionQueue(Stack.sharedExecutor());
    private final Executor later =
            CompletableFuture.delayedExecutor(
                    PAUSE_MILLIS, TimeUnit.MILLISECONDS, Stack.sharedExecutor());
    private final Map<UInteger, ServerSubscription> subscriptions = new ConcurrentHashMap<>();
    private final List<SubscriptionAcknowledgement> acknowledgements = new ArrayList<>();
    private volatile Consumer<EventFieldList[]> events = none -> {};
    private int sent;
    private int waiting;
    private int most = MOST_REQUESTS;
    private boolean stopped;

    /**
     * @param receiver takes the notifications of one message, never two at a time
     */
    Publisher(
            OpcUaClient client,
            Failures failures,
            SessionListener listener,
            BiConsumer<MonitoredItemNotification[], Instant> receiver) {
        this.client = client;
        this.failures = failures;
        this.listener = listener;
        this.receiver = receiver;
    }

    /** Who takes the events, as the receiver takes values. */
    void onEvents(Consumer<EventFieldList[]> taker) {
        events = taker;
    }

    void add(ServerSubscription subscription) {
        subscriptions.put(subscription.id(), subscription);
        keepAsking();
    }

    /** Goes on with a subscription of a lost session, first with the messages that never came. */
    void add(ServerSubscription subscription, List<UInteger> available) {
        onLane(
                () ->
                        demand(subscription, subscription.taken(available))
                                .thenRun(() -> add(subscription)));
    }

    /** Takes no more of it, and lets the server forget it. */
    void end(ServerSubscription subscription) {
        subscriptions.remove(subscription.id());
        client.deleteSubscriptionsAsync(List.of(subscription.id()))
                .exceptionally(
                        failure -> {
                            LOG.debug("A subscription could not be ended", failure);
                            return null;
                        });
    }

    /**
     * Hands on nothing any more, so that what is not acknowledged can be asked for again.
     *
     * @return completes when the receiver is not called any more
     */
    CompletableFuture<Void> stop() {
        synchronized (this) {
            stopped = true;
        }
        subscriptions.clear();
        return CompletableFuture.runAsync(() -> {}, lane::submit);
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Runs it as a notification is handed on: one at a time, and not after the end. */
    void onLane(Runnable task) {
        lane.submit(
                () -> {
                    if (!isStopped()) {
                        task.run();
                    }
                });
    }

    /** The subscription that kept silent for three of its keep-alive periods, if any did. */
    Optional<ServerSubscription> silent(long now) {
        return subscriptions.values().stream()
                .filter(subscription -> subscription.silentPeriods(now) > SILENT_PERIODS)
                .findFirst();
    }

    /** Starts the patience anew, after this computer slept. */
    void forgive() {
        subscriptions.values().forEach(ServerSubscription::heard);
    }

    private void keepAsking() {
        while (true) {
            List<SubscriptionAcknowledgement> acknowledged;
            synchronized (this) {
                int wanted = Math.min(most, subscriptions.size() + 1);
                if (stopped
                        || subscriptions.isEmpty()
                        || sent >= wanted
                        || waiting >= MOST_WAITING) {
                    return;
                }
                sent++;
                acknowledged = List.copyOf(acknowledgements);
                acknowledgements.clear();
            }
            ask(acknowledged);
        }
    }

    private void ask(List<SubscriptionAcknowledgement> acknowledged) {
        client.getSessionAsync()
                .thenCompose(
                        session ->
                                client.sendRequestAsync(
                                        new PublishRequest(
                                                client.newRequestHeader(
                                                        session.getAuthenticationToken(), uint(0)),
                                                acknowledged.toArray(
                                                        new SubscriptionAcknowledgement[0]))))
                .whenComplete(
                        (response, failure) -> {
                            if (response instanceof PublishResponse published) {
                                arrived(published, Instant.now());
                            } else {
                                failed(failure);
                            }
                        });
    }

    private void arrived(PublishResponse response, Instant at) {
        ServerSubscription subscription = subscriptions.get(response.getSubscriptionId());
        NotificationMessage message = response.getNotificationMessage();
        boolean hasData =
                message.getNotificationData() != null && message.getNotificationData().length > 0;
        synchronized (this) {
            sent--;
            if (hasData) {
                waiting++;
            }
        }
        if (subscription != null) {
            subscription.heard();
        }
        if (hasData) {
            lane.submit(() -> handOn(subscription, message, at));
        }
        keepAsking();
    }

    private void handOn(ServerSubscription subscription, NotificationMessage message, Instant at) {
        try {
            if (subscription != null && !isStopped()) {
                acknowledge(subscription, message);
                for (ServerSubscription.Arrived next : subscription.inOrder(message, at)) {
                    deliver(next);
                }
                if (subscription.beginsToWait()) {
                    later.execute(() -> onLane(() -> askAgain(subscription)));
                }
            }
        } catch (RuntimeException e) {
            LOG.error("A notification could not be handed on", e);
        } finally {
            synchronized (this) {
                waiting--;
            }
            keepAsking();
        }
    }

    /** The answers to several requests may overtake each other; what is missing now is lost. */
    private void askAgain(ServerSubscription subscription) {
        List<UInteger> missing = subscription.missing();
        if (!missing.isEmpty()) {
            demand(subscription, missing).thenRun(() -> onLane(() -> giveUpMissing(subscription)));
        }
    }

    /** Asks for messages again; what comes is handed on. Completes when each was answered. */
    private CompletableFuture<Void> demand(
            ServerSubscription subscription, List<UInteger> numbers) {
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (UInteger number : numbers) {
            answers.add(
                    client.republishAsync(subscription.id(), number)
                            .handle(
                                    (response, failure) -> {
                                        if (failure == null) {
                                            NotificationMessage message =
                                                    response.getNotificationMessage();
                                            onLane(() -> recovered(subscription, message));
                                        } else {
                                            LOG.debug("Message {} is lost", number, failure);
                                        }
                                        return null;
                                    }));
        }
        return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]));
    }

    private synchronized void acknowledge(
            ServerSubscription subscription, NotificationMessage message) {
        acknowledgements.add(
                new SubscriptionAcknowledgement(subscription.id(), message.getSequenceNumber()));
    }

    private void recovered(ServerSubscription subscription, NotificationMessage message) {
        acknowledge(subscription, message);
        subscription.again(message, Instant.now()).forEach(this::deliver);
    }

    private void giveUpMissing(ServerSubscription subscription) {
        List<ServerSubscription.Arrived> rest = subscription.giveUpMissing();
        if (!rest.isEmpty()) {
            listener.note("The server skipped notifications: some values were lost.");
            rest.forEach(this::deliver);
        }
    }

    private void deliver(ServerSubscription.Arrived arrived) {
        for (ExtensionObject data : arrived.message().getNotificationData()) {
            Object notification = data.decode(client.getStaticEncodingContext());
            if (notification instanceof DataChangeNotification change
                    && change.getMonitoredItems() != null) {
                receiver.accept(change.getMonitoredItems(), arrived.at());
            } else if (notification instanceof EventNotificationList list
                    && list.getEvents() != null) {
                events.accept(list.getEvents());
            } else if (notification instanceof StatusChangeNotification change
                    && change.getStatus().isBad()) {
                listener.lost(
                        failures.lost(
                                "the server ended the subscription ("
                                        + Statuses.name(change.getStatus())
                                        + ")"));
            }
        }
    }

    private void failed(Throwable failure) {
        long code = UaException.extractStatusCode(failure).map(StatusCode::value).orElse(0L);
        synchronized (this) {
            sent--;
            if (code == StatusCodes.Bad_TooManyPublishRequests) {
                most = Math.max(1, sent);
            }
            if (stopped) {
                return;
            }
        }
        LOG.debug("A publish request failed", failure);
        if (code != StatusCodes.Bad_NoSubscription
                && code != StatusCodes.Bad_TooManyPublishRequests) {
            later.execute(this::keepAsking); // a lost session is told by the session itself
        }
    }
}
