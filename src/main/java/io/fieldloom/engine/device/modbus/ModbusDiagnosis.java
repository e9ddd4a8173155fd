package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.DeviceTrial;
import io.fieldloom.engine.device.Diagnosis;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.NetworkLayers;
import io.fieldloom.engine.device.SelfDescription;
import io.fieldloom.engine.device.SelfDescription.Entry;
import io.fieldloom.engine.device.SessionRequest;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Name, port, and whether the unit answers: one read of one register, whose exception is fine. */
final class ModbusDiagnosis implements Diagnosis {
    private static final String LAYER = "modbus";
    private static final String FIRST_REGISTER = "holding:0";
    private static final List<String> SAID =
            List.of("Vendor name", "Product name", "Product code", "Model name", "Revision");

    private final Driver driver;

    ModbusDiagnosis(Driver driver) {
        this.driver = driver;
    }

    @Override
    public boolean walk(SessionRequest request, Consumer<Layer> told) throws InterruptedException {
        if (hasConnections(request.endpoint())) {
            Optional<Socket> socket = NetworkLayers.walk(request.endpoint(), told);
            if (socket.isEmpty()) {
                return false;
            }
            NetworkLayers.close(socket.get());
        }
        Layer unit = unit(request);
        told.accept(unit);
        return unit.ok();
    }

    /** UDP and serial lines accept nothing that one could see. */
    private static boolean hasConnections(Endpoint endpoint) {
        return endpoint.scheme().endsWith("-tcp");
    }

    private Layer unit(SessionRequest request) throws InterruptedException {
        Endpoint endpoint = request.endpoint();
        Finding found = ask(request);
        Optional<Endpoint> other = found.isHeard ? Optional.empty() : otherFraming(endpoint);
        if (other.isPresent()
                && ask(SessionRequest.anonymous(request.device(), other.get())).isHeard) {
            return Layer.bad(
                    LAYER,
                    "It answers, but not to "
                            + endpoint.scheme()
                            + ": it speaks "
                            + other.get().scheme()
                            + ".",
                    "Write " + other.get().scheme() + ":// instead.");
        }
        return found.layer;
    }

    /**
     * What came of asking.
     *
     * @param isHeard whether a Modbus device, or a gateway, answered in this framing
     */
    private record Finding(Layer layer, boolean isHeard) {}

    /** A serial server passes bytes on as they are, a gateway does not: the two are mixed up. */
    private static Optional<Endpoint> otherFraming(Endpoint endpoint) {
        String other =
                switch (endpoint.scheme()) {
                    case Endpoint.MODBUS_TCP -> Endpoint.MODBUS_RTU_TCP;
                    case Endpoint.MODBUS_RTU_TCP -> Endpoint.MODBUS_TCP;
                    default -> "";
                };
        if (other.isEmpty() || endpoint.unit() == 0) {
            return Optional.empty();
        }
        Map<String, String> query = new TreeMap<>(endpoint.query());
        query.remove("inflight");
        query.put("retries", "0");
        return Optional.of(new Endpoint(other, endpoint.host(), endpoint.port(), "", query));
    }

    private Finding ask(SessionRequest request) throws InterruptedException {
        Endpoint endpoint = request.endpoint();
        long millis = (3L + 2 * endpoint.retries()) * endpoint.timeout().toMillis() + 2_000;
        List<String> notes = new CopyOnWriteArrayList<>();
        try {
            return DeviceTrial.use(
                            driver,
                            request,
                            notes::add,
                            session -> judged(endpoint, session, notes),
                            ForkJoinPool.commonPool())
                    .toCompletableFuture()
                    .get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Finding(silent(endpoint), false);
        } catch (ExecutionException e) {
            Throwable cause = Cause.of(e);
            if (cause instanceof DeviceException known && known.kind() == Kind.TIMEOUT) {
                // what is said of polling does not suit one question
                return new Finding(silent(endpoint), false);
            }
            return new Finding(
                    cause instanceof DeviceException known
                            ? Layer.bad(LAYER, known.getMessage() + ".", known.advice())
                            : Layer.bad(LAYER, String.valueOf(cause) + ".", ""),
                    false);
        }
    }

    private static CompletionStage<Finding> judged(
            Endpoint endpoint, DeviceSession session, List<String> notes) {
        return session.read(List.of(FIRST_REGISTER))
                .thenCompose(
                        read -> {
                            Status status = read.get(0).status();
                            Layer layer = judged(endpoint, status, notes);
                            boolean isHeard = status.isGood() || isException(status);
                            return layer.ok()
                                    ? SelfDescription.of(session)
                                            .thenApply(
                                                    said ->
                                                            new Finding(
                                                                    identified(layer, said),
                                                                    isHeard))
                                    : CompletableFuture.completedStage(new Finding(layer, isHeard));
                        });
    }

    /** Exceptions have their number behind their name. */
    private static boolean isException(Status status) {
        return status.name().endsWith(")");
    }

    private static Layer identified(Layer layer, List<Entry> said) {
        return Layer.good(
                layer.name(),
                layer.message() + SelfDescription.words(said, Identification.GROUP, SAID));
    }

    private static Layer judged(Endpoint endpoint, Status status, List<String> notes) {
        String unit = "Unit " + endpoint.unit();
        if (status.isGood()) {
            return Layer.good(LAYER, unit + " answers; holding register 0 can be read.");
        }
        if (status.equals(ModbusStatus.CONNECTION_CLOSED)) {
            return Layer.bad(
                    LAYER,
                    "The device closes the connection as soon as it is asked.",
                    "Many devices take one connection or a few only: close other masters.");
        }
        if (status.equals(ModbusStatus.CHECKSUM)) {
            return Layer.bad(
                    LAYER,
                    "Bytes come, but no frame with a right checksum.",
                    "Check baud, parity, stop bits, wiring and termination of the serial line.");
        }
        if (!isException(status) && !status.isSilence()) {
            return Layer.bad(
                    LAYER,
                    "Something answers, but not as a Modbus device does: "
                            + String.join("; ", notes)
                            + ".",
                    "Check the port, the unit id and the framing.");
        }
        if (status.isSilence()) {
            return silent(endpoint);
        }
        if (status.name().contains("(10)") || status.name().contains("(11)")) {
            return Layer.bad(
                    LAYER,
                    "A gateway answers, but it does not reach unit "
                            + endpoint.unit()
                            + " ("
                            + status.name()
                            + ").",
                    "Check the unit id, and the serial line behind the gateway: baud, parity,"
                            + " wiring, power.");
        }
        return Layer.good(
                LAYER,
                unit
                        + " answers, with "
                        + status.name()
                        + " for holding register 0: it is alive"
                        + (status.name().contains("IllegalDataAddress")
                                ? ", that register just is not there."
                                : "."));
    }

    private static Layer silent(Endpoint endpoint) {
        String scan = "Check the unit id ('fieldloom scan ENDPOINT --units 1-247' looks for it)";
        String advice =
                switch (endpoint.scheme()) {
                    case Endpoint.MODBUS_RTU ->
                            scan
                                    + ", baud, parity and stop bits, that the device is on, and that"
                                    + " A and B are not swapped.";
                    case Endpoint.MODBUS_UDP -> scan + ", the port, and that the device is on.";
                    default ->
                            scan
                                    + "; many devices take one connection only: close other"
                                    + " masters.";
                };
        return Layer.bad(
                LAYER,
                "Unit "
                        + endpoint.unit()
                        + " does not answer within "
                        + Durations.format(endpoint.timeout())
                        + ".",
                advice);
    }
}
