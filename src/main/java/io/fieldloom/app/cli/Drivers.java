package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.security.Home;

/** Chooses the driver for an endpoint that was typed. */
final class Drivers {
    private Drivers() {}

    static Driver forEndpoint(Endpoint endpoint, Home home) throws CommandFailure {
        return Parts.of(home).drivers().stream()
                .filter(driver -> driver.speaks(endpoint.scheme()))
                .findFirst()
                .orElseThrow(
                        () ->
                                CommandFailure.usage(
                                        endpoint.text()
                                                + ": this version of Fieldloom does not speak "
                                                + endpoint.scheme(),
                                        "It speaks opc.tcp, modbus-tcp, modbus-udp, modbus-rtu-tcp"
                                                + " and modbus-rtu"));
    }
}
