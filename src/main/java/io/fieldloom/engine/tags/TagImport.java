package io.fieldloom.engine.tags;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.engine.tags.ImportedTags.Fate;
import io.fieldloom.engine.tags.ImportedTags.ImportedDevice;
import io.fieldloom.engine.tags.ImportedTags.Note;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.OrderedPMap;

/**
 * What an import does to a project. A device of the other program is the project's own where one is
 * at the same place; else it is a new one. Pure.
 *
 * @param edit makes it in one step of undo; empty where nothing would change
 * @param notes what becomes of every item of the import
 * @param devices the devices that get tags, as they will be
 * @param tags how many tags are added or changed
 */
public record TagImport(Optional<Edit> edit, List<Note> notes, List<Device> devices, int tags) {
    public TagImport {
        notes = List.copyOf(notes);
        devices = List.copyOf(devices);
    }

    /** What happens to a tag that the device has already. */
    public enum Existing {
        /** It stays as it is. */
        KEEP,
        /** The imported one takes its place. */
        REPLACE
    }

    /** Plans an import; a device whose endpoint is none is malformed. */
    public static TagImport of(Project project, ImportedTags imported, Existing existing) {
        Map<String, Device> devices = new LinkedHashMap<>();
        Map<String, String> nameHere = new HashMap<>();
        for (ImportedDevice each : imported.devices()) {
            Device place = place(project, each, devices);
            nameHere.put(each.name(), place.name());
            devices.putIfAbsent(place.name(), place);
        }
        List<Note> notes = new ArrayList<>();
        int changed = 0;
        for (Note note : imported.notes()) {
            Device device = devices.get(nameHere.get(note.device()));
            if (device == null || note.tag() == null) {
                notes.add(note);
                continue;
            }
            TagSpec old = device.tags().get(note.tag().name());
            if (note.tag().equals(old)) {
                notes.add(note);
            } else if (old != null && existing == Existing.KEEP) {
                String why = device.name() + " has it already, at " + old.address();
                notes.add(note.turned(Fate.LOST, why));
            } else {
                notes.add(old == null ? note : note.turned(Fate.CHANGED, replaces(device, old)));
                devices.put(
                        device.name(),
                        device.withTags(device.tags().plus(note.tag().name(), note.tag())));
                changed++;
            }
        }
        return new TagImport(edit(project, devices, changed), notes, touched(devices), changed);
    }

    private static String replaces(Device device, TagSpec old) {
        return "replaces the one that " + device.name() + " has, at " + old.address();
    }

    private static List<Device> touched(Map<String, Device> devices) {
        return devices.values().stream().filter(each -> !each.tags().isEmpty()).toList();
    }

    private static Optional<Edit> edit(Project project, Map<String, Device> devices, int changed) {
        List<Edit> puts = new ArrayList<>();
        for (Device device : touched(devices)) {
            if (!device.equals(project.devices().get(device.name()))) {
                puts.add(new Edit.PutDevice(device));
            }
        }
        return puts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Edit.Batch(
                                "Import " + changed + (changed == 1 ? " tag" : " tags"), puts));
    }

    /** The project's device at that place, else a new one with a name that is free. */
    private static Device place(
            Project project, ImportedDevice imported, Map<String, Device> others) {
        Endpoint place = Endpoint.parse(imported.endpoint());
        Device named = project.devices().get(imported.name());
        if (named != null && Endpoint.isAt(named.endpoint(), place)) {
            return named;
        }
        Optional<Device> there =
                project.devices().values().stream()
                        .filter(device -> Endpoint.isAt(device.endpoint(), place))
                        .findFirst();
        return there.orElseGet(
                () ->
                        new Device(
                                free(project, imported.name(), others),
                                imported.endpoint(),
                                null,
                                null,
                                null,
                                OrderedPMap.empty(),
                                null,
                                null,
                                null));
    }

    private static String free(Project project, String wanted, Map<String, Device> others) {
        String name = wanted;
        for (int more = 2; isTaken(project, name, others); more++) {
            name = wanted + "-" + more;
        }
        return name;
    }

    private static boolean isTaken(Project project, String name, Map<String, Device> others) {
        return project.devices().containsKey(name) || others.containsKey(name);
    }
}
