package io.fieldloom.domain.project;

import io.fieldloom.domain.Names;
import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.WatchEntry;
import java.util.List;
import java.util.Objects;
import org.pcollections.PMap;

/**
 * Applies edits to projects: pure functions, safe on any thread. Whatever refers to what an edit
 * renames is rewritten with it. An edit that cannot be made throws {@link EditRefused}.
 */
public final class Edits {
    private Edits() {}

    /**
     * What an edit did, and which entries only got another key by it, in order.
     *
     * @param change before, after and what differs
     * @param renamings entries that are the same under a new key
     */
    public record Outcome(Change change, List<Renaming> renamings) {
        public Outcome {
            Objects.requireNonNull(change, "change");
            renamings = List.copyOf(renamings);
        }
    }

    public static Change apply(Project project, Edit edit) {
        return outcome(project, edit).change();
    }

    /** As {@link #apply}, and tells renamed entries from removed and added ones. */
    public static Outcome outcome(Project project, Edit edit) {
        Draft draft = new Draft(project);
        String label = make(draft, edit);
        return new Outcome(
                new Change(project, draft.project(), draft.touched(), label), draft.renamings());
    }

    private static String make(Draft draft, Edit edit) {
        if (edit instanceof Edit.PutMapping put) {
            return TopicEdits.put(draft, put.mapping());
        } else if (edit instanceof Edit.RemoveMapping remove) {
            return TopicEdits.remove(draft, remove.topic());
        } else if (edit instanceof Edit.RemoveBranch remove) {
            return TopicEdits.removeBranch(draft, remove.topic());
        } else if (edit instanceof Edit.MoveBranch move) {
            return TopicEdits.move(draft, move.from(), move.to());
        } else if (edit instanceof Edit.PutLevel put) {
            return TopicEdits.put(draft, put.level());
        } else if (edit instanceof Edit.RemoveLevel remove) {
            return TopicEdits.removeLevel(draft, remove.topic());
        } else if (edit instanceof Edit.PutDevice put) {
            return put(draft, put.device());
        } else if (edit instanceof Edit.RenameDevice rename) {
            return renameDevice(draft, rename.from(), rename.to());
        } else if (edit instanceof Edit.RenameTag rename) {
            return renameTag(draft, rename.device(), rename.from(), rename.to());
        } else if (edit instanceof Edit.RemoveDevice remove) {
            return removeDevice(draft, remove.name());
        } else if (edit instanceof Edit.PutBroker put) {
            return put(draft, put.broker());
        } else if (edit instanceof Edit.RenameBroker rename) {
            return renameBroker(draft, rename.from(), rename.to());
        } else if (edit instanceof Edit.RemoveBroker remove) {
            return removeBroker(draft, remove.name());
        } else if (edit instanceof Edit.PutSimulator put) {
            return put(draft, put.simulator());
        } else if (edit instanceof Edit.RenameSimulator rename) {
            return renameSimulator(draft, rename.from(), rename.to());
        } else if (edit instanceof Edit.RemoveSimulator remove) {
            return removeSimulator(draft, remove.name());
        } else if (edit instanceof Edit.PutWatch put) {
            return put(draft, put.entry());
        } else if (edit instanceof Edit.RemoveWatch remove) {
            return removeWatch(draft, remove.name());
        } else if (edit instanceof Edit.SetDefaults set) {
            return setDefaults(draft, set.defaults());
        } else if (edit instanceof Edit.SetLevelNames set) {
            return setLevelNames(draft, set.names());
        } else if (edit instanceof Edit.SetName set) {
            return setName(draft, set.name());
        } else if (edit instanceof Edit.Batch batch) {
            batch.edits().forEach(each -> make(draft, each));
            return batch.label();
        }
        throw new IllegalStateException("no rule for " + edit.getClass());
    }

    private static String put(Draft draft, Device device) {
        refuse(Rules.of(device), "device", device.name());
        PMap<String, Device> devices = draft.project().devices();
        Device old = devices.get(device.name());
        if (!device.equals(old)) {
            draft.touch(Section.DEVICES, device.name());
            draft.become(draft.project().withDevices(devices.plus(device.name(), device)));
        }
        return (old == null ? "Add device " : "Change device ") + device.name();
    }

    private static String renameDevice(Draft draft, String from, String to) {
        PMap<String, Device> devices = draft.project().devices();
        checkRename("device", devices, from, to);
        draft.touch(Section.DEVICES, from);
        draft.touch(Section.DEVICES, to);
        draft.renamed(Renaming.of(Section.DEVICES, from, to));
        draft.become(
                draft.project()
                        .withDevices(
                                Draft.renamed(devices, from, to, devices.get(from).withName(to))));
        draft.rewriteSources(
                source -> source.device().equals(from), source -> source.withDevice(to));
        return "Rename device " + from + " to " + to;
    }

    private static String renameTag(Draft draft, String name, String from, String to) {
        PMap<String, Device> devices = draft.project().devices();
        Device device = known("device", devices, name);
        checkRename("tag", device.tags(), from, to);
        draft.touch(Section.DEVICES, name);
        draft.renamed(Renaming.ofTag(name, from, to));
        Device after =
                device.withTags(
                        Draft.renamed(
                                device.tags(), from, to, device.tags().get(from).withName(to)));
        draft.become(draft.project().withDevices(devices.plus(name, after)));
        draft.rewriteSources(
                source -> source.device().equals(name) && source.tag().equals(from),
                source -> source.withTag(to));
        return "Rename tag " + from + " to " + to;
    }

    private static String removeDevice(Draft draft, String name) {
        PMap<String, Device> devices = draft.project().devices();
        known("device", devices, name);
        draft.touch(Section.DEVICES, name);
        draft.become(draft.project().withDevices(devices.minus(name)));
        return "Delete device " + name;
    }

    private static String put(Draft draft, Broker broker) {
        refuse(Rules.of(broker), "broker", broker.name());
        PMap<String, Broker> brokers = draft.project().brokers();
        Broker old = brokers.get(broker.name());
        if (!broker.equals(old)) {
            draft.touch(Section.BROKERS, broker.name());
            draft.become(draft.project().withBrokers(brokers.plus(broker.name(), broker)));
        }
        return (old == null ? "Add broker " : "Change broker ") + broker.name();
    }

    private static String renameBroker(Draft draft, String from, String to) {
        if (to.equals(Broker.EMBEDDED)) {
            throw new EditRefused(
                    "'embedded' is the broker that Fieldloom starts; choose another name");
        }
        PMap<String, Broker> brokers = draft.project().brokers();
        checkRename("broker", brokers, from, to);
        draft.touch(Section.BROKERS, from);
        draft.touch(Section.BROKERS, to);
        draft.renamed(Renaming.of(Section.BROKERS, from, to));
        draft.become(
                draft.project()
                        .withBrokers(
                                Draft.renamed(brokers, from, to, brokers.get(from).withName(to))));
        Defaults defaults = draft.project().defaults();
        if (defaults.broker().equals(from)) {
            draft.touchSettings();
            draft.become(draft.project().withDefaults(defaults.withBroker(to)));
        }
        draft.rewriteMappings(
                mapping -> from.equals(mapping.broker()), mapping -> mapping.withBroker(to));
        return "Rename broker " + from + " to " + to;
    }

    private static String removeBroker(Draft draft, String name) {
        PMap<String, Broker> brokers = draft.project().brokers();
        known("broker", brokers, name);
        draft.touch(Section.BROKERS, name);
        draft.become(draft.project().withBrokers(brokers.minus(name)));
        return "Delete broker " + name;
    }

    private static String put(Draft draft, Simulator simulator) {
        refuse(Rules.of(simulator), "simulator", simulator.name());
        PMap<String, Simulator> simulators = draft.project().simulators();
        Simulator old = simulators.get(simulator.name());
        if (!simulator.equals(old)) {
            draft.touch(Section.SIMULATORS, simulator.name());
            draft.become(
                    draft.project().withSimulators(simulators.plus(simulator.name(), simulator)));
        }
        return (old == null ? "Add simulator " : "Change simulator ") + simulator.name();
    }

    private static String renameSimulator(Draft draft, String from, String to) {
        PMap<String, Simulator> simulators = draft.project().simulators();
        checkRename("simulator", simulators, from, to);
        draft.touch(Section.SIMULATORS, from);
        draft.touch(Section.SIMULATORS, to);
        draft.renamed(Renaming.of(Section.SIMULATORS, from, to));
        draft.become(
                draft.project()
                        .withSimulators(
                                Draft.renamed(
                                        simulators, from, to, simulators.get(from).withName(to))));
        for (Device device : draft.project().devices().values()) {
            if (from.equals(device.simulator())) {
                draft.touch(Section.DEVICES, device.name());
                draft.become(
                        draft.project()
                                .withDevices(
                                        draft.project()
                                                .devices()
                                                .plus(device.name(), device.withSimulator(to))));
            }
        }
        return "Rename simulator " + from + " to " + to;
    }

    private static String removeSimulator(Draft draft, String name) {
        PMap<String, Simulator> simulators = draft.project().simulators();
        known("simulator", simulators, name);
        draft.touch(Section.SIMULATORS, name);
        draft.become(draft.project().withSimulators(simulators.minus(name)));
        return "Delete simulator " + name;
    }

    private static String put(Draft draft, WatchEntry entry) {
        refuse(Rules.of(entry), "watch list entry", entry.name());
        PMap<String, WatchEntry> watch = draft.project().watch();
        WatchEntry old = watch.get(entry.name());
        if (!entry.equals(old)) {
            draft.touch(Section.WATCH, entry.name());
            draft.become(draft.project().withWatch(watch.plus(entry.name(), entry)));
        }
        return old == null ? "Watch " + entry.name() : "Change watch list entry " + entry.name();
    }

    private static String removeWatch(Draft draft, String name) {
        PMap<String, WatchEntry> watch = draft.project().watch();
        known("watch list entry", watch, name);
        draft.touch(Section.WATCH, name);
        draft.become(draft.project().withWatch(watch.minus(name)));
        return "Remove " + name + " from the watch list";
    }

    private static String setDefaults(Draft draft, Defaults defaults) {
        refuse(Rules.of(defaults), "setting", "defaults");
        if (!defaults.equals(draft.project().defaults())) {
            draft.touchSettings();
            draft.become(draft.project().withDefaults(defaults));
        }
        return "Change defaults";
    }

    private static String setLevelNames(Draft draft, List<String> names) {
        if (names.stream().anyMatch(String::isBlank)) {
            throw new EditRefused("a level's name has at least one character");
        }
        if (!names.equals(draft.project().levelNames())) {
            draft.touchSettings();
            draft.become(draft.project().withLevelNames(names));
        }
        return "Name levels";
    }

    private static String setName(Draft draft, String name) {
        String wanted = name == null || name.isBlank() ? null : name;
        if (!Objects.equals(wanted, draft.project().name())) {
            draft.touchSettings();
            draft.become(draft.project().withName(wanted));
        }
        return wanted == null ? "Remove the project's name" : "Rename project to " + wanted;
    }

    private static <T> void checkRename(String kind, PMap<String, T> map, String from, String to) {
        known(kind, map, from);
        Names.fault(to)
                .ifPresent(
                        fault -> {
                            throw new EditRefused(fault);
                        });
        if (map.containsKey(to)) {
            throw new EditRefused(
                    from.equals(to)
                            ? "the " + kind + " is already called '" + to + "'"
                            : "a " + kind + " '" + to + "' exists already; choose another name");
        }
    }

    private static <T> T known(String kind, PMap<String, T> map, String name) {
        T found = map.get(name);
        if (found == null) {
            throw new EditRefused("there is no " + kind + " '" + name + "'");
        }
        return found;
    }

    static void refuse(List<Misfit> misfits, String kind, String name) {
        if (!misfits.isEmpty()) {
            throw new EditRefused(kind + " '" + name + "': " + misfits.get(0).message());
        }
    }
}
