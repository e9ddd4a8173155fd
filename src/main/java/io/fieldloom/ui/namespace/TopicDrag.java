package io.fieldloom.ui.namespace;

import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.rows.RowDrag;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;
import javafx.scene.input.Dragboard;

/**
 * Tags from Devices are dropped on the namespace to be mapped, its own topics to be moved. FX
 * thread only.
 */
final class TopicDrag implements RowDrag<NamespaceRow> {
    private static final DataFormat TOPICS = new DataFormat("application/x-fieldloom-topics");

    private final BiConsumer<Dragged, String> map;
    private final BiConsumer<List<String>, String> move;

    /**
     * @param map maps tags below a topic
     * @param move moves topics below a topic
     */
    TopicDrag(BiConsumer<Dragged, String> map, BiConsumer<List<String>, String> move) {
        this.map = map;
        this.move = move;
    }

    @Override
    public ClipboardContent drag(List<NamespaceRow> rows) {
        String topics = String.join("\n", rows.stream().map(NamespaceRow::topic).toList());
        ClipboardContent content = new ClipboardContent();
        content.put(TOPICS, topics);
        content.putString(topics);
        return content;
    }

    @Override
    public String dragText(List<NamespaceRow> rows) {
        return rows.size() == 1 ? rows.get(0).name() : rows.size() + " topics";
    }

    @Override
    public boolean accepts(Dragboard board, NamespaceRow target) {
        if (Dragged.isIn(board)) {
            return true;
        }
        return board.hasContent(TOPICS)
                && topics(board).stream().allMatch(topic -> canMove(topic, parent(target)));
    }

    private static boolean canMove(String topic, String parent) {
        return !Topic.isWithin(parent, topic) && !Topic.parent(topic).equals(parent);
    }

    @Override
    public boolean drop(Dragboard board, NamespaceRow target) {
        if (Dragged.isIn(board)) {
            map.accept(Dragged.from(board), parent(target));
        } else {
            move.accept(topics(board), parent(target));
        }
        return true;
    }

    private static List<String> topics(Dragboard board) {
        return List.of(((String) board.getContent(TOPICS)).split("\n"));
    }

    /** Where something dropped on a row goes: below a branch, beside a mapping. */
    static String parent(NamespaceRow target) {
        if (target == null) {
            return "";
        }
        return target.isLevel() ? target.topic() : Topic.parent(target.topic());
    }
}
