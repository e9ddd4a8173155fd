package io.fieldloom.ui.watch;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.WatchEntry;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.device.tree.TagFinder;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.rows.RowDrag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.scene.input.Dragboard;

/**
 * Puts tags from Devices, and all tags of objects, into the watch list; asks before it takes many.
 * FX thread only.
 */
final class WatchDrop implements RowDrag<WatchedTag> {
    private static final int ASK_ABOVE = 50;

    /** As many as one branch may stand for. */
    private static final int MOST = TagFinder.MOST;

    private final WatchServices services;
    private final TagFinder finder;
    private final Consumer<List<String>> added;

    /**
     * @param added told the names of the entries that were added
     */
    WatchDrop(WatchServices services, Consumer<List<String>> added) {
        this.services = services;
        this.added = added;
        finder = new TagFinder(services.registry(), services.project());
    }

    @Override
    public boolean accepts(Dragboard board, WatchedTag target) {
        return Dragged.isIn(board);
    }

    @Override
    public boolean drop(Dragboard board, WatchedTag target) {
        if (!Dragged.isIn(board)) {
            return false;
        }
        add(Dragged.from(board));
        return true;
    }

    void add(Dragged dragged) {
        services.kit()
                .tasks()
                .follow(
                        "Finding the tags",
                        finder.variables(dragged.items()),
                        found -> {
                            if (found.cut()) {
                                refuse(found.tags().size() + 1L, "at least ");
                            } else {
                                take(dragged, found.tags());
                            }
                        });
    }

    private void take(Dragged dragged, List<DeviceItem> found) {
        List<WatchEntry> fresh = fresh(found);
        int there = services.project().get().watch().size();
        if (fresh.isEmpty()) {
            services.kit()
                    .notifications()
                    .tell(
                            found.isEmpty()
                                    ? "There are no tags in " + dragged.items().get(0).name()
                                    : "In the watch list already");
        } else if (there + fresh.size() > MOST) {
            refuse(there + (long) fresh.size(), "");
        } else if (fresh.size() > ASK_ABOVE) {
            services.kit()
                    .dialogs()
                    .confirm(
                            "Watch " + Presentation.count(fresh.size()) + " tags?",
                            "Each is sampled at its device's interval while the project is open.",
                            "Add to watch list",
                            false,
                            () -> make(fresh));
        } else {
            make(fresh);
        }
    }

    private void refuse(long wanted, String about) {
        services.kit()
                .notifications()
                .fail(
                        "The watch list holds up to "
                                + Presentation.count(MOST)
                                + " tags; these would be "
                                + about
                                + Presentation.count(wanted)
                                + ". Choose a smaller branch.");
    }

    private List<WatchEntry> fresh(List<DeviceItem> found) {
        Set<String> taken = new HashSet<>(services.project().get().watch().keySet());
        Set<TagRef> there =
                services.project().get().watch().values().stream()
                        .map(WatchEntry::source)
                        .collect(Collectors.toSet());
        List<WatchEntry> fresh = new ArrayList<>();
        for (DeviceItem item : found) {
            if (there.add(item.ref())) {
                String name = WatchNames.of(item, taken);
                taken.add(name);
                fresh.add(WatchEntry.of(name, item.ref()));
            }
        }
        return fresh;
    }

    private void make(List<WatchEntry> entries) {
        List<Edit> puts = entries.stream().<Edit>map(Edit.PutWatch::new).toList();
        Edit edit =
                puts.size() == 1
                        ? puts.get(0)
                        : new Edit.Batch("Watch " + puts.size() + " tags", puts);
        services.edits()
                .make(
                        edit,
                        change -> added.accept(entries.stream().map(WatchEntry::name).toList()));
    }
}
