package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.tag.ModbusArray;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.FrameLog;
import io.fieldloom.engine.device.LinkStatistics;
import io.fieldloom.engine.device.SampleSink;
import io.fieldloom.engine.device.Sampling;
import io.fieldloom.engine.device.Scan;
import io.fieldloom.engine.device.SelfDescription;
import io.fieldloom.engine.device.SessionListener;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.TagNode;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.TypeNames;
import io.fieldloom.engine.device.Writes;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Modbus unit on a line that it may share. All I/O runs on one daemon thread of its own.
 *
 * <p>A connection that breaks is opened again once, at once, without a word; when that fails, when
 * three connections in a row break before an answer (six where there is more to ask), or when three
 * rounds of polling bring no answer at all, the session is lost. A loss while nothing is asked is
 * noticed within a second.
 *
 * <p>A subscription polls. It delivers the first sample of each tag, and later ones only where
 * value or status changed. After {@link #close()} or a loss every stage fails with a {@link
 * DeviceException}; nothing but null is thrown directly.
 */
final class ModbusSession implements DeviceSession {
    private static final Logger LOG = LoggerFactory.getLogger(ModbusSession.class);
    private static final Duration IDLE_CHECK = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    private static final int MOST_NOTES = 50;

    private final SessionRequest request;
    private final SessionListener listener;
    private final Failures failures;
    private final ModbusLink link;
    private final Lane lane;
    private final BlockReader reader;
    private final Poller poller;
    private final ModbusWrites writes;
    private final Identification identification;
    private final ModbusScan scan;
    private final AtomicReference<DeviceException> end = new AtomicReference<>();
    private final Set<String> notes = new HashSet<>();
    private volatile boolean connected;
    private Reading lastReading;

    ModbusSession(Line line, SessionRequest request, SessionListener listener) {
        this.request = request;
        this.listener = Objects.requireNonNull(listener, "listener");
        failures = new Failures(request);
        link = new ModbusLink(line, request.endpoint());
        lane =
                new Lane(
                        "modbus " + request.device(),
                        broken -> lose(failures.lost(broken)),
                        this::reasonOfEnd);
        reader = new BlockReader(link, this::noteOnce);
        poller = new Poller(lane, reader, this::noteOnce, n -> lose(failures.silent(n)));
        writes = new ModbusWrites(lane, link, failures);
        identification = new Identification(lane, link, failures);
        scan = new ModbusScan(line, request.endpoint(), failures);
    }

    @Override
    public CompletionStage<Void> connect() {
        return lane.call(
                () -> {
                    try {
                        reach();
                    } catch (DeviceException reason) {
                        lose(reason);
                        throw reasonOfEnd();
                    }
                    connected = true;
                    lane.later(IDLE_CHECK, this::checkIdle);
                    return null;
                });
    }

    private void reach() throws DeviceException {
        Lines.check(link.line(), request.endpoint());
        Optional<Duration> silent;
        try {
            link.open();
            silent = link.silentFor();
        } catch (IOException e) {
            throw failures.connect(e);
        }
        if (silent.isPresent()) {
            throw failures.stillSilent(silent.get());
        }
    }

    private void checkIdle() throws IOException {
        if (end.get() != null) {
            return;
        }
        if (link.isLostWhileIdle()) {
            link.open();
        }
        lane.later(IDLE_CHECK, this::checkIdle);
    }

    @Override
    public CompletionStage<List<TagNode>> browse(String parent) {
        Objects.requireNonNull(parent, "parent");
        if (end.get() != null) {
            return CompletableFuture.failedStage(reasonOfEnd());
        }
        if (parent.isEmpty()) {
            return CompletableFuture.completedStage(
                    Arrays.stream(Table.values()).map(ModbusSession::node).toList());
        }
        for (Table table : Table.values()) {
            if (table.word().equals(parent)) {
                return CompletableFuture.completedStage(List.of());
            }
        }
        return CompletableFuture.failedStage(
                failures.badAddress(
                        "'" + parent + "' is no table; there are holding, input, coil, discrete",
                        null));
    }

    private static TagNode node(Table table) {
        String shown =
                switch (table) {
                    case HOLDING -> "Holding registers";
                    case INPUT -> "Input registers";
                    case COIL -> "Coils";
                    case DISCRETE -> "Discrete inputs";
                };
        return new TagNode(table.word(), table.word(), shown, "Table", null, false, false);
    }

    @Override
    public CompletionStage<List<Sample>> read(List<String> addresses) {
        List<String> asked = List.copyOf(addresses);
        return lane.call(
                () -> {
                    if (lastReading == null || !lastReading.asked().equals(asked)) {
                        lastReading = new Reading(asked, reader);
                    }
                    return lastReading.read();
                });
    }

    @Override
    public CompletionStage<Sampling> subscribe(List<TagRequest> tags, SampleSink sink) {
        Objects.requireNonNull(sink, "sink");
        List<TagRequest> wanted = List.copyOf(tags);
        return lane.call(() -> poller.add(wanted, sink));
    }

    @Override
    public <T> Optional<T> capability(Class<T> kind) {
        if (kind == Writes.class) {
            return Optional.of(kind.cast(writes));
        }
        if (kind == TypeNames.class) {
            TypeNames names = ModbusSession::typeNames;
            return Optional.of(kind.cast(names));
        }
        if (kind == SelfDescription.class) {
            return Optional.of(kind.cast(identification));
        }
        if (kind == Scan.class) {
            return Optional.of(kind.cast(scan));
        }
        if (kind == FrameLog.class) {
            return Optional.of(kind.cast(link));
        }
        if (kind == LinkStatistics.class) {
            LinkStatistics statistics = link::counts;
            return Optional.of(kind.cast(statistics));
        }
        return Optional.empty();
    }

    private static CompletionStage<List<String>> typeNames(List<String> addresses) {
        return CompletableFuture.completedStage(
                Collections.unmodifiableList(
                        Arrays.asList(
                                addresses.stream()
                                        .map(ModbusSession::typeName)
                                        .toArray(String[]::new))));
    }

    private static String typeName(String text) {
        try {
            if (ModbusArray.isArray(text)) {
                ModbusArray array = ModbusArray.parse(text);
                return array.first().type().word() + "[" + array.count() + "]";
            }
            ModbusAddress address = ModbusAddress.parse(text);
            return address.type() == ModbusAddress.Type.STRING
                    ? "string[" + address.registers() + "]"
                    : address.type().word();
        } catch (MalformedException e) {
            LOG.debug("{}", e.getMessage());
            return null;
        }
    }

    /** On the lane. What a device does wrong it does at every poll; saying it once is enough. */
    private void noteOnce(String message) {
        if (notes.size() < MOST_NOTES && notes.add(message)) {
            listener.note(message);
        }
    }

    /** On the lane. A session that never connected just ends. */
    private void lose(DeviceException reason) {
        if (end.compareAndSet(null, reason)) {
            stop();
            if (connected) {
                listener.lost(reason);
            }
        }
    }

    private void stop() {
        poller.end();
        scan.end();
        link.close();
        lane.end();
    }

    private DeviceException reasonOfEnd() {
        DeviceException reason = end.get();
        return reason == null ? failures.closed() : reason;
    }

    @Override
    public void close() {
        end.compareAndSet(null, failures.closed());
        stop();
        lane.awaitEnd(CLOSE_PATIENCE);
    }
}
