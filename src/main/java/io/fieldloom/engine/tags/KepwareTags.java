package io.fieldloom.engine.tags;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusNotation;
import io.fieldloom.domain.tag.TagSpec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kepware's project as JSON: the Modbus Ethernet devices of it. Word order, addressing and scaling
 * are taken from the device's and the tag's own settings. Pure.
 */
public final class KepwareTags {
    private static final String NAME = "common.ALLTYPES_NAME";
    private static final Pattern DEVICE_ID = Pattern.compile("<([^>]+)>\\.(\\d{1,3})");
    private static final Pattern ADDRESS =
            Pattern.compile("([0134])(\\d{4,5})(?:\\.(\\d{1,3}))?([HL])?");
    private static final int SCALE_DIGITS = 12;

    private final Collector collector = new Collector();

    private KepwareTags() {}

    /** Reads an export; what is no JSON, or none of Kepware's, is malformed. */
    public static ImportedTags read(String json) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw NeuronTags.noJson(e);
        }
        JsonNode channels = root.path("project").path("channels");
        if (!channels.isArray()) {
            throw new MalformedException(
                    "this is no Kepware project: it has no project.channels. In Kepware save the"
                            + " project as JSON");
        }
        KepwareTags reading = new KepwareTags();
        channels.forEach(reading::channel);
        return reading.collector.result();
    }

    /** What a device's settings say about all of its tags. */
    private record Settings(
            boolean firstWordLow, boolean firstDwordLow, boolean highByteFirst, int base) {}

    private void channel(JsonNode channel) {
        String name = channel.path(NAME).asText();
        String driver = channel.path("servermain.MULTIPLE_TYPES_DEVICE_DRIVER").asText();
        for (JsonNode device : channel.path("devices")) {
            String item = name + "." + device.path(NAME).asText();
            Matcher id = DEVICE_ID.matcher(device.path("servermain.DEVICE_ID_STRING").asText());
            if (!driver.equals("Modbus TCP/IP Ethernet")) {
                collector.lost(
                        item, "", "its driver is " + driver + ", not Modbus TCP/IP Ethernet");
            } else if (!id.matches()) {
                collector.lost(item, "", "its ID has no address and unit, such as <10.0.0.9>.1");
            } else {
                int port = device.path("modbus_ethernet.DEVICE_ETHERNET_PORT_NUMBER").asInt(502);
                boolean udp =
                        device.path("modbus_ethernet.DEVICE_ETHERNET_IP_PROTOCOL").asInt(1) == 0;
                String endpoint =
                        (udp ? "modbus-udp" : "modbus-tcp")
                                + "://"
                                + id.group(1)
                                + ":"
                                + port
                                + "?unit="
                                + id.group(2);
                tags(
                        collector.device(device.path(NAME).asText(), endpoint),
                        item,
                        "",
                        device,
                        settings(device));
            }
        }
    }

    /**
     * "Zero-based addressing" is Kepware's word for counting from 1, as Modicon does: one is
     * subtracted from what was entered.
     */
    private static Settings settings(JsonNode device) {
        return new Settings(
                device.path("modbus_ethernet.DEVICE_FIRST_WORD_LOW").asBoolean(true),
                device.path("modbus_ethernet.DEVICE_FIRST_DWORD_LOW").asBoolean(true),
                device.path("modbus_ethernet.DEVICE_MODBUS_BYTE_ORDER").asBoolean(true),
                device.path("modbus_ethernet.DEVICE_ZERO_BASED_ADDRESSING").asBoolean(true)
                        ? 1
                        : 0);
    }

    private void tags(
            Collector.Device device, String item, String prefix, JsonNode of, Settings settings) {
        for (JsonNode tag : of.path("tags")) {
            String name = tag.path(NAME).asText();
            String address = tag.path("servermain.TAG_ADDRESS").asText();
            collector.tag(
                    device,
                    item + "." + name,
                    prefix + name,
                    address,
                    (fit, changes) -> spec(fit, tag, address, settings, changes));
        }
        for (JsonNode group : of.path("tag_groups")) {
            String name = group.path(NAME).asText();
            tags(device, item + "." + name, prefix + name + ".", group, settings);
        }
    }

    private static TagSpec spec(
            String name, JsonNode tag, String address, Settings settings, List<String> changes) {
        int rate = tag.path("servermain.TAG_SCAN_RATE_MILLISECONDS").asInt(0);
        String description = tag.path("common.ALLTYPES_DESCRIPTION").asText("");
        BigDecimal[] scaling = scaling(tag, changes);
        String units = tag.path("servermain.TAG_SCALING_UNITS").asText("");
        return new TagSpec(
                name,
                address(address, tag.path("servermain.TAG_DATA_TYPE").asInt(-1), settings),
                scaling[0],
                scaling[1],
                units.isEmpty() ? null : units,
                rate > 0 ? Duration.ofMillis(rate) : null,
                null,
                description.isEmpty() ? null : description);
    }

    private static String address(String text, int code, Settings settings) {
        Matcher match = ADDRESS.matcher(text.strip());
        if (!match.matches()) {
            throw new MalformedException("'" + text + "' has no counterpart here");
        }
        int number = Integer.parseInt(match.group(2));
        String oneBased = match.group(1) + pad(settings.base() == 1 ? number : number + 1);
        String after = match.group(3);
        ModbusAddress plain = ModbusNotation.parse(oneBased).address();
        if (!plain.table().isRegisters()) {
            return plain.text();
        }
        String base = plain.table().word() + ":" + plain.address();
        if (code == 0 && after != null) {
            int registers = (Integer.parseInt(after) + 1) / 2;
            return ModbusAddress.parse(base + ":string[" + registers + "]" + order16(settings))
                    .text();
        }
        if (after != null) {
            return ModbusAddress.parse(base + "." + after).text();
        }
        return ModbusAddress.parse(base + type(code, settings)).text();
    }

    private static String pad(int number) {
        return number > 9999 ? "%05d".formatted(number) : "%04d".formatted(number);
    }

    private static String type(int code, Settings settings) {
        String order16 = order16(settings);
        String order32 = order32(settings);
        String order64 = order64(settings);
        return switch (code) {
            case -1, 5 -> ":uint16" + order16;
            case 4 -> ":int16" + order16;
            case 6 -> ":int32" + order32;
            case 7 -> ":uint32" + order32;
            case 8 -> ":float32" + order32;
            case 9 -> ":float64" + order64;
            case 10 -> ":bcd16" + order16;
            case 11 -> ":bcd32" + order32;
            case 13 -> ":int64" + order64;
            case 14 -> ":uint64" + order64;
            case 1 ->
                    throw new MalformedException(
                            "a Boolean in a register needs its bit: .0 to .15");
            default ->
                    throw new MalformedException("its data type (" + code + ") is not known here");
        };
    }

    private static String order16(Settings settings) {
        return settings.highByteFirst() ? "" : ":BA";
    }

    private static String order32(Settings settings) {
        if (settings.highByteFirst()) {
            return settings.firstWordLow() ? ":CDAB" : ":ABCD";
        }
        return settings.firstWordLow() ? ":DCBA" : ":BADC";
    }

    private static String order64(Settings settings) {
        if (settings.firstWordLow() != settings.firstDwordLow()) {
            throw new MalformedException(
                    "its first word and first double word differ in order, which no order here"
                            + " says");
        }
        if (settings.highByteFirst()) {
            return settings.firstWordLow() ? ":GHEFCDAB" : ":ABCDEFGH";
        }
        return settings.firstWordLow() ? ":HGFEDCBA" : ":BADCFEHG";
    }

    /** Linear scaling as scale and offset; the limits and other kinds are lost. */
    private static BigDecimal[] scaling(JsonNode tag, List<String> changes) {
        int kind = tag.path("servermain.TAG_SCALING_TYPE").asInt(0);
        if (kind == 0) {
            return new BigDecimal[] {null, null};
        }
        if (kind != 1) {
            changes.add("its scaling is not linear and is left out");
            return new BigDecimal[] {null, null};
        }
        BigDecimal rawLow = number(tag, "RAW_LOW");
        BigDecimal raw = number(tag, "RAW_HIGH").subtract(rawLow);
        BigDecimal low = number(tag, "SCALED_LOW");
        if (raw.signum() == 0) {
            changes.add("its scaling has no width and is left out");
            return new BigDecimal[] {null, null};
        }
        BigDecimal scale =
                number(tag, "SCALED_HIGH")
                        .subtract(low)
                        .divide(raw, new MathContext(SCALE_DIGITS))
                        .stripTrailingZeros();
        if (tag.path("servermain.TAG_SCALING_CLAMP_LOW").asBoolean()
                || tag.path("servermain.TAG_SCALING_CLAMP_HIGH").asBoolean()) {
            changes.add("values are no longer clamped to the scaled range");
        }
        return new BigDecimal[] {scale, low.subtract(rawLow.multiply(scale)).stripTrailingZeros()};
    }

    private static BigDecimal number(JsonNode tag, String key) {
        return tag.path("servermain.TAG_SCALING_" + key).decimalValue();
    }
}
