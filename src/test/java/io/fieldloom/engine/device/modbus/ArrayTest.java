package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusArray;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.modbus.FakeDevice.Request;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several values in a row travel in one request: the device never has half of them. */
@Timeout(60)
class ArrayTest {

    @Test
    void anArrayIsReadAndWrittenInOneRequest() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.honestly());
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            assertThat(plug.read("holding:10[3]", "holding:10[2]:uint32:CDAB", "holding:12"))
                    .extracting(Sample::value)
                    .containsExactly(
                            array(10, 11, 12),
                            array(11L << 16 | 10, 13L << 16 | 12),
                            Value.of(12L));
            assertThat(device.requests()).hasSize(1);
            device.forget();

            assertThat(plug.write("holding:10[3]", "[1, 0x10, 3]").status().isGood()).isTrue();
            assertThat(plug.write("holding:20[2]:float32", "[1.5, -2]").status().isGood()).isTrue();
            assertThat(plug.write("coil:3[9]", "[1,0,1,0,1,0,1,0,1]").status().isGood()).isTrue();
            assertThat(device.requests())
                    .extracting(Request::function, Request::address, Request::count)
                    .containsExactly(tuple(16, 10, 3), tuple(16, 20, 4), tuple(15, 3, 9));
        }
    }

    private static Value array(long... numbers) {
        return new Value.Array(Arrays.stream(numbers).<Value>mapToObj(Value::of).toList());
    }

    @Test
    void anElementThatCannotBeReadMakesTheArrayBad() throws Exception {
        try (FakeDevice device =
                        new FakeDevice(
                                (request, reply) -> {
                                    if (request.address() + request.count() > 12) {
                                        reply.exception(2);
                                    } else {
                                        reply.honestly();
                                    }
                                });
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            List<Sample> samples = plug.read("holding:10[3]", "holding:11");
            assertThat(samples.get(0).status().name()).isEqualTo("BadIllegalDataAddress (2)");
            assertThat(samples.get(0).value()).isEqualTo(Value.NONE);
            assertThat(samples.get(1).value()).isEqualTo(Value.of(11L));
            assertThatThrownBy(() -> plug.write("holding:10[3]", "[1, 2]"))
                    .hasMessageContaining("2 elements, and 3 fit");
            assertThatThrownBy(() -> plug.write("input:10[3]", "[1, 2, 3]"))
                    .hasMessageContaining("read-only");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "holding:1[0]",
                "holding:1[124]",
                "holding:1[62]:float32",
                "holding:65535[2]",
                "holding:1[2]:string[3]",
                "coil:1[1969]"
            })
    void whatIsNoArrayIsNamed(String text) {
        assertThatThrownBy(() -> ModbusArray.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
