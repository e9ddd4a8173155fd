package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A driver whose sessions do what the test says, when it says so. */
public final class ScriptedDriver implements Driver {
    private final BlockingQueue<Session> opened = new LinkedBlockingQueue<>();

    /** What is below each address, in every session; nothing where it has no entry. */
    public final Map<String, List<TagNode>> space = new ConcurrentHashMap<>();

    /** The addresses that were browsed, in that order. */
    public final List<String> browsed = new CopyOnWriteArrayList<>();

    /** While set, browsing waits for it; it may fail. */
    public volatile CompletableFuture<Void> browseGate = CompletableFuture.completedFuture(null);

    /** What sessions can do beyond reading; null for none. */
    public volatile Writes writes;

    /** The other things that sessions can do beyond reading, by their kind. */
    public final Map<Class<?>, Object> capabilities = new ConcurrentHashMap<>();

    /** How its devices are found; null where a network cannot be asked. */
    public volatile Discovery discovery;

    /** What reading gives, by address. */
    public final Map<String, Sample> values = new ConcurrentHashMap<>();

    /** An object for {@link #space}. */
    public static TagNode object(String address, String name) {
        return new TagNode(address, name, name, "Object", null, true, false);
    }

    /** A variable for {@link #space}. */
    public static TagNode variable(String address, String name) {
        return new TagNode(address, name, name, "Variable", "Double", false, true);
    }

    @Override
    public boolean speaks(String scheme) {
        return true;
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.ofNullable(discovery);
    }

    @Override
    public DeviceSession open(SessionRequest request, SessionListener listener) {
        Session session = new Session(this, request, listener);
        opened.add(session);
        return session;
    }

    /** The next session that the code under test opens. */
    public Session next() {
        try {
            Session session = opened.poll(10, TimeUnit.SECONDS);
            if (session == null) {
                throw new AssertionError("no session was opened");
            }
            return session;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How many sessions were opened and not yet taken with {@link #next()}. */
    public int waiting() {
        return opened.size();
    }

    /** One scripted session. */
    public static final class Session implements DeviceSession {
        public final SessionRequest request;
        public final CompletableFuture<Void> connected = new CompletableFuture<>();
        public volatile boolean closed;
        private final ScriptedDriver driver;
        private final SessionListener listener;
        private final BlockingQueue<Subscription> subscriptions = new LinkedBlockingQueue<>();
        private final List<Subscription> all = new CopyOnWriteArrayList<>();

        Session(ScriptedDriver driver, SessionRequest request, SessionListener listener) {
            this.driver = driver;
            this.request = request;
            this.listener = listener;
        }

        public Session up() {
            connected.complete(null);
            return this;
        }

        public void refuse(DeviceException.Kind kind) {
            connected.completeExceptionally(new DeviceException(kind, "refused", "Try again."));
        }

        public void refuse(DeviceException why) {
            connected.completeExceptionally(why);
        }

        public void lose() {
            listener.lost(
                    new DeviceException(DeviceException.Kind.LOST, "the line broke", "Wait."));
        }

        public Subscription subscription() {
            try {
                Subscription next = subscriptions.poll(10, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("nothing was subscribed");
                }
                return next;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** Every subscription so far. */
        public List<Subscription> allSubscriptions() {
            return all;
        }

        @Override
        public CompletionStage<Void> connect() {
            return connected;
        }

        @Override
        public CompletionStage<List<TagNode>> browse(String parent) {
            driver.browsed.add(parent);
            return driver.browseGate.thenApply(
                    open -> driver.space.getOrDefault(parent, List.of()));
        }

        @Override
        public CompletionStage<List<Sample>> read(List<String> addresses) {
            return CompletableFuture.completedStage(
                    addresses.stream()
                            .map(
                                    address ->
                                            driver.values.getOrDefault(
                                                    address,
                                                    Sample.failed(
                                                            Status.named("BadNodeIdUnknown"),
                                                            Instant.now())))
                            .toList());
        }

        @Override
        public CompletionStage<Sampling> subscribe(List<TagRequest> tags, SampleSink sink) {
            Subscription made = new Subscription(tags, sink);
            for (int i = 0; i < tags.size(); i++) {
                if (tags.get(i).address().endsWith("gone")) {
                    made.rejected.put(i, Status.named("BadNodeIdUnknown"));
                }
            }
            all.add(made);
            subscriptions.add(made);
            return CompletableFuture.completedStage(made);
        }

        @Override
        public <T> Optional<T> capability(Class<T> kind) {
            return kind == Writes.class
                    ? Optional.ofNullable(driver.writes).map(kind::cast)
                    : Optional.ofNullable(driver.capabilities.get(kind)).map(kind::cast);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** One subscription of a scripted session. */
    public static final class Subscription implements Sampling {
        public final List<TagRequest> tags;
        public final Map<Integer, Status> rejected = new LinkedHashMap<>();
        public volatile boolean closed;
        private final SampleSink sink;

        Subscription(List<TagRequest> tags, SampleSink sink) {
            this.tags = new ArrayList<>(tags);
            this.sink = sink;
        }

        public void send(int tag, Sample sample) {
            sink.accept(new int[] {tag}, new Sample[] {sample});
        }

        @Override
        public Map<Integer, Status> rejected() {
            return rejected;
        }

        @Override
        public Revised revised(int tag) {
            return Revised.every(tags.get(tag).interval());
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
