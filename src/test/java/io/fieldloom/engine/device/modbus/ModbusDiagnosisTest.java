package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.Diagnosis.Layer;
import io.fieldloom.engine.device.SessionRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever asks for the fault is sent to where it is. */
@Timeout(60)
class ModbusDiagnosisTest {
    private static Layer last(String endpoint) throws InterruptedException {
        List<Layer> layers = new ArrayList<>();
        boolean good =
                new ModbusDriver()
                        .diagnosis()
                        .orElseThrow()
                        .walk(
                                SessionRequest.anonymous("boiler", Endpoint.parse(endpoint)),
                                layers::add);
        Layer last = layers.get(layers.size() - 1);
        assertThat(last.ok()).isEqualTo(good);
        return last;
    }

    @Test
    void whatIsNoModbusIsNotAlive() throws Exception {
        try (FakeDevice web =
                new FakeDevice((request, reply) -> reply.send("HTTP/1.1 400 Bad".getBytes()))) {
            Layer layer = last(web.endpoint("timeout=200ms"));
            assertThat(layer.ok()).isFalse();
            assertThat(layer.message()).contains("not as a Modbus device").contains("48 54 54 50");
        }
    }

    @Test
    void aDeviceThatHangsUpIsNotCalledSilent() throws Exception {
        try (FakeDevice full = new FakeDevice((request, reply) -> reply.close())) {
            Layer layer = last(full.endpoint("timeout=200ms"));
            assertThat(layer.ok()).isFalse();
            assertThat(layer.message()).contains("closes the connection");
        }
    }

    @Test
    void mixedUpFramingIsNamed() throws Exception {
        try (FakeRtu server = new FakeRtu((request, line) -> line.send(request.honest()))) {
            String mistaken =
                    server.endpoint("timeout=200ms").replace("modbus-rtu-tcp", "modbus-tcp");
            assertThat(last(mistaken).message()).contains("speaks modbus-rtu-tcp");
        }
        try (FakeDevice gateway = new FakeDevice((request, reply) -> reply.honestly())) {
            String mistaken =
                    gateway.endpoint("timeout=200ms").replace("modbus-tcp", "modbus-rtu-tcp");
            assertThat(last(mistaken).message()).contains("speaks modbus-tcp");
            assertThat(last(gateway.endpoint("timeout=200ms")).ok()).isTrue();
        }
    }

    @Test
    void aWrongChecksumIsAMatterOfTheLine() throws Exception {
        try (FakeRtu device =
                new FakeRtu(
                        (request, line) -> {
                            byte[] answer = request.honest();
                            answer[answer.length - 1] ^= 1;
                            line.send(answer);
                        })) {
            Layer layer = last(device.endpoint("timeout=200ms"));
            assertThat(layer.message()).contains("checksum");
            assertThat(layer.advice()).contains("baud").doesNotContain("masters");
        }
    }
}
