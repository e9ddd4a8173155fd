package io.fieldloom.ui.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.ui.devices.ModbusPlace.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModbusPlaceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "modbus-tcp://10.0.0.9:502?unit=1",
                "modbus-tcp://[fe80::1]:1502?unit=7&inflight=4&retries=0&timeout=250ms",
                "modbus-udp://plc:502?unit=255",
                "modbus-rtu-tcp://gateway:4001?unit=3",
                "modbus-rtu:/dev/ttyUSB0?unit=2&baud=9600&parity=none&stop=2",
                "modbus-rtu:COM3?unit=1"
            })
    void anEndpointTakenApartAndPutTogetherIsTheSame(String text) {
        assertThat(ModbusPlace.of(Endpoint.parse(text)).text()).isEqualTo(text);
    }

    @Test
    void whatTheTransportDoesNotHaveIsLeftOut() {
        ModbusPlace tcp =
                ModbusPlace.of(Endpoint.parse("modbus-tcp://10.0.0.9?inflight=4&timeout=2s"));
        ModbusPlace serial =
                new ModbusPlace(
                        Transport.RTU,
                        "/dev/ttyS0",
                        tcp.port(),
                        "1",
                        tcp.timeout(),
                        tcp.retries(),
                        tcp.inFlight(),
                        "9600",
                        tcp.parity(),
                        tcp.stopBits());

        assertThat(tcp.parity()).isEqualTo("even");
        assertThat(Endpoint.parse(serial.text()).text())
                .isEqualTo("modbus-rtu:/dev/ttyS0?baud=9600&timeout=2s&unit=1");
    }
}
