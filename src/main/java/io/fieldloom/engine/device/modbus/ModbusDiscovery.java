package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.DeviceTrial;
import io.fieldloom.engine.device.Discovery;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.FoundDevice;
import io.fieldloom.engine.device.SessionRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Pattern;

/** Finds Modbus TCP devices: one read of one register; an exception is an answer, too. */
final class ModbusDiscovery implements Discovery {
    private static final int PORT = 502;
    private static final String FIRST_REGISTER = "holding:0";

    /** A device's own answer carries the number of its exception: {@code (2)}. */
    private static final Pattern EXCEPTION = Pattern.compile(".*\\(\\d+\\)");

    private final Driver driver;

    ModbusDiscovery(Driver driver) {
        this.driver = driver;
    }

    @Override
    public int port() {
        return PORT;
    }

    @Override
    public List<Integer> otherPorts() {
        return List.of();
    }

    @Override
    public CompletionStage<List<FoundDevice>> at(String host, int port, Duration timeout) {
        Endpoint endpoint =
                new Endpoint(
                        Endpoint.MODBUS_TCP,
                        host,
                        port,
                        "",
                        Map.of("timeout", timeout.toMillis() + "ms", "retries", "0"));
        return DeviceTrial.run(
                        driver,
                        SessionRequest.anonymous(endpoint.authority(), endpoint),
                        List.of(FIRST_REGISTER),
                        ForkJoinPool.commonPool())
                .thenApply(samples -> found(endpoint, samples.get(0).status()));
    }

    private static List<FoundDevice> found(Endpoint endpoint, Status status) {
        boolean answers = status.isGood() || EXCEPTION.matcher(status.name()).matches();
        if (!answers && endpoint.port() != PORT) {
            return List.of();
        }
        return List.of(
                new FoundDevice(
                        Endpoint.MODBUS_TCP + "://" + endpoint.authority(),
                        answers
                                ? "Modbus device, unit 1 answers"
                                : "no Modbus answer of unit 1; 'fieldloom scan' tries the others",
                        List.of(),
                        answers));
    }
}
