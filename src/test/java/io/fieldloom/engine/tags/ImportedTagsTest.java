package io.fieldloom.engine.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.engine.tags.ImportedTags.Fate;
import io.fieldloom.engine.tags.ImportedTags.ImportedDevice;
import io.fieldloom.engine.tags.ImportedTags.Note;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ImportedTagsTest {

    private static Map<String, String> addresses(ImportedDevice device) {
        return device.tags().stream().collect(Collectors.toMap(TagSpec::name, TagSpec::address));
    }

    private static Note note(ImportedTags imported, String item) {
        return imported.notes().stream()
                .filter(note -> note.item().equals(item))
                .findFirst()
                .orElseThrow();
    }

    private static String kepTag(String name, String address, int type, String more) {
        return "{\"common.ALLTYPES_NAME\":\""
                + name
                + "\",\"servermain.TAG_ADDRESS\":\""
                + address
                + "\",\"servermain.TAG_DATA_TYPE\":"
                + type
                + ",\"servermain.TAG_SCAN_RATE_MILLISECONDS\":100"
                + more
                + "}";
    }

    @Test
    void kepwaresDevicesBecomeOurs() {
        String scaled =
                ",\"servermain.TAG_SCALING_TYPE\":1,\"servermain.TAG_SCALING_RAW_LOW\":0,"
                        + "\"servermain.TAG_SCALING_RAW_HIGH\":1000,"
                        + "\"servermain.TAG_SCALING_SCALED_LOW\":-50,"
                        + "\"servermain.TAG_SCALING_SCALED_HIGH\":150,"
                        + "\"servermain.TAG_SCALING_CLAMP_LOW\":true";
        String json =
                "{\"project\":{\"channels\":[{\"common.ALLTYPES_NAME\":\"Ch\","
                        + "\"servermain.MULTIPLE_TYPES_DEVICE_DRIVER\":\"Modbus TCP/IP Ethernet\","
                        + "\"devices\":[{\"common.ALLTYPES_NAME\":\"Boiler"
                        + " 1\",\"servermain.DEVICE_ID_STRING\":\"<10.0.0.9>.3\","
                        + "\"modbus_ethernet.DEVICE_ETHERNET_PORT_NUMBER\":1502,\"tags\":["
                        + kepTag("Flow", "400001", 8, "")
                        + ","
                        + kepTag("Temp", "300011", 4, scaled)
                        + ","
                        + kepTag("Run", "000001", 1, "")
                        + ","
                        + kepTag("Bit", "400020.5", 1, "")
                        + ","
                        + kepTag("Text", "400100.20H", 0, "")
                        + ","
                        + kepTag("Day", "400200", 12, "")
                        + "],\"tag_groups\":[{\"common.ALLTYPES_NAME\":\"g\",\"tags\":["
                        + kepTag("Flow", "400010", 7, "")
                        + "]}]}]},{\"common.ALLTYPES_NAME\":\"S7\","
                        + "\"servermain.MULTIPLE_TYPES_DEVICE_DRIVER\":\"Siemens TCP/IP\","
                        + "\"devices\":[{\"common.ALLTYPES_NAME\":\"PLC\"}]}]}}";

        ImportedTags imported = KepwareTags.read(json);

        ImportedDevice device = imported.devices().get(0);
        assertThat(device.name()).isEqualTo("Boiler_1");
        assertThat(device.endpoint()).isEqualTo("modbus-tcp://10.0.0.9:1502?unit=3");
        assertThat(addresses(device))
                .containsOnly(
                        Map.entry("Flow", "holding:0:float32:CDAB"),
                        Map.entry("Temp", "input:10:int16"),
                        Map.entry("Run", "coil:0"),
                        Map.entry("Bit", "holding:19.5"),
                        Map.entry("Text", "holding:99:string[10]"),
                        Map.entry("g.Flow", "holding:9:uint32:CDAB"));
        TagSpec temperature = device.tags().get(1);
        assertThat(temperature.scale()).isEqualByComparingTo("0.2");
        assertThat(temperature.offset()).isEqualByComparingTo("-50");
        assertThat(note(imported, "Ch.Boiler 1.Flow").fate()).isEqualTo(Fate.TAKEN);
        assertThat(note(imported, "Ch.Boiler 1.Temp").why()).contains("clamped");
        assertThat(note(imported, "Ch.Boiler 1.Day").fate()).isEqualTo(Fate.LOST);
        assertThat(note(imported, "S7.PLC").why()).contains("Siemens");
    }

    @Test
    void neuronsNodesBecomeOneDeviceForEachUnit() {
        String json =
                "{\"nodes\":[{\"name\":\"plc\",\"plugin\":\"Modbus TCP\",\"params\":"
                        + "{\"host\":\"10.0.0.7\",\"port\":502,\"connection_mode\":0},\"groups\":"
                        + "[{\"group\":\"fast\",\"interval\":200,\"tags\":["
                        + "{\"name\":\"f\",\"address\":\"1!400001#LB\",\"type\":9,\"decimal\":0.1,\"bias\":2},"
                        + "{\"name\":\"b\",\"address\":\"1!400003.4\",\"type\":11},"
                        + "{\"name\":\"s\",\"address\":\"1!400010.20H\",\"type\":13},"
                        + "{\"name\":\"i\",\"address\":\"2!300001\",\"type\":5,\"precision\":2},"
                        + "{\"name\":\"c\",\"address\":\"2!000001\",\"type\":11},"
                        + "{\"name\":\"bytes\",\"address\":\"1!400050.4\",\"type\":14}]}]},"
                        + "{\"name\":\"mqtt\",\"plugin\":\"MQTT\"}]}";

        ImportedTags imported = NeuronTags.read(json);

        assertThat(imported.devices())
                .extracting(ImportedDevice::endpoint)
                .containsExactly(
                        "modbus-tcp://10.0.0.7:502?unit=1", "modbus-tcp://10.0.0.7:502?unit=2");
        assertThat(addresses(imported.devices().get(0)))
                .containsOnly(
                        Map.entry("f", "holding:0:float32:CDAB"),
                        Map.entry("b", "holding:2.4"),
                        Map.entry("s", "holding:9:string[10]"));
        assertThat(addresses(imported.devices().get(1)))
                .containsOnly(Map.entry("i", "input:0:int32"), Map.entry("c", "coil:0"));
        assertThat(imported.devices().get(0).tags().get(0).offset()).isEqualByComparingTo("2");
        assertThat(note(imported, "plc/fast/i").fate()).isEqualTo(Fate.CHANGED);
        assertThat(note(imported, "plc/fast/bytes").fate()).isEqualTo(Fate.LOST);
        assertThat(note(imported, "mqtt").fate()).isEqualTo(Fate.LOST);
    }

    @Test
    void whatIsNoExportSaysSo() {
        assertThatThrownBy(() -> KepwareTags.read("{\"nodes\":[]}"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("Kepware");
        assertThatThrownBy(() -> NeuronTags.read("{\n\"nodes\": [1,\n}"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("line 3");
    }
}
