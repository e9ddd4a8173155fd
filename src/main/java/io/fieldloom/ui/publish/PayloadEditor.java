package io.fieldloom.ui.publish;

import io.fieldloom.engine.payload.JsonText;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/** The payload as it is typed; what looks like JSON is checked on the way. */
final class PayloadEditor {
    private final TextArea area = new TextArea();
    private final Button format = new Button("Format JSON");
    private Optional<JsonText.Flaw> flaw = Optional.empty();
    private boolean json;

    PayloadEditor() {
        area.setPromptText("Payload, e.g. {\"value\": 21.5}");
        area.setAccessibleText("Payload");
        area.getStyleClass().add("code");
        area.setPrefRowCount(3);
        area.setMinHeight(40);
        format.getStyleClass().add("quiet");
        format.setTooltip(new Tooltip("Lays the JSON out over several lines"));
        format.setMinWidth(Region.USE_PREF_SIZE);
        format.setOnAction(
                event -> JsonText.pretty(area.getText()).ifPresent(text -> area.setText(text)));
        judge();
    }

    TextArea node() {
        return area;
    }

    Button format() {
        return format;
    }

    String text() {
        return area.getText();
    }

    void show(String text) {
        area.setText(text);
    }

    /** Calls back after each change, when it has been judged. */
    void onChange(Runnable listener) {
        area.textProperty()
                .addListener(
                        observable -> {
                            judge();
                            listener.run();
                        });
    }

    private void judge() {
        String text = area.getText();
        flaw = JsonText.flaw(text);
        json = flaw.isEmpty();
        format.setDisable(!json);
    }

    /** What it is, and where it is not what it seems to be. */
    String words() {
        String text = area.getText();
        String size = Presentation.bytes(text.getBytes(StandardCharsets.UTF_8).length);
        if (text.isEmpty()) {
            return "Empty payload";
        }
        if (json) {
            return "JSON · " + size;
        }
        if (!JsonText.isMeant(text)) {
            return "Text · " + size;
        }
        return "Not JSON: line "
                + flaw.get().line()
                + ", column "
                + flaw.get().column()
                + ": "
                + flaw.get().message();
    }

    Tone tone() {
        return !json && JsonText.isMeant(area.getText()) ? Tone.WARN : Tone.DIM;
    }
}
