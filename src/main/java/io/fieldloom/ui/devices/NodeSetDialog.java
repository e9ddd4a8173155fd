package io.fieldloom.ui.devices;

import io.fieldloom.engine.device.NodeSetExport;
import io.fieldloom.engine.device.NodeSetExport.Saved;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.UiTasks;
import java.nio.file.Path;
import javafx.scene.control.Button;
import javafx.scene.control.Label;

/** Shows how the saving of an address space goes on; closing it ends the saving. FX thread only. */
final class NodeSetDialog {
    private final UiKit kit;
    private final DeviceItem item;
    private final Path file;
    private final Label state = Form.message();
    private volatile long nodes;
    private boolean ended;
    private Button close;
    private Ticker.Handle beat;
    private UiTasks.Running saving;

    /**
     * @param item a device, or an object of it
     */
    NodeSetDialog(UiKit kit, DeviceItem item, Path file) {
        this.kit = kit;
        this.item = item;
        this.file = file;
    }

    void show(NodeSetExport export) {
        DialogPane dialog = new DialogPane("Save " + item.name() + " as NodeSet2", state);
        close = dialog.cancelButton("Cancel");
        dialog.onCancel(this::stop);
        kit.dialogs().show(dialog);
        beat = kit.ticker().every(Ticker.CALM, this::pull);
        saving =
                kit.tasks()
                        .follow(
                                "Save " + item.name() + " as NodeSet2",
                                export.save(item.address(), file, looked -> nodes = looked),
                                this::saved,
                                this::failed);
        pull();
    }

    private void stop() {
        beat.close();
        saving.cancel();
    }

    private void pull() {
        if (!ended) {
            Form.say(
                    state,
                    Tone.DIM,
                    "Reading from "
                            + item.device()
                            + ": "
                            + Presentation.count(nodes, "node", "nodes")
                            + " so far…");
        }
    }

    private void saved(Saved result) {
        end();
        String values =
                result.withoutValue() == 0
                        ? ""
                        : " "
                                + Presentation.count(
                                        result.withoutValue(), "property is", "properties are")
                                + " without value, for the file cannot hold it.";
        Form.say(
                state,
                result.complete() ? Tone.OK : Tone.WARN,
                Presentation.count(result.nodes(), "node is", "nodes are")
                        + " in "
                        + file
                        + (result.complete() ? "." : "; there are more, save a part instead.")
                        + values);
    }

    private void failed(Throwable cause) {
        end();
        Form.say(state, Tone.BAD, new UiTasks.Failure("Save as NodeSet2", cause).words());
    }

    private void end() {
        ended = true;
        beat.close();
        close.setText("Close");
    }
}
