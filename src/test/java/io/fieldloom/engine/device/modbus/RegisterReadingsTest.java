package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.modbus.RegisterReadings.Reading;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RegisterReadingsTest {
    // 72.5 as a float32 in the order CDAB, at 101
    private static final int[] REGISTERS = {0x4B65, 0x0000, 0x4291, 0x0001};

    private static Map<String, Value> at(int address) {
        List<Reading> readings = RegisterReadings.at(Table.HOLDING, REGISTERS, 100, address);
        return readings.stream()
                .collect(Collectors.toMap(each -> each.address().text(), Reading::value));
    }

    @Test
    void everyTypeAndOrderIsThere() {
        Map<String, Value> readings = at(101);

        assertThat(readings).containsEntry("holding:101:float32:CDAB", Value.of(72.5f));
        assertThat(readings).containsEntry("holding:101:uint32", Value.of(0x4291L));
        assertThat(readings).containsEntry("holding:101.0", Value.of(false));
        assertThat(readings).doesNotContainKey("holding:101:uint64"); // three registers are left
        assertThat(at(100)).containsKey("holding:100:float64:HGFEDCBA").hasSize(52);
        assertThat(at(100).get("holding:100:string[4]").toString()).contains("Ke");
        assertThat(at(100)).containsEntry("holding:100:bcd16", Value.NONE);
        assertThat(at(103)).containsEntry("holding:103:int16", Value.of(1L)).hasSize(24);
    }
}
