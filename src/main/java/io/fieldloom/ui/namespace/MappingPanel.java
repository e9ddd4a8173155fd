package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.mapping.MappingPreview;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.code.CodeView;
import io.fieldloom.ui.kit.code.PayloadText;
import io.fieldloom.ui.kit.code.Run;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * One mapping: where it comes from, what is done to the value, how it is published, and the message
 * that results, from the tag's value now and from what is typed now. FX thread only.
 */
final class MappingPanel {
    private final NamespaceServices services;
    private final MappingFields fields = new MappingFields(this::preview, this::take);
    private final TagReader reader;
    private final VBox box = new VBox();
    private final Label name = new Label();
    private final Button source = new Button();
    private final Label way = new Label();
    private final CodeView payload = new CodeView("Message that results");
    private Mapping mapping;

    MappingPanel(NamespaceServices services) {
        this.services = services;
        reader = new TagReader(services);
        box.getStyleClass().add("detail");
        box.setMinHeight(0);
        name.getStyleClass().add("mono");
        name.setMaxWidth(Double.MAX_VALUE);
        name.setMinWidth(60);
        HBox.setHgrow(name, Priority.ALWAYS);
        source.getStyleClass().add("link");
        source.setOnAction(event -> services.showTag().accept(mapping.source()));
        source.setTooltip(new Tooltip("Go to the tag in Devices"));
        HBox header = new HBox(8, name, source, fields.toggle());
        header.getStyleClass().add("detail-header");
        way.getStyleClass().add("mono");
        way.setWrapText(true);
        way.setMinHeight(18);
        VBox form = new VBox(8, fields.first(), fields.second(), way);
        form.getStyleClass().add("detail-form");
        VBox.setVgrow(payload, Priority.ALWAYS);
        payload.setMinHeight(30);
        box.getChildren().addAll(header, form, payload);
    }

    Node node() {
        return box;
    }

    void focus() {
        fields.focus();
    }

    /** Shows a mapping. What is being typed stays, unless the mapping itself has become another. */
    void show(Mapping other) {
        if (other.equals(mapping)) {
            return;
        }
        boolean sameTopic = mapping != null && mapping.topic().equals(other.topic());
        mapping = other;
        Project project = services.editor().project();
        fields.disable(services.editor().readOnly());
        fields.fill(other, project);
        reader.follow(other);
        name.setText(Topic.name(other.topic()));
        name.setTooltip(new Tooltip(other.topic()));
        source.setText(
                other.source().device() + " › " + NamespaceColumns.shortTag(other.source().tag()));
        if (!sameTopic) {
            payload.show(List.of());
        }
        preview();
    }

    /** Pulls the newest value of the tag. */
    void pull() {
        if (mapping != null && box.getScene() != null) {
            preview();
        }
    }

    private void preview() {
        if (mapping == null) {
            return;
        }
        Project project = services.editor().project();
        Mapping draft = fields.draft();
        Optional<String> fault = fields.roundFault().or(() -> transformFault(draft));
        Optional<Sample> own = reader.newest();
        if (fault.isPresent()) {
            say(
                    Presentation.sentence(fault.get())
                            + (fields.isEdited() ? ". Not taken yet." : "."),
                    Tone.BAD);
            return;
        }
        if (own.isEmpty()) {
            say("Waiting for a value of the tag…", Tone.DIM);
            return;
        }
        MappingPreview made = MappingPreview.of(project, draft, own.get(), services.transforms());
        if (made.fault() != null) {
            say(Presentation.value(own.get().value()) + " → " + made.fault(), Tone.BAD);
            return;
        }
        String tagUnit = project.tagOf(draft).map(tag -> tag.unit()).orElse(null);
        say(
                Presentation.value(own.get().value(), tagUnit)
                        + " → "
                        + Presentation.value(made.result().value(), made.unit())
                        + "   to "
                        + project.brokerOf(draft)
                        + ", QoS "
                        + project.qosOf(draft)
                        + (project.retainOf(draft) ? ", retained" : "")
                        + (draft.enabled() ? "" : "   (switched off)"),
                Presentation.status(own.get().status()));
        payload.show(
                made.payload()
                        .map(bytes -> PayloadText.of(bytes).runs())
                        .orElse(
                                List.of(
                                        new Run(
                                                "Nothing is published for a bad value",
                                                Run.Ink.DIM))));
    }

    private Optional<String> transformFault(Mapping draft) {
        return services.transforms().fault(draft.transform()).map(fault -> "Transform: " + fault);
    }

    private void say(String words, Tone tone) {
        if (!words.equals(way.getText())) {
            way.setText(words);
        }
        tone.paint(way);
    }

    /** Makes what is typed part of the design, unless it is faulty. */
    private void take() {
        if (mapping == null || !fields.isEdited()) {
            return;
        }
        Mapping draft = fields.draft();
        if (fields.roundFault().isEmpty() && transformFault(draft).isEmpty()) {
            services.edits().make(new Edit.PutMapping(draft));
        }
    }
}
