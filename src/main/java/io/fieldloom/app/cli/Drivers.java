package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.modbus.ModbusDriver;
import io.fieldloom.engine.security.Home;
import java.util.List;

/** The drivers of this build. */
final class Drivers {
    private Drivers() {}

    static List<Driver> all(Home home) {
        return List.of(new ModbusDriver());
    }

    static Driver forEndpoint(Endpoint endpoint, Home home) throws CommandFailure {
        return all(home).stream()
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
}
