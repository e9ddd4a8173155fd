package io.fieldloom.engine.tags;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.TagTable;
import io.fieldloom.domain.tag.TagWords;
import io.fieldloom.engine.tags.KepwareAddress.Settings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The tags of one device as Kepware exports them to CSV. The table says type, scaling and scan rate
 * of each, but nothing of the device: neither where it is nor the order of its words. Pure.
 */
public final class KepwareTable {
    private static final Set<String> COLUMNS =
            Set.of("tag name", "address", "data type", "respect data type", "client access");

    private final Map<String, Integer> places = new HashMap<>();
    private final Settings settings;
    private List<String> row = List.of();

    private KepwareTable(List<String> header, Settings settings) {
        this.settings = settings;
        for (int at = 0; at < header.size(); at++) {
            places.putIfAbsent(header.get(at).toLowerCase(Locale.ROOT), at);
        }
    }

    /** Whether the first row has Kepware's names. */
    static boolean isKepware(TagTable table) {
        List<List<String>> cells = table.cells();
        return !cells.isEmpty()
                && cells.get(0).stream()
                        .map(cell -> cell.toLowerCase(Locale.ROOT))
                        .toList()
                        .containsAll(COLUMNS);
    }

    /**
     * Reads the table.
     *
     * @param device whose tags they become
     * @param firstWordLow whether the low word of a value comes first, as Kepware assumes of a new
     *     device
     */
    public static ImportedTags read(TagTable table, Device device, boolean firstWordLow) {
        Collector collector = new Collector();
        Collector.Device gathered = collector.device(device.name(), device.endpoint());
        List<List<String>> cells = table.cells();
        KepwareTable reading =
                new KepwareTable(
                        cells.get(0), firstWordLow ? Settings.USUAL : Settings.FIRST_WORD_HIGH);
        for (List<String> row : cells.subList(1, cells.size())) {
            reading.row = row;
            String name = reading.cell("tag name");
            collector.tag(gathered, name, name, reading.cell("address"), reading::spec);
        }
        table.torn()
                .forEach(
                        fault ->
                                collector.lost(
                                        "line " + fault.line(),
                                        fault.text().strip(),
                                        fault.message()));
        return collector.result();
    }

    private TagSpec spec(String name, List<String> changes) {
        String type = cell("data type");
        String address =
                KepwareAddress.of(
                        cell("address"),
                        KepwareAddress.type(type.isEmpty() ? "default" : type),
                        settings);
        boolean readOnly = cell("client access").toUpperCase(Locale.ROOT).startsWith("RO");
        if (readOnly && ModbusAddress.parse(address).table().isWritable()) {
            changes.add("can be written here once the device is armed; there it is read-only");
        }
        LinearScaling scaling = scaling(changes);
        return new TagSpec(
                name,
                address,
                scaling.scale(),
                scaling.offset(),
                cellOrNull("eng units"),
                interval(),
                null,
                cellOrNull("description"));
    }

    private LinearScaling scaling(List<String> changes) {
        String kind = cell("scaling").toLowerCase(Locale.ROOT);
        LinearScaling scaling = LinearScaling.NONE;
        if (kind.equals("linear")) {
            scaling =
                    LinearScaling.of(
                            number("raw low"),
                            number("raw high"),
                            number("scaled low"),
                            number("scaled high"),
                            changes);
            if (isOn("clamp low") || isOn("clamp high")) {
                changes.add("values are no longer clamped to the scaled range");
            }
        } else if (!kind.isEmpty() && !kind.equals("none")) {
            changes.add(
                    "its scaling, "
                            + cell("scaling")
                            + ", is left out; a mapping's transform can do it");
        }
        return isOn("negate value") ? scaling.negated() : scaling;
    }

    private Duration interval() {
        String rate = cell("scan rate");
        if (rate.isEmpty() || rate.equals("0")) {
            return null;
        }
        if (!rate.matches("\\d{1,8}")) {
            throw new MalformedException("its scan rate '" + rate + "' is not in milliseconds");
        }
        return Duration.ofMillis(Long.parseLong(rate));
    }

    private BigDecimal number(String column) {
        String text = cell(column);
        if (text.isEmpty()) {
            throw new MalformedException("its scaling has no " + column);
        }
        return TagWords.number(text);
    }

    private boolean isOn(String column) {
        String text = cell(column);
        return text.equals("1") || text.equalsIgnoreCase("true");
    }

    private String cellOrNull(String column) {
        String text = cell(column);
        return text.isEmpty() ? null : text;
    }

    private String cell(String column) {
        int at = places.getOrDefault(column, -1);
        return at >= 0 && at < row.size() ? row.get(at).strip() : "";
    }
}
