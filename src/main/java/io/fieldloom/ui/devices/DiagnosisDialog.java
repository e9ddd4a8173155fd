package io.fieldloom.ui.devices;

import io.fieldloom.engine.device.Diagnosis;
import io.fieldloom.engine.device.Diagnosis.Layer;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiTasks;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/**
 * Why a device cannot be reached: the layers from its name to its user, one line each as soon as it
 * is known, and what to try at the one that fails. FX thread only.
 */
final class DiagnosisDialog {
    private static final double WIDE = 640;

    private static final Map<String, String> TITLES =
            Map.of(
                    "dns", "Name",
                    "tcp", "Port",
                    "hello", "OPC UA",
                    "endpoints", "Endpoints",
                    "certificate", "Certificate",
                    "session", "Session",
                    "identity", "Login",
                    "modbus", "Modbus");

    private final DevicesServices services;
    private final Diagnosis diagnosis;
    private final SessionRequest request;
    private final VBox content = new VBox(10);
    private final Label state = new Label();
    private Form layers = new Form();
    private Button again;
    private UiTasks.Running running;

    DiagnosisDialog(DevicesServices services, Diagnosis diagnosis, SessionRequest request) {
        this.services = services;
        this.diagnosis = diagnosis;
        this.request = request;
    }

    void show() {
        DialogPane dialog =
                new DialogPane("Can " + request.device() + " be reached?", content).width(WIDE);
        state.setWrapText(true);
        again = dialog.button("Check again", this::walk);
        dialog.cancelButton("Close");
        dialog.onCancel(() -> running.cancel());
        services.kit().dialogs().show(dialog);
        walk();
    }

    private void walk() {
        layers = new Form();
        content.getChildren().setAll(layers, state);
        state.setText("Checking " + request.endpoint().text() + "…");
        Tone.DIM.paint(state);
        again.setDisable(true);
        running =
                services.kit()
                        .tasks()
                        .run(
                                "Check the way to " + request.device(),
                                progress ->
                                        diagnosis.walk(
                                                request,
                                                layer ->
                                                        services.kit()
                                                                .fx()
                                                                .execute(() -> add(layer))),
                                this::done);
    }

    private void add(Layer layer) {
        Label line =
                new Label(
                        layer.advice().isEmpty()
                                ? layer.message()
                                : layer.message() + "\n" + layer.advice(),
                        (layer.ok() ? Icon.CHECK : Icon.WARNING).node());
        line.setWrapText(true);
        line.setGraphicTextGap(8);
        Tone tone = layer.ok() ? Tone.OK : Tone.BAD;
        tone.paint(line.getGraphic());
        layers.line(TITLES.getOrDefault(layer.name(), layer.name()), line);
    }

    private void done(boolean reached) {
        again.setDisable(false);
        state.setText(
                reached
                        ? "Everything works. If it is still shown as away, choose Reconnect now."
                        : "It stops here; what comes after could not be tried.");
        (reached ? Tone.OK : Tone.WARN).paint(state);
    }
}
