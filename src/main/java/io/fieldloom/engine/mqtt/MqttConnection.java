package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.SerialLane;
import io.fieldloom.engine.mqtt.MqttFailure.Kind;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.traffic.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to one broker that is kept up: lost, it is tried again after half a second, a
 * second, and then every two seconds until it is back or closed. What needs a person (a wrong
 * password, an untrusted certificate) is tried every ten seconds, so that no account gets locked; a
 * client id that somebody else took over every thirty.
 *
 * <p>Thread-safe. No method but {@link #close} waits for the network. Everything that happens to
 * the connection happens on one serial lane.
 */
public final class MqttConnection implements AutoCloseable {
    /** How long a broker has to be reached, and to answer a CONNECT. */
    public static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final long[] BACK_OFF_MILLIS = {500, 1_000, 2_000};
    private static final long PERSON_MILLIS = 10_000;
    private static final long TAKEN_OVER_MILLIS = 30_000;
    private static final long PERHAPS_TAKEN_OVER_MILLIS = 10_000;

    /** Links that end sooner than this, so many times in a row, have a reason that recurs. */
    private static final Duration BRIEF = Duration.ofSeconds(5);

    private static final int BRIEF_LINKS = 3;
    private static final long TEST_SECONDS = 3;
    private static final String TEST_FILTER = "fieldloom/link-test";

    private final BrokerLogin login;
    private final SessionSettings settings;
    private final MqttListener listener;
    private final ScheduledExecutorService pool;
    private final SerialLane lane;
    private final FailureWords words;
    private final Subscriptions subscriptions;
    private final OpenRequests requests = new OpenRequests();
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final WireEvents events = new WireEvents();

    private volatile LinkState state = new LinkState(Link.CONNECTING, null, Instant.now(), null, 0);
    private volatile boolean closed;

    // the lane's
    private boolean opened;
    private Wire wire;
    private volatile Wire up;
    private int failures;
    private int briefLinks;
    private ScheduledFuture<?> timer;

    /**
     * @param login where and as whom; without a client id one is made at random
     * @param settings how it behaves
     * @param listener hears messages and changes of the link
     * @param pool runs the lane and the timers
     */
    public MqttConnection(
            BrokerLogin login,
            SessionSettings settings,
            MqttListener listener,
            ScheduledExecutorService pool) {
        this.login =
                login.clientId() != null ? login : login.withClientId(BrokerLogin.randomClientId());
        this.settings = Objects.requireNonNull(settings, "settings");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.pool = Objects.requireNonNull(pool, "pool");
        this.lane = new SerialLane(pool);
        this.words = new FailureWords(this.login);
        this.subscriptions = new Subscriptions(words, lane);
    }

    /**
     * Starts connecting and keeps on until closed. Idempotent.
     *
     * @return completes when the broker is there for the first time. Fails with an {@link
     *     MqttFailure} at once where only a person can help, else after {@link #CONNECT_WITHIN};
     *     the connection goes on trying even then
     */
    public CompletableFuture<Void> open() {
        return open(CONNECT_WITHIN);
    }

    /** The same with another time for the first connection, where some of it is used up. */
    public CompletableFuture<Void> open(Duration firstWithin) {
        lane.execute(
                () -> {
                    if (!opened && !closed) {
                        opened = true;
                        after(firstWithin.toMillis(), this::giveUpFirst);
                        attempt();
                    }
                });
        return first.copy();
    }

    private void giveUpFirst() {
        MqttFailure why = state.failure();
        first.completeExceptionally(why != null ? why : noAnswer());
    }

    public String name() {
        return login.name();
    }

    public BrokerLogin login() {
        return login;
    }

    public String clientId() {
        return login.clientId();
    }

    public LinkState state() {
        return state;
    }

    /**
     * Subscribes now, or as soon as the broker is there, and again after each loss.
     *
     * @return completes with the broker's answer; fails with {@link Kind#SUBSCRIPTION_REFUSED}
     *     naming the filter, which is then given up
     */
    public CompletableFuture<Void> subscribe(Subscription wanted) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        lane.execute(
                () -> {
                    if (closed) {
                        answered.completeExceptionally(words.closed());
                    } else {
                        subscriptions.add(wanted, answered, up);
                    }
                });
        return answered;
    }

    /** Gives a subscription up. */
    public void unsubscribe(String filter) {
        lane.execute(() -> subscriptions.remove(filter, up));
    }

    /**
     * Publishes one message now.
     *
     * @return the broker's reason code (below 128 it has taken it; 0 for QoS 0 and MQTT 3). Fails
     *     with an {@link MqttFailure} when there is no connection or it ends before the answer
     */
    public CompletableFuture<Integer> publish(Publication publication) {
        CompletableFuture<Integer> answer = requests.add();
        lane.execute(
                () -> {
                    Wire now = up;
                    if (now == null) {
                        answer.completeExceptionally(words.notConnected());
                        return;
                    }
                    long bytes = Packets.size(publication);
                    if (bytes > now.packetLimit()) {
                        answer.completeExceptionally(
                                words.tooLarge(publication.topic(), bytes, now.packetLimit()));
                        return;
                    }
                    if (!now.publish(publication, OpenRequests.answering(answer))) {
                        answer.completeExceptionally(words.busy());
                    }
                });
        return answer;
    }

    /**
     * Finds out whether the link still works, as after the computer slept: asks the broker for a
     * sign of life and takes the link for lost after three seconds; without a link tries again now.
     */
    public void test() {
        lane.execute(
                () -> {
                    Wire asked = up;
                    if (asked != null) {
                        CompletableFuture<Integer> answer = requests.add();
                        asked.unsubscribe(TEST_FILTER, OpenRequests.answering(answer));
                        after(TEST_SECONDS * 1_000, () -> unanswered(asked, answer));
                    } else if (opened && wire == null) {
                        attempt();
                    }
                });
    }

    private void unanswered(Wire asked, CompletableFuture<Integer> answer) {
        if (!answer.isDone()) {
            ended(asked, words.noAnswer("a sign of life", TEST_SECONDS));
        }
    }

    /** What the outlet sends through, or null while there is no link. */
    Wire wire() {
        return up;
    }

    FailureWords words() {
        return words;
    }

    /** Says goodbye and ends; waits two seconds at most. Idempotent, throws nothing. */
    @Override
    public void close() {
        CountDownLatch done = new CountDownLatch(1);
        try {
            lane.execute(
                    () -> {
                        closeNow();
                        done.countDown();
                    });
            if (!done.await(2 * CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                closed = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            closed = true; // the pool is gone, and every timer with it
        }
    }

    private void closeNow() {
        if (closed) {
            return;
        }
        closed = true;
        cancelTimer();
        Wire was = wire;
        boolean wasUp = up != null;
        wire = null;
        up = null;
        if (was != null && wasUp) {
            sayOffline(was);
            was.disconnect(CLOSE_WITHIN.dividedBy(2));
        } else if (was != null) {
            was.drop();
        }
        MqttFailure why = words.closed();
        first.completeExceptionally(why);
        requests.failAll(why);
        subscriptions.failAll(why);
        change(Link.CLOSED, why, null, state.losses());
    }

    private void sayOffline(Wire to) {
        Presence presence = settings.presence();
        if (presence == null) {
            return;
        }
        CompletableFuture<Integer> answer = requests.add();
        to.publish(presence.saysOffline(), OpenRequests.answering(answer));
        try {
            answer.get(CLOSE_WITHIN.toMillis() / 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The broker did not take the offline message of {}", presence.topic(), e);
        }
    }

    private void attempt() {
        if (closed || wire != null) {
            return;
        }
        cancelTimer();
        Wire next =
                login.mqtt() == 5
                        ? new Wire5(login, settings, words, events, pool)
                        : new Wire3(login, settings, words, events, pool);
        wire = next;
        LinkState was = state;
        state = new LinkState(was.link(), was.failure(), was.since(), null, was.losses());
        timer = after(CONNECT_WITHIN.toMillis(), () -> ended(next, noAnswer()));
        next.connect();
    }

    private MqttFailure noAnswer() {
        return words.noAnswer("the connection request", CONNECT_WITHIN.toSeconds());
    }

    private void connected(Wire now) {
        if (now != wire) {
            now.drop();
            return;
        }
        cancelTimer();
        failures = 0;
        Presence presence = settings.presence();
        if (presence != null) {
            now.publish(presence.saysOnline(), OpenRequests.answering(new CompletableFuture<>()));
        }
        subscriptions.askAll(now);
        up = now;
        change(Link.UP, null, null, state.losses());
        first.complete(null);
    }

    /** A wire has ended, or is given up. */
    private void ended(Wire gone, MqttFailure told) {
        if (gone != wire) {
            return;
        }
        cancelTimer();
        boolean wasUp = up == gone;
        wire = null;
        up = null;
        gone.drop();
        MqttFailure failure = wasUp ? withSuspicion(told) : told;
        long delay = failure == told ? delayAfter(told.kind()) : PERHAPS_TAKEN_OVER_MILLIS;
        failures++;
        change(
                Link.DOWN,
                failure,
                Instant.now().plusMillis(delay),
                state.losses() + (wasUp ? 1 : 0));
        if (failure.kind().needsAPerson()) {
            first.completeExceptionally(failure);
        }
        requests.failAll(failure);
        timer = after(delay, this::attempt);
    }

    /**
     * MQTT 3.1.1 has no word for a client id that was taken over, and not every MQTT 5 broker says
     * it either: the connection just ends, again and again, as the two clients throw each other
     * out.
     */
    private MqttFailure withSuspicion(MqttFailure failure) {
        boolean isBrief = state.since().plus(BRIEF).isAfter(Instant.now());
        briefLinks = isBrief && failure.kind() == Kind.LOST ? briefLinks + 1 : 0;
        return briefLinks >= BRIEF_LINKS && login.hasChosenClientId()
                ? words.perhapsTakenOver(failure)
                : failure;
    }

    private long delayAfter(Kind kind) {
        if (kind == Kind.TAKEN_OVER) {
            return TAKEN_OVER_MILLIS;
        }
        if (kind.needsAPerson() && kind != Kind.UNKNOWN_HOST) {
            return PERSON_MILLIS;
        }
        return BACK_OFF_MILLIS[Math.min(failures, BACK_OFF_MILLIS.length - 1)];
    }

    private void change(Link link, MqttFailure failure, Instant nextAttempt, long losses) {
        LinkState was = state;
        Instant since = was.link() == link ? was.since() : Instant.now();
        state = new LinkState(link, failure, since, nextAttempt, losses);
        listener.link(state);
    }

    private ScheduledFuture<?> after(long millis, Runnable task) {
        return pool.schedule(() -> lane.execute(task), millis, TimeUnit.MILLISECONDS);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** What a wire says on its client's threads, brought to the lane. */
    private final class WireEvents implements Wire.Events {
        @Override
        public void connected(Wire wire) {
            lane.execute(() -> MqttConnection.this.connected(wire));
        }

        @Override
        public void refused(Wire wire, MqttFailure failure) {
            lane.execute(() -> ended(wire, failure));
        }

        @Override
        public void lost(Wire wire, MqttFailure failure) {
            lane.execute(() -> ended(wire, failure));
        }

        @Override
        public void received(Message message) {
            listener.received(message);
        }
    }
}
