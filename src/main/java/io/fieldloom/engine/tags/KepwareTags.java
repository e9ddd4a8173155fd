package io.fieldloom.engine.tags;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.engine.tags.KepwareAddress.Settings;
import java.math.BigDecimal;
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
        LinearScaling scaling = scaling(tag, changes);
        String units = tag.path("servermain.TAG_SCALING_UNITS").asText("");
        return new TagSpec(
                name,
                KepwareAddress.of(
                        address, tag.path("servermain.TAG_DATA_TYPE").asInt(-1), settings),
                scaling.scale(),
                scaling.offset(),
                units.isEmpty() ? null : units,
                rate > 0 ? Duration.ofMillis(rate) : null,
                null,
                description.isEmpty() ? null : description);
    }

    /** Linear scaling as scale and offset; the limits and other kinds are lost. */
    private static LinearScaling scaling(JsonNode tag, List<String> changes) {
        int kind = tag.path("servermain.TAG_SCALING_TYPE").asInt(0);
        if (kind == 0) {
            return LinearScaling.NONE;
        }
        if (kind != 1) {
            changes.add("its scaling is not linear and is left out");
            return LinearScaling.NONE;
        }
        LinearScaling scaling =
                LinearScaling.of(
                        number(tag, "RAW_LOW"),
                        number(tag, "RAW_HIGH"),
                        number(tag, "SCALED_LOW"),
                        number(tag, "SCALED_HIGH"),
                        changes);
        if (tag.path("servermain.TAG_SCALING_CLAMP_LOW").asBoolean()
                || tag.path("servermain.TAG_SCALING_CLAMP_HIGH").asBoolean()) {
            changes.add("values are no longer clamped to the scaled range");
        }
        return tag.path("servermain.TAG_SCALING_NEGATE_VALUE").asBoolean()
                ? scaling.negated()
                : scaling;
    }

    private static BigDecimal number(JsonNode tag, String key) {
        return tag.path("servermain.TAG_SCALING_" + key).decimalValue();
    }
}
