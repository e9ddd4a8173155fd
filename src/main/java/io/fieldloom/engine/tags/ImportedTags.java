package io.fieldloom.engine.tags;

import io.fieldloom.domain.tag.TagSpec;
import java.util.List;

/**
 * What came out of another program's export.
 *
 * @param devices the Modbus devices in it, with their tags
 * @param notes a line for every item of the export, in its order
 */
public record ImportedTags(List<ImportedDevice> devices, List<Note> notes) {
    public ImportedTags {
        devices = List.copyOf(devices);
        notes = List.copyOf(notes);
    }

    /**
     * One device.
     *
     * @param name fit for a project
     * @param endpoint {@code modbus-tcp://10.0.0.9:502?unit=1}
     */
    public record ImportedDevice(String name, String endpoint, List<TagSpec> tags) {
        public ImportedDevice {
            tags = List.copyOf(tags);
        }
    }

    /** What became of an item. */
    public enum Fate {
        /** As it was. */
        TAKEN,
        /** With something said differently, or left out, that a person should know. */
        CHANGED,
        /** Not at all. */
        LOST
    }

    /**
     * @param device whose tag it is; empty where it is none
     * @param item channel, device and tag, as the other program names them
     * @param before its address there; empty for a device
     * @param tag what it is here; null where lost
     * @param why what was changed or is lost; empty where taken as it was
     */
    public record Note(
            Fate fate, String device, String item, String before, TagSpec tag, String why) {
        /** What was lost. */
        static Note lost(String item, String before, String why) {
            return new Note(Fate.LOST, "", item, before, null, why);
        }

        /** The address here; empty where lost. */
        public String after() {
            return tag == null ? "" : tag.address();
        }

        /** The same that came to something else. */
        Note turned(Fate other, String reason) {
            String reasons = why.isEmpty() ? reason : why + "; " + reason;
            return new Note(other, device, item, before, other == Fate.LOST ? null : tag, reasons);
        }
    }
}
