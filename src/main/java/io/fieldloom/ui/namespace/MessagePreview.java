package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.mapping.MappingPreview;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.code.CodeView;
import io.fieldloom.ui.kit.code.PayloadRuns;
import io.fieldloom.ui.kit.code.Run;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * The message that a mapping makes of its tag's value now: the way of the value in one line, and
 * the payload. Never a message of something else than what is asked for. FX thread only.
 */
final class MessagePreview {
    private static final double PAYLOAD = 58;

    private final Label way = new Label();
    private final CodeView payload = new CodeView("Message that results");
    private final Label remark = new Label();
    private final VBox box = new VBox(2, new HBox(10, way, remark), payload);

    MessagePreview() {
        way.getStyleClass().add("mono");
        way.setWrapText(true);
        HBox.setHgrow(way, Priority.ALWAYS);
        way.setMaxWidth(Double.MAX_VALUE);
        remark.setMinWidth(Region.USE_PREF_SIZE);
        Tone.WARN.paint(remark);
        way.setMinHeight(Region.USE_PREF_SIZE);
        payload.setMinHeight(PAYLOAD);
        payload.setPrefHeight(PAYLOAD);
        box.getStyleClass().add("detail-preview");
        box.setMinHeight(Region.USE_PREF_SIZE);
    }

    Node node() {
        return box;
    }

    /** Shows what a mapping makes of a value. */
    void show(Project project, Mapping mapping, Sample own, MappingPreview made) {
        String unit = project.tagOf(mapping).map(TagSpec::unit).orElse(null);
        say(
                Presentation.value(own.value(), unit)
                        + " → "
                        + Presentation.value(made.result().value(), made.unit())
                        + "   to "
                        + project.brokerOf(mapping)
                        + ", QoS "
                        + project.qosOf(mapping)
                        + (project.retainOf(mapping) ? ", retained" : "")
                        + (mapping.enabled() ? "" : "   (switched off)"),
                Presentation.status(own.status()));
        payload.show(
                made.payload()
                        .map(bytes -> inOneLine(PayloadRuns.of(bytes)))
                        .orElse(dim("Nothing is published for a bad value")));
    }

    /** Says beside the message how it stands; empty for nothing. */
    void remark(String words) {
        if (!words.equals(remark.getText())) {
            remark.setText(words);
        }
    }

    /** Says why there is no message. */
    void showNone(String words, Tone tone) {
        say(words, tone);
        payload.show(List.of());
    }

    private static List<Run> dim(String words) {
        return List.of(new Run(words, Run.Ink.DIM));
    }

    /** Breaks between fields become spaces; those in texts are written as escapes anyway. */
    private static List<Run> inOneLine(List<Run> runs) {
        return runs.stream()
                .map(run -> new Run(run.text().replaceAll("\\n *", " "), run.ink()))
                .toList();
    }

    private void say(String words, Tone tone) {
        if (!words.equals(way.getText())) {
            way.setText(words);
        }
        tone.paint(way);
    }
}
