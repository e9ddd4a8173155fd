package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.mapping.MappingPreview;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.RowCopy;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * One mapping: where it comes from, what is done to the value, how it is published, and the message
 * that results, from the tag's value now and from what is typed now. Where there is little room the
 * fields scroll, and the message stays in sight. FX thread only.
 */
final class MappingPanel {
    /** The transform, which is typed most, stays in sight with what is wrong with it. */
    private static final double LEAST_FIELDS = 64;

    /** All fields are in sight where that takes no more of the window's height. */
    private static final double FIELDS_SHARE = 0.17;

    private static final double LEAST_NAME = 90;

    private final NamespaceServices services;
    private final MappingFields fields;
    private final MessagePreview preview = new MessagePreview();
    private final TagReader reader;
    private final VBox box = new VBox();
    private final Label name = new Label();
    private final Button source = new Button();
    private final ScrollPane form = new ScrollPane();
    private Mapping mapping;
    private Project shownIn;

    /**
     * @param leave gives the focus back to the rows
     */
    MappingPanel(NamespaceServices services, Runnable leave) {
        this.services = services;
        fields = new MappingFields(this::preview, this::take, leave);
        reader = new TagReader(services);
        box.getStyleClass().add("detail");
        name.getStyleClass().add("mono");
        name.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        name.setMinWidth(LEAST_NAME);
        Button copy = new Button();
        copy.setGraphic(Icon.COPY.node());
        copy.getStyleClass().add("ghost");
        copy.setMinWidth(Region.USE_PREF_SIZE);
        copy.setAccessibleText("Copy topic");
        copy.setTooltip(new Tooltip("Copy topic"));
        copy.setOnAction(event -> RowCopy.put(mapping.topic()));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        source.getStyleClass().add("link");
        source.setMinWidth(0);
        source.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        source.setOnAction(event -> services.showTag().accept(mapping.source()));
        HBox header = new HBox(8, name, copy, space, source, fields.toggle());
        header.getStyleClass().add("detail-header");
        form.setContent(fields.node());
        form.getStyleClass().add("detail-form");
        form.setFitToWidth(true);
        form.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        form.setMinHeight(LEAST_FIELDS);
        VBox.setVgrow(form, Priority.SOMETIMES);
        box.getChildren().addAll(header, form, preview.node());
    }

    Node node() {
        return box;
    }

    void focus() {
        fields.focus();
    }

    /**
     * Shows a mapping, and the defaults that it takes from the project. What is being typed stays,
     * unless the mapping itself has become another.
     */
    void show(Mapping other) {
        Project project = services.editor().project();
        boolean same = other.equals(mapping);
        boolean newDefaults =
                shownIn != null
                        && !(shownIn.defaults().equals(project.defaults())
                                && shownIn.brokers().equals(project.brokers()));
        if (same && (!newDefaults || fields.isEdited())) {
            return;
        }
        sayLost(other);
        mapping = other;
        shownIn = project;
        fields.disable(services.editor().readOnly());
        fields.fill(other, project);
        reader.follow(other);
        name.setText(other.topic());
        name.setTooltip(new Tooltip(other.topic()));
        source.setText(SourceName.of(other.source()));
        source.setTooltip(
                new Tooltip(SourceName.inFull(other.source()) + "\nGo to the tag in Devices"));
        preview();
    }

    /** What is typed and faulty is not taken along to another mapping; that is told. */
    private void sayLost(Mapping other) {
        boolean another = mapping != null && !mapping.topic().equals(other.topic());
        if (another && fields.isEdited() && fault(fields.draft()).isPresent()) {
            services.kit()
                    .notifications()
                    .offer(
                            Topic.name(mapping.topic())
                                    + " is as it was; what you typed was not taken. "
                                    + fault(fields.draft()).orElse("")
                                    + ".");
        }
    }

    /** Why what is typed cannot be part of the design. */
    private Optional<String> fault(Mapping draft) {
        return services.transforms()
                .fault(draft.transform())
                .map(words -> "Transform: " + words)
                .or(fields::roundFault);
    }

    /** Pulls the newest value of the tag. */
    void pull() {
        if (mapping != null && box.getScene() != null) {
            preview();
            double all = fields.node().getLayoutBounds().getHeight() + 2;
            double most = FIELDS_SHARE * box.getScene().getHeight();
            form.setMinHeight(Math.max(LEAST_FIELDS, Math.min(all, most)));
        }
    }

    private void preview() {
        if (mapping == null) {
            return;
        }
        Project project = services.editor().project();
        Mapping draft = fields.draft();
        Optional<String> fault = fault(draft);
        Optional<Sample> own = reader.newest();
        boolean edited = fields.isEdited();
        fields.markFaults(services.transforms().fault(draft.transform()).isPresent());
        preview.remark(edited && fault.isEmpty() ? "Enter takes it, Escape drops it" : "");
        if (fault.isPresent()) {
            preview.showNone(fault.get() + (edited ? ". Not taken yet." : "."), Tone.BAD);
        } else if (own.isEmpty()) {
            preview.showNone("Waiting for a value of the tag…", Tone.DIM);
        } else {
            MappingPreview made =
                    MappingPreview.of(project, draft, own.get(), services.transforms());
            if (made.fault() == null) {
                preview.show(project, draft, own.get(), made);
            } else {
                preview.showNone(
                        Presentation.value(own.get().value()) + " → " + made.fault(), Tone.BAD);
            }
        }
    }

    /** Makes what one field holds part of the design, unless it is faulty. */
    private void take(UnaryOperator<Mapping> change) {
        if (mapping == null) {
            return;
        }
        Mapping after = change.apply(mapping);
        boolean newTransform = !Objects.equals(after.transform(), mapping.transform());
        boolean sound = !newTransform || services.transforms().fault(after.transform()).isEmpty();
        if (sound && !after.equals(mapping)) {
            services.edits().make(new Edit.PutMapping(after));
        }
    }
}
