package io.fieldloom.engine.tags;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusNotation;
import io.fieldloom.domain.tag.TagSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Neuron's configuration as JSON: nodes with their groups and tags inside, or beside them as the
 * global export has it. Neuron names the unit in each address, so that one of its nodes may become
 * several devices here. Pure.
 */
public final class NeuronTags {
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(\\d{1,3})!([0134])(\\d{4,5})(?:\\.(\\d{1,3}))?(?:#([BL]{1,2}))?"
                            + "(?:\\.(\\d{1,3})([HLDE])?)?");

    private final Collector collector = new Collector();

    private NeuronTags() {}

    /** Reads an export; what is no JSON, or none of Neuron's, is malformed. */
    public static ImportedTags read(String json) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw noJson(e);
        }
        JsonNode nodes = root.path("nodes");
        if (!nodes.isArray()) {
            throw new MalformedException(
                    "this is no Neuron configuration: it has no nodes. In Neuron export the south"
                            + " devices");
        }
        NeuronTags reading = new NeuronTags();
        for (JsonNode node : nodes) {
            reading.node(node, root);
        }
        return reading.collector.result();
    }

    static MalformedException noJson(JsonProcessingException e) {
        String where = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
        MalformedException malformed =
                new MalformedException("this is no JSON: " + e.getOriginalMessage() + where);
        malformed.initCause(e);
        return malformed;
    }

    private void node(JsonNode node, JsonNode root) {
        String name = node.path("name").asText();
        String plugin = node.path("plugin").asText();
        if (!plugin.toLowerCase(java.util.Locale.ROOT).contains("modbus")) {
            collector.lost(name, "", "its plugin is " + plugin + ", not Modbus");
            return;
        }
        JsonNode params = node.path("params");
        String place = place(plugin, params);
        if (place == null) {
            collector.lost(name, "", "Neuron waits for this device to connect, which is not built");
            return;
        }
        Map<String, Integer> intervals = new HashMap<>();
        for (JsonNode group : node.path("groups")) {
            tags(name, place, params, group, group.path("interval").asInt(0));
        }
        for (JsonNode group : root.path("groups")) {
            if (group.path("driver").asText().equals(name)) {
                intervals.put(group.path("group").asText(), group.path("interval").asInt(0));
            }
        }
        for (JsonNode group : root.path("tags")) {
            if (group.path("driver").asText().equals(name)) {
                int interval = intervals.getOrDefault(group.path("group").asText(), 0);
                tags(name, place, params, group, interval);
            }
        }
    }

    /** The endpoint without its unit; null for one that cannot be reached from here. */
    private static String place(String plugin, JsonNode params) {
        boolean rtu = plugin.toLowerCase(java.util.Locale.ROOT).contains("rtu");
        if (rtu && params.path("link").asInt(0) == 0 && params.has("device")) {
            String[] bauds = {
                "115200", "57600", "38400", "19200", "9600", "4800", "2400", "1800", "1200", "600"
            };
            int baud = params.path("baud").asInt(4);
            String[] parities = {"none", "odd", "even"};
            int parity = params.path("parity").asInt(0);
            return "modbus-rtu:"
                    + params.path("device").asText()
                    + "?baud="
                    + (baud < bauds.length ? bauds[baud] : baud)
                    + "&parity="
                    + (parity < parities.length ? parities[parity] : "none")
                    + "&stop="
                    + (params.path("stop").asInt(0) == 1 ? 2 : 1)
                    + "&";
        }
        if (params.path("connection_mode").asInt(0) == 1) {
            return null;
        }
        return (rtu ? "modbus-rtu-tcp" : "modbus-tcp")
                + "://"
                + params.path("host").asText("127.0.0.1")
                + ":"
                + params.path("port").asInt(502)
                + "?";
    }

    private void tags(String node, String place, JsonNode params, JsonNode group, int interval) {
        for (JsonNode tag : group.path("tags")) {
            String name = tag.path("name").asText();
            String address = tag.path("address").asText().strip();
            String item = node + "/" + group.path("group").asText() + "/" + name;
            Matcher match = ADDRESS.matcher(address);
            if (!match.matches()) {
                collector.lost(item, address, "its address has no counterpart here");
                continue;
            }
            String unit = match.group(1);
            String endpoint = place + "unit=" + unit;
            try {
                Endpoint.parse(endpoint);
            } catch (MalformedException e) {
                collector.lost(item, address, e.getMessage());
                continue;
            }
            collector.tag(
                    collector.device(node + "-" + unit, endpoint),
                    item,
                    name,
                    address,
                    (fit, changes) -> spec(fit, tag, match, params, interval, changes));
        }
    }

    private static TagSpec spec(
            String name,
            JsonNode tag,
            Matcher address,
            JsonNode params,
            int interval,
            List<String> changes) {
        if (tag.path("precision").asInt(0) != 0) {
            changes.add("its precision is left out: round in the mapping");
        }
        BigDecimal scale = tag.path("decimal").decimalValue();
        BigDecimal offset = tag.path("bias").decimalValue();
        String description = tag.path("description").asText("");
        return new TagSpec(
                name,
                address(address, tag.path("type").asInt(), params),
                scale.signum() == 0 ? null : scale,
                offset.signum() == 0 ? null : offset,
                null,
                interval > 0 ? Duration.ofMillis(interval) : null,
                null,
                description.isEmpty() ? null : description);
    }

    private static String address(Matcher match, int type, JsonNode params) {
        String number = match.group(2) + match.group(3);
        ModbusAddress plain = ModbusNotation.parse(number).address();
        int from = plain.address() + (params.path("address_base").asInt(1) == 0 ? 1 : 0);
        String base = plain.table().word() + ":" + from;
        if (!plain.table().isRegisters()) {
            return ModbusAddress.parse(base).text();
        }
        String after = match.group(4) == null ? match.group(6) : match.group(4);
        String order = match.group(5) == null ? "" : match.group(5);
        String text =
                switch (type) {
                    case 3 -> ":int16" + order16(order);
                    case 4 -> ":uint16" + order16(order);
                    case 5 -> ":int32" + order32(order, params);
                    case 6 -> ":uint32" + order32(order, params);
                    case 7 -> ":int64" + order64(order);
                    case 8 -> ":uint64" + order64(order);
                    case 9 -> ":float32" + order32(order, params);
                    case 10 -> ":float64" + order64(order);
                    case 11 -> "." + (after == null ? "0" : after);
                    case 13 -> {
                        if (after == null) {
                            throw new MalformedException("a string needs its length, such as .20H");
                        }
                        boolean low = "L".equals(match.group(7));
                        int registers = (Integer.parseInt(after) + 1) / 2;
                        yield ":string[" + registers + "]" + (low ? ":BA" : "");
                    }
                    default ->
                            throw new MalformedException(
                                    "its data type (" + type + ") is not known here");
                };
        return ModbusAddress.parse(base + text).text();
    }

    private static String order16(String order) {
        return order.equals("L") ? ":BA" : "";
    }

    /** The address's own order, else the device's, else the plain one. */
    private static String order32(String order, JsonNode params) {
        return switch (order) {
            case "BB" -> ":ABCD";
            case "BL" -> ":BADC";
            case "LB" -> ":CDAB";
            case "LL" -> ":DCBA";
            default ->
                    switch (params.path("endianess").asInt(1)) {
                        case 2 -> ":BADC";
                        case 3 -> ":DCBA";
                        case 4 -> ":CDAB";
                        default -> ":ABCD";
                    };
        };
    }

    private static String order64(String order) {
        return switch (order) {
            case "L", "LL" -> ":HGFEDCBA";
            case "BL" -> ":BADCFEHG";
            case "LB" -> ":GHEFCDAB";
            default -> ":ABCDEFGH";
        };
    }
}
