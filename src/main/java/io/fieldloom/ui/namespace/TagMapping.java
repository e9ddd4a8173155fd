package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Naming;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.NodeAddress;
import io.fieldloom.engine.device.tree.DeviceItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes mappings of tags below a topic: a tag under its own name, an object's tags under the
 * object's, all in the spelling of topics. What is mapped there already is left alone, a name that
 * is taken gets a number. Pure.
 */
final class TagMapping {
    private static final String OBJECTS = "Objects";

    private TagMapping() {}

    /**
     * What mapping would do.
     *
     * @param mappings the new ones, in the order of the tags
     * @param there tags that are mapped there already
     */
    record Plan(List<Mapping> mappings, int there) {
        /** The edit, one step of undo; empty when there is nothing to do. */
        Optional<Edit> edit() {
            if (mappings.isEmpty()) {
                return Optional.empty();
            }
            if (mappings.size() == 1) {
                return Optional.of(new Edit.PutMapping(mappings.get(0)));
            }
            List<Edit> edits = new ArrayList<>(mappings.size());
            mappings.forEach(mapping -> edits.add(new Edit.PutMapping(mapping)));
            return Optional.of(new Edit.Batch("Map " + mappings.size() + " tags", edits));
        }

        /** The topic of the only mapping, else the lowest branch that holds all of them. */
        String top() {
            String top = mappings.get(0).topic();
            for (Mapping mapping : mappings) {
                while (!Topic.isWithin(mapping.topic(), top)) {
                    top = Topic.parent(top);
                }
            }
            return top.isEmpty() ? mappings.get(0).topic() : top;
        }
    }

    /**
     * Below which topic tags are proposed to go where nobody chose one: where others of the same
     * object are, or of the same device where it has no objects; empty where there are none.
     */
    static String parent(Project project, DeviceItem item) {
        String owner = owner(item.tag());
        return project.mappings().values().stream()
                .filter(
                        mapping ->
                                mapping.source().device().equals(item.device())
                                        && owner(mapping.source().tag()).equals(owner))
                .findFirst()
                .map(mapping -> Topic.parent(mapping.topic()))
                .orElse("");
    }

    private static String owner(String tag) {
        return NodeAddress.isNodeAddress(tag)
                ? tag.substring(0, Math.max(tag.lastIndexOf('.'), tag.lastIndexOf('/')) + 1)
                : "";
    }

    /** One tag at a topic of a person's choice. */
    static Plan plan(DeviceItem tag, String topic) {
        return new Plan(List.of(mapping(tag, topic)), 0);
    }

    private static Mapping mapping(DeviceItem tag, String topic) {
        return Mapping.of(topic, tag.ref()).withUnit(tag.unit());
    }

    /**
     * @param taken what a person took: tags, and objects that stand for those below them
     * @param tags all the tags that were meant
     * @param parent topic they go below; empty for the root
     */
    static Plan plan(
            Project project, List<DeviceItem> taken, List<DeviceItem> tags, String parent) {
        List<Mapping> made = new ArrayList<>();
        Set<String> used = new HashSet<>();
        int there = 0;
        for (DeviceItem tag : tags) {
            String wanted = Topic.child(parent, way(taken, tag));
            String topic = wanted;
            boolean same = false;
            for (int number = 2; ; number++) {
                Mapping old = project.mappings().get(topic);
                same = old != null && old.source().equals(tag.ref());
                if (same || old == null && !used.contains(topic)) {
                    break;
                }
                topic = wanted + "-" + number;
            }
            if (same) {
                there++;
            } else {
                used.add(topic);
                made.add(mapping(tag, topic));
            }
        }
        return new Plan(List.copyOf(made), there);
    }

    /**
     * The levels that a tag gets below the target: from the object that was taken down to itself.
     */
    private static String way(List<DeviceItem> taken, DeviceItem tag) {
        for (DeviceItem branch : taken) {
            if (branch.branch() && isBelow(tag, branch)) {
                return below(branch, tag);
            }
        }
        return level(tag.name());
    }

    private static boolean isBelow(DeviceItem tag, DeviceItem branch) {
        if (!tag.device().equals(branch.device())) {
            return false;
        }
        int depth = branch.path().size();
        return branch.address().isEmpty()
                || tag.path().size() > depth && tag.path().subList(0, depth).equals(branch.path());
    }

    private static String below(DeviceItem branch, DeviceItem tag) {
        StringBuilder way = new StringBuilder();
        boolean wholeDevice = branch.address().isEmpty();
        boolean objects = branch.path().equals(List.of(OBJECTS));
        if (wholeDevice || objects) {
            way.append(level(branch.device()));
        }
        int from = wholeDevice || objects ? 0 : branch.path().size() - 1;
        for (int at = from; at < tag.path().size(); at++) {
            String name = tag.path().get(at);
            if (at == 0 && name.equals(OBJECTS)) {
                continue;
            }
            way.append(way.length() == 0 ? "" : "/").append(level(name));
        }
        return way.toString();
    }

    /** A name as a level of a topic, free of what a topic cannot hold. */
    static String level(String name) {
        String level = Naming.kebab(name).replaceAll("[/+#\\p{Cntrl}]", "-");
        return level.startsWith("$") ? level.substring(1) : level.isEmpty() ? "tag" : level;
    }
}
