package io.fieldloom.engine.tags;

import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagLines.Fault;
import io.fieldloom.domain.tag.TagTable;
import io.fieldloom.domain.tag.TagTable.Reader;
import io.fieldloom.domain.tag.TagTable.Taken;
import io.fieldloom.engine.tags.ImportedTags.Fate;
import io.fieldloom.engine.tags.ImportedTags.ImportedDevice;
import io.fieldloom.engine.tags.ImportedTags.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table of tags that are all of one device. Pure. */
public final class TableTags {
    private TableTags() {}

    /** Reads a table for a device of the project; every note names its line. */
    public static ImportedTags read(TagTable table, Reader reader, Device device) {
        TagTable.Result result = table.read(reader);
        Map<Integer, List<Note>> byLine = new TreeMap<>();
        for (Taken row : result.taken()) {
            boolean renamed = !row.tag().name().equals(row.name());
            Note note =
                    new Note(
                            renamed ? Fate.CHANGED : Fate.TAKEN,
                            device.name(),
                            "line " + row.line() + ": " + row.name(),
                            row.address(),
                            row.tag(),
                            renamed ? "is called " + row.tag().name() : "");
            byLine.computeIfAbsent(row.line(), line -> new ArrayList<>()).add(note);
        }
        for (Fault fault : result.faults()) {
            Note note = Note.lost("line " + fault.line(), fault.text().strip(), fault.message());
            byLine.computeIfAbsent(fault.line(), line -> new ArrayList<>()).add(note);
        }
        return new ImportedTags(
                List.of(new ImportedDevice(device.name(), device.endpoint(), result.tags())),
                byLine.values().stream().flatMap(List::stream).toList());
    }
}
