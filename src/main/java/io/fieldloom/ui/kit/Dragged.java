package io.fieldloom.ui.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloom.engine.device.tree.DeviceItem;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;
import javafx.scene.input.Dragboard;

/**
 * Tags on their way from Devices to where they are mapped. A branch stands for all variables below
 * it; {@link io.fieldloom.engine.device.tree.TagFinder} finds them.
 *
 * @param items what was taken, in the order of the rows
 */
public record Dragged(List<DeviceItem> items) {
    /** Marks it on a clipboard. */
    public static final DataFormat FORMAT = new DataFormat("application/x-fieldloom-tags");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<DeviceItem>> ITEMS = new TypeReference<>() {};

    public Dragged {
        items = List.copyOf(items);
    }

    /** Whether a drag carries tags; cheap, for it is asked at every move of the pointer. */
    public static boolean isIn(Dragboard board) {
        return board.hasContent(FORMAT);
    }

    /** The tags that a drag carries. */
    public static Dragged from(Dragboard board) {
        try {
            return new Dragged(JSON.readValue((String) board.getContent(FORMAT), ITEMS));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the drag does not carry tags", e);
        }
    }

    /** As a drag carries it; as plain text it is the addresses, a line each. */
    public ClipboardContent content() {
        ClipboardContent content = new ClipboardContent();
        try {
            content.put(FORMAT, JSON.writeValueAsString(items));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        content.putString(
                items.stream().map(DeviceItem::address).collect(Collectors.joining("\n")));
        return content;
    }

    /** What is said beside the pointer: {@code Temperature}, {@code 12 tags}. */
    public String words() {
        if (items.size() == 1) {
            DeviceItem only = items.get(0);
            return only.branch() ? only.name() + " with all its tags" : only.name();
        }
        long branches = items.stream().filter(DeviceItem::branch).count();
        String tags = Presentation.count(items.size() - branches, "tag", "tags");
        String objects = Presentation.count(branches, "branch", "branches");
        if (branches == 0) {
            return tags;
        }
        return branches == items.size() ? objects : objects + " and " + tags;
    }
}
