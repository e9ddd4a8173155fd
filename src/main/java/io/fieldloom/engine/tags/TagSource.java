package io.fieldloom.engine.tags;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.TagTable;

/** What a text with tags is: a table, or what another program exported. */
public sealed interface TagSource {
    /** A table whose columns a person agrees to. */
    record Table(TagTable table) implements TagSource {}

    /** Kepware's table of the tags of one device, which says everything but the device. */
    record Kepware(TagTable table) implements TagSource {}

    /**
     * Another program's export, which says everything itself.
     *
     * @param program whose it is
     */
    record Export(String program, ImportedTags tags) implements TagSource {}

    /** Tells by the text; one that is neither is malformed, and so is a damaged export. */
    static TagSource of(String text) {
        if (text.isBlank()) {
            throw new MalformedException("there is nothing in it");
        }
        if (!text.stripLeading().startsWith("{")) {
            TagTable table = TagTable.of(text);
            return KepwareTable.isKepware(table) ? new Kepware(table) : new Table(table);
        }
        return text.contains("\"nodes\"") && !text.contains("\"project\"")
                ? new Export("Neuron", NeuronTags.read(text))
                : new Export("Kepware", KepwareTags.read(text));
    }
}
