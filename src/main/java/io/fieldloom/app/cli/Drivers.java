package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.modbus.ModbusDriver;
import io.fieldloom.engine.device.opcua.OpcUaDriver;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.security.OwnCertificate;
import io.fieldloom.engine.security.TrustList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The drivers of this build. */
final class Drivers {
    private Drivers() {}

    static List<Driver> all(Home home) {
        return made(home).map(Supplier::get).toList();
    }

    /** The driver that speaks an endpoint's protocol; the others are not loaded. */
    static Driver forEndpoint(Endpoint endpoint, Home home) throws CommandFailure {
        return made(home)
                .map(Supplier::get)
                .filter(driver -> driver.speaks(endpoint.scheme()))
                .findFirst()
                .orElseThrow(
                        () ->
                                CommandFailure.usage(
                                        endpoint.text()
                                                + ": this version of Fieldloom does not speak "
                                                + endpoint.scheme(),
                                        "It speaks opc.tcp and modbus-tcp"));
    }

    private static Stream<Supplier<Driver>> made(Home home) {
        return Stream.of(
                ModbusDriver::new,
                () -> new OpcUaDriver(OwnCertificate.ofClient(home), new TrustList(home)));
    }
}
