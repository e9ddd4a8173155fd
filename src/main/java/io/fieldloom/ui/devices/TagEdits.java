package io.fieldloom.ui.devices;

import io.fieldloom.domain.Names;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;

/**
 * Changes, renames and removes tags that the project names, one step of undo each. Mappings follow
 * a new name. FX thread only.
 */
final class TagEdits {
    private final DevicesServices services;
    private final VirtualRows<TreeRow> rows;

    TagEdits(DevicesServices services, VirtualRows<TreeRow> rows) {
        this.services = services;
        this.rows = rows;
    }

    /** The tag that a row is, where the project names it and may be changed. */
    Optional<TagSpec> tag(TreeRow row) {
        return row instanceof TreeRow.OfNode node
                        && node.isVariable()
                        && !services.edits().readOnly()
                ? device(node.device())
                        .filter(device -> !device.isOpcUa())
                        .map(device -> device.tags().get(node.item().tag()))
                : Optional.empty();
    }

    private Optional<Device> device(String name) {
        return Optional.ofNullable(services.project().get().devices().get(name));
    }

    /** What is wrong with a name for a tag, in a sentence. */
    Optional<String> nameFault(String device, String before, String name) {
        Optional<String> wrong = Names.fault(name.strip());
        boolean taken =
                !name.strip().equals(before)
                        && device(device)
                                .map(each -> each.tags().containsKey(name.strip()))
                                .orElse(false);
        return taken
                ? Optional.of(device + " has a tag '" + name.strip() + "' already.")
                : wrong.map(Presentation::sentence);
    }

    /** Asks for everything that a tag has. */
    void edit(TreeRow row) {
        tag(row).ifPresent(
                        tag ->
                                device(row.device())
                                        .ifPresent(
                                                device ->
                                                        new ModbusTagForm(
                                                                        services, this, device, tag)
                                                                .show()));
    }

    /** Lets the name be typed in its row. */
    void rename(TreeRow row) {
        tag(row).ifPresent(
                        tag -> rows.edit(rows.leadPlace(), tag.name(), to -> rename(row, tag, to)));
    }

    private void rename(TreeRow row, TagSpec tag, String typed) {
        String to = typed.strip();
        if (to.equals(tag.name())) {
            return;
        }
        Optional<String> wrong = nameFault(row.device(), tag.name(), to);
        if (wrong.isPresent()) {
            services.kit().notifications().fail(wrong.get());
            return;
        }
        change(row.device(), tag, tag.withName(to), () -> {}, this::refused);
    }

    private void refused(String why) {
        services.kit().notifications().fail(why);
    }

    /**
     * Puts another tag in the place of one.
     *
     * @param done what follows when it is there
     * @param refused takes why it cannot be
     */
    void change(
            String deviceName,
            TagSpec before,
            TagSpec after,
            Runnable done,
            Consumer<String> refused) {
        Device device = device(deviceName).orElse(null);
        if (device == null || !device.tags().containsKey(before.name())) {
            refused.accept(deviceName + " has no tag " + before.name() + " any more.");
            return;
        }
        List<Edit> steps = new ArrayList<>();
        if (!after.name().equals(before.name())) {
            steps.add(new Edit.RenameTag(deviceName, before.name(), after.name()));
        }
        if (!after.withName(before.name()).equals(before)) {
            steps.add(new Edit.PutDevice(device.withTags(with(device, before.name(), after))));
        }
        if (steps.isEmpty()) {
            done.run();
            return;
        }
        Edit edit =
                steps.size() == 1
                        ? steps.get(0)
                        : new Edit.Batch("Change tag " + before.name(), steps);
        services.edits()
                .make(
                        edit,
                        change -> {
                            done.run();
                            rows.refresh();
                            rows.reveal(deviceName + "/" + after.name());
                            rows.requestFocus();
                        },
                        refused);
    }

    /** The tags in their order, with another one in the place of one. */
    private static PMap<String, TagSpec> with(Device device, String name, TagSpec after) {
        PMap<String, TagSpec> tags = OrderedPMap.empty();
        for (TagSpec each : device.tags().values()) {
            TagSpec one = each.name().equals(name) ? after : each;
            tags = tags.plus(one.name(), one);
        }
        return tags;
    }

    /** Removes tags; where mappings take them, asks what becomes of these. */
    void remove(List<TreeRow> chosen) {
        Map<String, List<String>> byDevice = new LinkedHashMap<>();
        for (TreeRow row : chosen) {
            tag(row).ifPresent(
                            tag ->
                                    byDevice.computeIfAbsent(
                                                    row.device(), name -> new ArrayList<>())
                                            .add(tag.name()));
        }
        List<Edit> removals = new ArrayList<>();
        int count = 0;
        for (Map.Entry<String, List<String>> each : byDevice.entrySet()) {
            Device device = device(each.getKey()).orElseThrow();
            removals.add(
                    new Edit.PutDevice(device.withTags(device.tags().minusAll(each.getValue()))));
            count += each.getValue().size();
        }
        if (removals.isEmpty()) {
            return;
        }
        String what =
                count == 1 ? byDevice.values().iterator().next().get(0) : DeviceDialogs.tags(count);
        List<String> topics =
                services.project().get().mappings().values().stream()
                        .filter(mapping -> takes(mapping, byDevice))
                        .map(Mapping::topic)
                        .toList();
        if (topics.isEmpty()) {
            apply(what, "Removed " + what + "; undo brings it back", removals);
        } else {
            ask(what, topics, removals);
        }
    }

    private static boolean takes(Mapping mapping, Map<String, List<String>> byDevice) {
        return byDevice.getOrDefault(mapping.source().device(), List.of())
                .contains(mapping.source().tag());
    }

    private void ask(String what, List<String> topics, List<Edit> removals) {
        String mappings = Presentation.count(topics.size(), "mapping", "mappings");
        DialogPane dialog =
                new DialogPane(
                        "Remove " + what + "?",
                        Dialogs.text(
                                mappings
                                        + " of the namespace read it. Kept, they publish nothing and"
                                        + " are listed in Problems until a tag has the name"
                                        + " again."));
        dialog.cancelButton("Cancel");
        dialog.closing("Keep mappings", () -> apply(what, "Removed " + what, removals));
        List<Edit> all = new ArrayList<>();
        topics.forEach(topic -> all.add(new Edit.RemoveMapping(topic)));
        all.addAll(removals);
        dialog.dangerButton(
                "Remove with " + mappings,
                () -> apply(what, "Removed " + what + " and " + mappings, all));
        services.kit().dialogs().show(dialog);
    }

    private void apply(String what, String done, List<Edit> steps) {
        services.edits()
                .make(
                        new Edit.Batch("Remove " + what, steps),
                        change -> services.kit().notifications().tell(done));
    }
}
