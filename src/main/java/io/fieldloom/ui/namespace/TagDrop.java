package io.fieldloom.ui.namespace;

import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.device.tree.TagFinder;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.function.Consumer;

/**
 * Maps tags from Devices, and all tags of objects, below a topic; asks before it makes many
 * mappings. FX thread only.
 */
final class TagDrop {
    private static final int ASK_ABOVE = 50;

    private final NamespaceServices services;
    private final UiKit kit;
    private final NamespaceRows index;
    private final VirtualRows<NamespaceRow> rows;
    private final TagFinder finder;

    TagDrop(NamespaceServices services, NamespaceRows index, VirtualRows<NamespaceRow> rows) {
        this.services = services;
        this.kit = services.kit();
        this.index = index;
        this.rows = rows;
        finder = new TagFinder(services.devices(), services.editor()::project);
    }

    /** Asks to which topic tags are to be mapped, with a proposal, and maps them. */
    void askAndMap(Dragged dragged) {
        DeviceItem first = dragged.items().get(0);
        NamespaceRow chosen = rows.lead();
        String parent =
                chosen == null
                        ? TagMapping.parent(services.editor().project(), first)
                        : TopicDrag.parent(chosen);
        MapForm form = new MapForm(services, index, dragged, parent);
        if (form.isForOne()) {
            form.show(topic -> mapOne(dragged, topic));
        } else {
            form.show(below -> map(dragged, below));
        }
    }

    private void mapOne(Dragged dragged, String topic) {
        find(dragged, found -> make(TagMapping.plan(found.tags().get(0), topic)));
    }

    /** Maps tags, and the tags of objects, below a topic. */
    void map(Dragged dragged, String parent) {
        find(dragged, found -> confirm(dragged, found, parent));
    }

    private void find(Dragged dragged, Consumer<TagFinder.Found> then) {
        kit.tasks().follow("Finding the tags", finder.variables(dragged.items()), then);
    }

    private void confirm(Dragged dragged, TagFinder.Found found, String parent) {
        Project project = services.editor().project();
        TagMapping.Plan plan = TagMapping.plan(project, dragged.items(), found.tags(), parent);
        int many = plan.mappings().size();
        if (many == 0) {
            kit.notifications()
                    .tell(
                            plan.there() > 0
                                    ? "Mapped there already"
                                    : "There are no tags in " + dragged.items().get(0).name());
            return;
        }
        if (many <= ASK_ABOVE) {
            make(plan);
            return;
        }
        String below = parent.isEmpty() ? "at the top" : "below " + parent;
        kit.dialogs()
                .confirm(
                        "Map " + Presentation.count(many) + " tags?",
                        "They go "
                                + below
                                + ", the first to "
                                + plan.mappings().get(0).topic()
                                + "."
                                + (found.cut() ? " There are more; the rest is left out." : ""),
                        "Map",
                        false,
                        () -> make(plan));
    }

    private void make(TagMapping.Plan plan) {
        String shown = plan.top();
        plan.edit()
                .ifPresent(
                        edit ->
                                services.edits()
                                        .make(
                                                edit,
                                                change -> {
                                                    index.open(shown);
                                                    rows.reveal(shown);
                                                }));
    }
}
