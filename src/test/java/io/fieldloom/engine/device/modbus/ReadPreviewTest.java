package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.modbus.ReadPreview.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadPreviewTest {
    private static TagRequest tag(String address, int millis) {
        return new TagRequest(address, Duration.ofMillis(millis));
    }

    @Test
    void tagsBecomeRequestsAndRequestsLoad() {
        ReadPreview preview =
                ReadPreview.of(
                        Endpoint.parse("modbus-rtu:/dev/ttyUSB0?baud=9600"),
                        List.of(
                                tag("holding:0:float32", 1000),
                                tag("holding:10", 1000),
                                tag("holding:10.3", 1000),
                                tag("holding:300", 1000),
                                tag("coil:5", 500)));

        assertThat(preview.requests())
                .containsExactlyInAnyOrder(
                        new Request(Duration.ofMillis(500), Table.COIL, 5, 1, 1, List.of(4)),
                        new Request(
                                Duration.ofSeconds(1), Table.HOLDING, 0, 11, 3, List.of(0, 1, 2)),
                        new Request(Duration.ofSeconds(1), Table.HOLDING, 300, 1, 1, List.of(3)));
        assertThat(preview.requestsPerSecond()).isEqualTo(4);
        assertThat(preview.registersPerSecond()).isEqualTo(12);
        // 8 + 27, 8 + 7, and twice 8 + 6
        assertThat(preview.bytesPerSecond()).isEqualTo(78);
        assertThat(preview.shareOfLine(9600)).isCloseTo((78 + 28) * 11 / 9600.0, within(1e-9));
    }
}
