package io.fieldloom.domain.tag;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.Names;
import io.fieldloom.domain.tag.TagCells.Cell;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads pasted lines {@code NAME ADDRESS [UNIT] [SCALE]} into Modbus tags, from a text or a
 * spreadsheet: cells are separated by tabs, semicolons, commas or blanks, may be quoted, and a
 * number may have a decimal comma. A header line is recognised; it may put the columns in another
 * order. Addresses are Fieldloom's own or the manual's ({@link ModbusNotation}). Pure.
 */
public final class TagLines {
    private static final Set<String> NAME_WORDS =
            Set.of("name", "tag", "tagname", "tag name", "variable", "symbol", "bezeichnung");
    private static final Set<String> ADDRESS_WORDS =
            Set.of("address", "adresse", "addr", "register", "modbus address", "adresa");
    private static final Set<String> UNIT_WORDS = Set.of("unit", "units", "einheit", "jednotka");
    private static final Set<String> SCALE_WORDS =
            Set.of("scale", "factor", "faktor", "scaling", "multiplier", "skalierung");

    private static final Pattern WORD = Pattern.compile("\\S+");

    private final List<TagSpec> tags = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, Integer> lineOfName = new HashMap<>();
    private final Set<String> taken;
    private Columns columns = Columns.USUAL;

    private TagLines(Set<String> taken) {
        this.taken = taken;
    }

    /**
     * What the lines say.
     *
     * @param tags the tags of the lines without a fault, in their order
     * @param faults everything that is wrong, in the order of the lines
     */
    public record Result(List<TagSpec> tags, List<Fault> faults) {
        public Result {
            tags = List.copyOf(tags);
            faults = List.copyOf(faults);
        }
    }

    /**
     * One thing that is wrong with a line.
     *
     * @param line from 1
     * @param column where the cell begins in the line, from 1
     * @param message a sentence that names the offending text and what would be accepted
     * @param text the whole line
     */
    public record Fault(int line, int column, String message, String text) {}

    /** Places of the four cells in a line; -1 where the header has no such column. */
    private record Columns(int name, int address, int unit, int scale) {
        static final Columns USUAL = new Columns(0, 1, 2, 3);

        boolean isUsual() {
            return equals(USUAL);
        }
    }

    /** Reads lines for a device without tags. */
    public static Result parse(String text) {
        return parse(text, Set.of());
    }

    /**
     * Reads lines.
     *
     * @param taken names that the device's tags have already; a line that takes one is a fault
     */
    public static Result parse(String text, Set<String> taken) {
        TagLines lines = new TagLines(taken);
        String[] all = text.split("\r\n|\n|\r", -1);
        boolean first = true;
        for (int i = 0; i < all.length; i++) {
            String line = i == 0 && all[0].startsWith("\uFEFF") ? all[0].substring(1) : all[i];
            line = line.replace('\u00A0', ' ');
            if (!line.isBlank()) {
                lines.take(i + 1, line, first);
                first = false;
            }
        }
        return new Result(lines.tags, lines.faults);
    }

    private void take(int number, String line, boolean mayBeHeader) {
        List<Cell> cells;
        try {
            cells = TagCells.of(line, TagLines::looksLikeAddress);
        } catch (TagCells.OpenQuoteException e) {
            fault(number, line, e.column(), "the quote that begins here has no end");
            return;
        }
        if (cells.stream().allMatch(cell -> cell.text().isEmpty())) {
            return; // an empty row of a spreadsheet
        }
        if (!mayBeHeader || !takeHeader(cells)) {
            takeTag(number, line, columns.isUsual() ? blanksToo(cells) : cells);
        }
    }

    /**
     * Who adds a unit to a line with tabs types a blank before it: that separates there as well.
     */
    private static List<Cell> blanksToo(List<Cell> cells) {
        List<Cell> all = new ArrayList<>();
        for (int at = 0; at < cells.size(); at++) {
            Cell cell = cells.get(at);
            List<Cell> words =
                    WORD.matcher(cell.text())
                            .results()
                            .map(word -> new Cell(word.group(), cell.column() + word.start()))
                            .toList();
            boolean several =
                    at < 2
                            && words.size() > 1
                            && words.stream().anyMatch(word -> ModbusNotation.isLikely(word.text()))
                            && !isAddress(cell.text());
            all.addAll(several ? words : List.of(cell));
        }
        return all;
    }

    private static boolean isAddress(String text) {
        try {
            ModbusNotation.parse(text);
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    private boolean takeHeader(List<Cell> cells) {
        List<String> words =
                cells.stream().map(cell -> cell.text().toLowerCase(Locale.ROOT)).toList();
        Columns found =
                new Columns(
                        place(words, NAME_WORDS),
                        place(words, ADDRESS_WORDS),
                        place(words, UNIT_WORDS),
                        place(words, SCALE_WORDS));
        if (found.name() < 0 || found.address() < 0) {
            return false;
        }
        columns = found;
        return true;
    }

    private static int place(List<String> words, Set<String> wanted) {
        for (int i = 0; i < words.size(); i++) {
            if (wanted.contains(words.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private void takeTag(int number, String line, List<Cell> cells) {
        int before = faults.size();
        String name = name(number, line, cell(cells, columns.name()));
        String address = address(number, line, cells);
        Cell unit = cell(cells, columns.unit());
        Cell scale = cell(cells, columns.scale());
        if (columns.isUsual()) {
            for (Cell more : cells.subList(Math.min(4, cells.size()), cells.size())) {
                if (!more.text().isEmpty()) {
                    fault(
                            number,
                            line,
                            more.column(),
                            "'"
                                    + more.text()
                                    + "' is one cell too many: a line is NAME ADDRESS [UNIT]"
                                    + " [SCALE]; quote a cell that contains a separator");
                    break;
                }
            }
            if (scale.text().isEmpty() && TagWords.isNumber(unit.text())) {
                scale = unit; // NAME ADDRESS SCALE
                unit = Cell.NONE;
            }
        }
        BigDecimal factor = scale.text().isEmpty() ? null : scale(number, line, scale);
        if (faults.size() == before) {
            lineOfName.put(name, number);
            tags.add(
                    new TagSpec(
                            name,
                            address,
                            factor,
                            null,
                            unit.text().isEmpty() ? null : unit.text(),
                            null,
                            null,
                            null));
        }
    }

    private String name(int number, String line, Cell cell) {
        String name = cell.text();
        String wrong = Names.fault(name).orElse(null);
        if (wrong != null) {
            String better = Names.fit(name);
            boolean helps = !name.isEmpty() && Names.fault(better).isEmpty();
            fault(number, line, cell.column(), helps ? wrong + ", for instance " + better : wrong);
        } else if (lineOfName.containsKey(name)) {
            fault(
                    number,
                    line,
                    cell.column(),
                    "'" + name + "' is already the name of line " + lineOfName.get(name));
        } else if (taken.contains(name)) {
            fault(number, line, cell.column(), "the device already has a tag '" + name + "'");
        }
        return name;
    }

    private String address(int number, String line, List<Cell> cells) {
        Cell cell = cell(cells, columns.address());
        if (cell.text().isEmpty()) {
            fault(
                    number,
                    line,
                    line.stripTrailing().length() + 1,
                    "the address is missing: write holding:0 or 40001 after the name");
            return "";
        }
        try {
            return ModbusNotation.parse(cell.text()).address().text();
        } catch (MalformedException e) {
            fault(number, line, cell.column(), e.getMessage());
            return "";
        }
    }

    private BigDecimal scale(int number, String line, Cell cell) {
        BigDecimal scale;
        try {
            scale = TagWords.number(cell.text());
        } catch (MalformedException e) {
            fault(number, line, cell.column(), e.getMessage());
            return null;
        }
        if (scale.signum() == 0) {
            fault(number, line, cell.column(), "a scale of 0 would make every value 0");
        }
        return scale;
    }

    private static boolean looksLikeAddress(String text) {
        return ModbusNotation.isLikely(text)
                || ADDRESS_WORDS.contains(text.toLowerCase(Locale.ROOT));
    }

    private static Cell cell(List<Cell> cells, int place) {
        return place >= 0 && place < cells.size() ? cells.get(place) : Cell.NONE;
    }

    private void fault(int number, String line, int column, String message) {
        faults.add(new Fault(number, column, message, line));
    }
}
