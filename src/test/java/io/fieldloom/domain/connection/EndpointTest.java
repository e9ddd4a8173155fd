package io.fieldloom.domain.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.MalformedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "opc.tcp://10.0.0.5:4840/filler, opc.tcp://10.0.0.5:4840/filler",
        "opc.tcp://plc, opc.tcp://plc:4840",
        "OPC.TCP://plc:1, opc.tcp://plc:1",
        "opc.tcp://[::1]:4840, opc.tcp://[::1]:4840",
        "opc.tcp://h:1/a?timeout=500ms, opc.tcp://h:1/a?timeout=500ms",
        "modbus-tcp://10.0.0.9, modbus-tcp://10.0.0.9:502",
        "modbus-tcp://h:1502?unit=3&inflight=4, modbus-tcp://h:1502?inflight=4&unit=3",
        "modbus-rtu:/dev/ttyUSB0?baud=19200&unit=1, modbus-rtu:/dev/ttyUSB0?baud=19200&unit=1"
    })
    void readsAndWritesItself(String text, String canonical) {
        Endpoint endpoint = Endpoint.parse(text);
        assertThat(endpoint.text()).isEqualTo(canonical);
        assertThat(Endpoint.parse(canonical)).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "opc.tcp://",
                "opc.tcp://h:0",
                "opc.tcp://h:70000",
                "http://h:1",
                "modbus-tcp://h:1/path",
                "modbus-tcp://h:1?unit=300",
                "modbus-tcp://h:1?speed=1",
                "modbus-tcp://h:1?timeout=0s",
                "modbus-tcp://h:1?timeout=5",
                "modbus-tcp://h:1?unit=1&unit=2",
                "opc.tcp://h:1?unit=1",
                "opc.tcp://h:1?timeout",
                "10.0.0.5:4840"
            })
    void whatIsNoEndpointIsNamed(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("'" + text + "'");
    }

    // What is written to unit 0 of a serial line is taken by every device on it.
    @ParameterizedTest
    @ValueSource(strings = {"modbus-rtu:/dev/ttyUSB0?unit=0", "modbus-rtu-tcp://h:1?unit=000"})
    void theBroadcastOfASerialLineIsNoUnit(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("broadcast");
        Endpoint line = Endpoint.parse(text.replaceFirst("unit=0+", "unit=1"));
        assertThatThrownBy(() -> line.checkUnit(0)).hasMessageContaining("broadcast");
        Endpoint network = Endpoint.parse("modbus-tcp://h:1?unit=0");
        network.checkUnit(network.unit());
        assertThat(network.unit()).as("the device itself, as many number it").isZero();
    }

    @Test
    void defaultsAreTheContracts() {
        Endpoint modbus = Endpoint.parse("modbus-tcp://h");
        assertThat(modbus.unit()).isEqualTo(1);
        assertThat(modbus.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(modbus.retries()).isEqualTo(1);
        assertThat(modbus.inFlight()).isEqualTo(1);
        assertThat(Endpoint.parse("opc.tcp://h").timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt://h, mqtt://h:1883, false, false",
        "mqtts://h, mqtts://h:8883, true, false",
        "ws://h:9001, ws://h:9001/mqtt, false, false",
        "wss://h/x, wss://h:443/x, true, false",
        "mqtt://127.0.0.1:1, mqtt://127.0.0.1:1, false, true",
        "mqtt://localhost, mqtt://localhost:1883, false, true",
        "mqtt://127.0.0.1.evil.example, mqtt://127.0.0.1.evil.example:1883, false, false"
    })
    void brokers(String text, String canonical, boolean encrypted, boolean loopback) {
        BrokerUrl url = BrokerUrl.parse(text);
        assertThat(url.text()).isEqualTo(canonical);
        assertThat(url.isEncrypted()).isEqualTo(encrypted);
        assertThat(url.isLoopback()).isEqualTo(loopback);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"h:1883", "tcp://h", "mqtt://", "mqtt://h/x", "mqtt://u:p@h", "mqtt://h:0"})
    void whatIsNoBrokerIsNamed(String text) {
        assertThatThrownBy(() -> BrokerUrl.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
