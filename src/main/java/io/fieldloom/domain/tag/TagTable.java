package io.fieldloom.domain.tag;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.Names;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.tag.ModbusNotation.Base;
import io.fieldloom.domain.tag.ModbusNotation.Reading;
import io.fieldloom.domain.tag.TagCells.Cell;
import io.fieldloom.domain.tag.TagLines.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A table of tags from a file or the clipboard: cells separated by tabs, semicolons or commas, with
 * or without a header. First the table is shown with a guess of its columns, then, with the columns
 * that a person agreed to, it becomes Modbus tags. Immutable; pure.
 */
public final class TagTable {
    private final List<Row> rows;
    private final List<Fault> torn;
    private final boolean header;

    /** One line. */
    private record Row(int line, String text, List<Cell> cells) {
        String cell(int place) {
            return place >= 0 && place < cells.size() ? cells.get(place).text() : "";
        }

        int column(int place) {
            return place >= 0 && place < cells.size() ? cells.get(place).column() : 1;
        }
    }

    /** What a column may hold. */
    public enum Column {
        NAME("name", "tag", "tagname", "tag name", "variable", "symbol", "bezeichnung"),
        ADDRESS("address", "adresse", "addr", "register", "modbus address", "adresa", "offset reg"),
        TABLE("table", "register type", "area", "function"),
        TYPE("type", "data type", "datatype", "datentyp", "typ"),
        ORDER("order", "byte order", "endianness", "word order"),
        BIT("bit"),
        SCALE("scale", "factor", "faktor", "scaling", "multiplier", "skalierung", "gain"),
        OFFSET("offset", "bias"),
        UNIT("unit", "units", "einheit", "jednotka", "eng units", "engineering units"),
        INTERVAL("interval", "scan rate", "poll", "poll interval"),
        DESCRIPTION("description", "comment", "beschreibung", "kommentar", "popis");

        private final Set<String> words;

        Column(String... words) {
            this.words = Set.of(words);
        }
    }

    /**
     * How the table is read.
     *
     * @param columns the place of each column, from 0; NAME and ADDRESS are needed
     * @param table of addresses that are bare numbers, where no TABLE column says it
     * @param base what bare numbers count from
     */
    public record Reader(Map<Column, Integer> columns, Table table, Base base) {
        public Reader {
            columns = Map.copyOf(columns);
        }
    }

    /**
     * A row that became a tag.
     *
     * @param line from 1
     * @param name as the table has it; the tag's own differs where that will not do as a name
     * @param address as the table has it
     */
    public record Taken(int line, String name, String address, TagSpec tag) {}

    /**
     * What the table says.
     *
     * @param taken the rows without a fault, in their order
     * @param faults everything that is wrong, in the order of the lines
     */
    public record Result(List<Taken> taken, List<Fault> faults) {
        public Result {
            taken = List.copyOf(taken);
            faults = List.copyOf(faults);
        }

        public List<TagSpec> tags() {
            return taken.stream().map(Taken::tag).toList();
        }
    }

    private TagTable(List<Row> rows, List<Fault> torn, boolean header) {
        this.rows = List.copyOf(rows);
        this.torn = List.copyOf(torn);
        this.header = header;
    }

    /** Splits a text; what separates its cells is what makes most of them. */
    public static TagTable of(String text) {
        String[] lines = text.replace("\uFEFF", "").split("\r\n|\n|\r", -1);
        char separator = separator(lines);
        List<Row> rows = new ArrayList<>();
        List<Fault> torn = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].replace('\u00A0', ' ');
            try {
                List<Cell> cells = TagCells.split(line, separator);
                if (cells.stream().anyMatch(cell -> !cell.text().isEmpty())) {
                    rows.add(new Row(i + 1, line, cells));
                }
            } catch (TagCells.OpenQuoteException e) {
                String message = "the quote that begins here has no end";
                torn.add(new Fault(i + 1, e.column(), message, line));
            }
        }
        boolean header = !rows.isEmpty() && guess(rows.get(0)).containsKey(Column.ADDRESS);
        return new TagTable(rows, torn, header);
    }

    private static char separator(String[] lines) {
        char best = '\t';
        long most = 0;
        for (char each : new char[] {'\t', ';', ','}) {
            long count =
                    java.util.Arrays.stream(lines).filter(line -> line.indexOf(each) >= 0).count();
            // a comma may as well be a decimal one, so that it must make more
            if (count > most) {
                most = count;
                best = each;
            }
        }
        return best;
    }

    /** Whether the first row names the columns. */
    public boolean hasHeader() {
        return header;
    }

    /** The cells as they stand, the header too, for a preview. */
    public List<List<String>> cells() {
        return rows.stream().map(row -> row.cells().stream().map(Cell::text).toList()).toList();
    }

    /** The lines whose cells could not be told apart. */
    public List<Fault> torn() {
        return torn;
    }

    /** What the header says, or what the cells look like where there is none. */
    public Map<Column, Integer> guess() {
        if (header) {
            return guess(rows.get(0));
        }
        Map<Column, Integer> found = new EnumMap<>(Column.class);
        if (!rows.isEmpty()) {
            List<Cell> first = rows.get(0).cells();
            for (int i = 0; i < first.size(); i++) {
                if (ModbusNotation.isLikely(first.get(i).text())) {
                    found.put(Column.ADDRESS, i);
                    found.put(Column.NAME, i == 0 ? 1 : 0);
                    break;
                }
            }
        }
        return found;
    }

    private static Map<Column, Integer> guess(Row row) {
        Map<Column, Integer> found = new EnumMap<>(Column.class);
        for (int i = 0; i < row.cells().size(); i++) {
            String word = row.cell(i).toLowerCase(Locale.ROOT);
            for (Column column : Column.values()) {
                if (column.words.contains(word)) {
                    found.putIfAbsent(column, i);
                }
            }
        }
        return found;
    }

    /** The tags of all rows without a fault, and every fault with its line. */
    public Result read(Reader reader) {
        Taking taking = new Taking(reader);
        taking.faults.addAll(torn);
        rows.stream().skip(header ? 1 : 0).forEach(taking::take);
        taking.faults.sort(java.util.Comparator.comparingInt(Fault::line));
        return new Result(taking.taken, taking.faults);
    }

    /** One reading. */
    private static final class Taking {
        private final Reader reader;
        private final List<Taken> taken = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private final Map<String, Integer> lineOfName = new HashMap<>();

        Taking(Reader reader) {
            this.reader = reader;
        }

        void take(Row row) {
            int before = faults.size();
            String name = name(row);
            String address = of(row, Column.ADDRESS, () -> address(row));
            BigDecimal scale = of(row, Column.SCALE, () -> number(row, Column.SCALE));
            BigDecimal offset = of(row, Column.OFFSET, () -> number(row, Column.OFFSET));
            Duration interval = of(row, Column.INTERVAL, () -> interval(row));
            if (faults.size() == before) {
                lineOfName.put(name, row.line());
                TagSpec tag =
                        new TagSpec(
                                name,
                                address,
                                scale,
                                offset,
                                textOrNull(row, Column.UNIT),
                                interval,
                                null,
                                textOrNull(row, Column.DESCRIPTION));
                taken.add(
                        new Taken(
                                row.line(),
                                text(row, Column.NAME),
                                text(row, Column.ADDRESS),
                                tag));
            }
        }

        private <T> T of(Row row, Column column, java.util.function.Supplier<T> work) {
            try {
                return work.get();
            } catch (MalformedException e) {
                fault(row, column, e.getMessage());
                return null;
            }
        }

        private String name(Row row) {
            String name = Names.fit(text(row, Column.NAME));
            String wrong = Names.fault(name).orElse(null);
            if (wrong == null && lineOfName.containsKey(name)) {
                wrong = "'" + name + "' is already the name of line " + lineOfName.get(name);
            }
            if (wrong != null) {
                fault(row, Column.NAME, wrong);
            }
            return name;
        }

        private String address(Row row) {
            String text = text(row, Column.ADDRESS);
            if (text.isEmpty()) {
                throw new MalformedException("the address is missing");
            }
            String bit = text(row, Column.BIT);
            String type = text(row, Column.TYPE);
            String order = text(row, Column.ORDER).toUpperCase(Locale.ROOT);
            String full = text;
            if (!bit.isEmpty()) {
                full += "." + bit;
            } else if (!type.isEmpty() && !text.contains(":" + type)) {
                String word = TagWords.type(type);
                full += word.equals("bool") ? "" : ":" + word;
                full += word.equals("bool") || order.isEmpty() ? "" : ":" + order;
            }
            Reading reading = ModbusNotation.parse(full, table(row), reader.base());
            return reading.address().text();
        }

        private Table table(Row row) {
            String text = text(row, Column.TABLE);
            return text.isEmpty() ? reader.table() : TagWords.table(text);
        }

        private BigDecimal number(Row row, Column column) {
            String text = text(row, column);
            return text.isEmpty() ? null : TagWords.number(text);
        }

        /** A bare number is milliseconds, as other programs have it. */
        private Duration interval(Row row) {
            String text = text(row, Column.INTERVAL);
            if (text.isEmpty()) {
                return null;
            }
            return Durations.parse(text.matches("\\d+") ? text + "ms" : text);
        }

        private String text(Row row, Column column) {
            return row.cell(reader.columns().getOrDefault(column, -1));
        }

        private String textOrNull(Row row, Column column) {
            String text = text(row, column);
            return text.isEmpty() ? null : text;
        }

        private void fault(Row row, Column column, String message) {
            int place = reader.columns().getOrDefault(column, -1);
            faults.add(new Fault(row.line(), row.column(place), message, row.text()));
        }
    }

    /** The tags of a device as comma-separated text that {@link #of} reads back. */
    public static String csv(Iterable<TagSpec> tags) {
        StringBuilder out =
                new StringBuilder("Name,Address,Scale,Offset,Unit,Interval,Description\r\n");
        for (TagSpec tag : tags) {
            boolean plain = tag.scale().compareTo(BigDecimal.ONE) == 0;
            out.append(quoted(tag.name())).append(',').append(quoted(tag.address())).append(',');
            out.append(plain ? "" : tag.scale().toPlainString()).append(',');
            out.append(tag.offset().signum() == 0 ? "" : tag.offset().toPlainString()).append(',');
            out.append(quoted(tag.unit())).append(',');
            out.append(tag.interval() == null ? "" : Durations.format(tag.interval())).append(',');
            out.append(quoted(tag.description())).append("\r\n");
        }
        return out.toString();
    }

    private static String quoted(String text) {
        if (text == null) {
            return "";
        }
        return text.matches("(?s).*[\",;\t\r\n].*")
                ? '"' + text.replace("\"", "\"\"").replaceAll("[\r\n]+", " ") + '"'
                : text;
    }
}
