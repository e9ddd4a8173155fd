package io.fieldloom.domain.project;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.WatchEntry;
import java.util.List;
import java.util.Objects;

/**
 * One step of design work, as a person would name it in the undo menu. {@link Edits#apply} is the
 * only way from one project to the next.
 */
public sealed interface Edit {

    /** Adds a mapping, or replaces the one of the same topic. */
    record PutMapping(Mapping mapping) implements Edit {
        public PutMapping {
            Objects.requireNonNull(mapping, "mapping");
        }
    }

    record RemoveMapping(String topic) implements Edit {}

    /** Removes a branch: its mappings, and its levels that hold no mapping yet. */
    record RemoveBranch(String topic) implements Edit {}

    /** Renames or moves a branch: every mapping and level at or below {@code from}. */
    record MoveBranch(String from, String to) implements Edit {}

    /** Adds a level to the tree, or says which ISA-95 level a branch is. */
    record PutLevel(Level level) implements Edit {}

    record RemoveLevel(String topic) implements Edit {}

    /** The names of the levels by depth. */
    record SetLevelNames(List<String> names) implements Edit {
        public SetLevelNames {
            names = List.copyOf(names);
        }
    }

    /** Adds a device, or replaces the one of the same name. */
    record PutDevice(Device device) implements Edit {
        public PutDevice {
            Objects.requireNonNull(device, "device");
        }
    }

    /** Renames a device, in every mapping and in the watch list too. */
    record RenameDevice(String from, String to) implements Edit {}

    /** Renames a tag of a device, in every mapping and in the watch list too. */
    record RenameTag(String device, String from, String to) implements Edit {}

    /** Removes a device; its mappings stay and lint names them. */
    record RemoveDevice(String name) implements Edit {}

    record PutBroker(Broker broker) implements Edit {
        public PutBroker {
            Objects.requireNonNull(broker, "broker");
        }
    }

    /** Renames a broker, in every mapping and the defaults too. */
    record RenameBroker(String from, String to) implements Edit {}

    record RemoveBroker(String name) implements Edit {}

    record PutSimulator(Simulator simulator) implements Edit {
        public PutSimulator {
            Objects.requireNonNull(simulator, "simulator");
        }
    }

    /** Renames a simulator, in every device too. */
    record RenameSimulator(String from, String to) implements Edit {}

    record RemoveSimulator(String name) implements Edit {}

    /** Adds an entry to the watch list, or replaces the one of the same name. */
    record PutWatch(WatchEntry entry) implements Edit {
        public PutWatch {
            Objects.requireNonNull(entry, "entry");
        }
    }

    record RemoveWatch(String name) implements Edit {}

    record SetDefaults(Defaults defaults) implements Edit {
        public SetDefaults {
            Objects.requireNonNull(defaults, "defaults");
        }
    }

    record SetName(String name) implements Edit {}

    /** Several edits as one step of undo. */
    record Batch(String label, List<Edit> edits) implements Edit {
        public Batch {
            Objects.requireNonNull(label, "label");
            edits = List.copyOf(edits);
        }
    }
}
