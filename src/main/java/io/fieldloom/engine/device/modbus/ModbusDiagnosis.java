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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
        long millis = (3L + 2 * endpoint.retries()) * endpoint.timeout().toMillis() + 2_000;
        try {
            return DeviceTrial.use(
                            driver,
                            request,
                            session -> judged(endpoint, session),
                            ForkJoinPool.commonPool())
                    .toCompletableFuture()
                    .get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return silent(endpoint);
        } catch (ExecutionException e) {
            Throwable cause = Cause.of(e);
            if (cause instanceof DeviceException known && known.kind() == Kind.TIMEOUT) {
                return silent(endpoint); // what is said of polling does not suit one question
            }
            return cause instanceof DeviceException known
                    ? Layer.bad(LAYER, known.getMessage() + ".", known.advice())
                    : Layer.bad(LAYER, String.valueOf(cause) + ".", "");
        }
    }

    private static CompletionStage<Layer> judged(Endpoint endpoint, DeviceSession session) {
        return session.read(List.of(FIRST_REGISTER))
                .thenCompose(
                        read -> {
                            Layer layer = judged(endpoint, read.get(0).status());
                            return layer.ok()
                                    ? SelfDescription.of(session)
                                            .thenApply(said -> identified(layer, said))
                                    : CompletableFuture.completedStage(layer);
                        });
    }

    private static Layer identified(Layer layer, List<Entry> said) {
        return Layer.good(
                layer.name(),
                layer.message() + SelfDescription.words(said, Identification.GROUP, SAID));
    }

    private static Layer judged(Endpoint endpoint, Status status) {
        String unit = "Unit " + endpoint.unit();
        if (status.isSilence()) {
            return silent(endpoint);
        }
        if (status.isGood()) {
            return Layer.good(LAYER, unit + " answers; holding register 0 can be read.");
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
                        + " for holding register 0: it is alive, that register just is not there.");
    }

    private static Layer silent(Endpoint endpoint) {
        return Layer.bad(
                LAYER,
                "Unit "
                        + endpoint.unit()
                        + " does not answer within "
                        + Durations.format(endpoint.timeout())
                        + ".",
                "Check the unit id ('fieldloom scan ENDPOINT --units 1-247' looks for it); many devices take one"
                        + " connection only: close other masters.");
    }
}
