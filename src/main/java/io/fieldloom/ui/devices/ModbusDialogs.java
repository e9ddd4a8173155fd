package io.fieldloom.ui.devices;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagTable;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.Icon;
import java.io.File;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** What only Modbus devices have: lists of tags, a plan of requests, a scan. FX thread only. */
final class ModbusDialogs {
    private static final double WIDE = 760;
    private static final double HEIGHT = 260;
    private static final double LEAST = 100;
    private static final String GROUP = "Device";

    private final DevicesServices services;
    private final Consumer<String> show;
    private final Consumer<Endpoint> add;

    /**
     * @param show chooses a device's row
     * @param add asks for the rest of a device whose endpoint is known
     */
    ModbusDialogs(DevicesServices services, Consumer<String> show, Consumer<Endpoint> add) {
        this.services = services;
        this.show = show;
        this.add = add;
    }

    /**
     * The commands for the whole window.
     *
     * @param chosen the device that is chosen now
     */
    List<Command> commands(Supplier<Optional<Device>> chosen) {
        Supplier<Optional<Device>> modbus = () -> chosen.get().filter(each -> !each.isOpcUa());
        return List.of(
                Command.named("devices.import", GROUP, "Import tags…")
                        .icon(Icon.FOLDER)
                        .does(() -> importTags(modbus.get().map(Device::name).orElse(null))),
                Command.named("devices.export", GROUP, "Export tags…")
                        .icon(Icon.SAVE)
                        .when(() -> modbus.get().filter(ModbusDialogs::hasTags).isPresent())
                        .does(() -> modbus.get().ifPresent(this::exportTags)),
                Command.named("devices.requests", GROUP, "How tags are read…")
                        .icon(Icon.INFO)
                        .when(() -> modbus.get().filter(ModbusDialogs::hasTags).isPresent())
                        .does(() -> modbus.get().ifPresent(this::requests)),
                Command.named("devices.scan", GROUP, "Scan a Modbus line…")
                        .icon(Icon.SEARCH)
                        .does(() -> scan(modbus.get().map(Device::endpoint).orElse(""))));
    }

    private static boolean hasTags(Device device) {
        return !device.tags().isEmpty();
    }

    /**
     * Takes tags from a file or the clipboard.
     *
     * @param device where those of a table go, or null
     */
    void importTags(String device) {
        new ImportForm(services, device, show).show();
    }

    /** Writes a device's tags as a table that {@link #importTags} reads back. */
    private void exportTags(Device device) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Export the tags of " + device.name());
        chooser.setInitialFileName(device.name() + "-tags.csv");
        File target =
                chooser.showSaveDialog(services.kit().overlay().root().getScene().getWindow());
        if (target == null) {
            return;
        }
        // Spreadsheets take a file without the mark for one in an old encoding.
        String text = "\uFEFF" + TagTable.csv(device.tags().values());
        String tags = DeviceDialogs.tags(device.tags().size()) + " of " + device.name();
        services.kit()
                .tasks()
                .run(
                        "Export the tags of " + device.name(),
                        progress -> Files.writeString(target.toPath(), text),
                        done -> services.kit().notifications().tell(tags + " are in " + target));
    }

    /** Finds units and readable addresses. */
    void scan(String endpoint) {
        new ScanForm(services, add).show(endpoint);
    }

    /** Shows which requests a device's tags become and what load they are. */
    void requests(Device device) {
        PollingPlan plan = PollingPlan.of(device, services.roundTrip(device.name()));
        Label load = Form.message();
        Form.say(load, plan.tone(), plan.words());
        Label more =
                Dialogs.text(
                        "The fewest requests for a device that takes the most in each. What it"
                                + " refuses is learnt while it is read and asked around.");
        more.getStyleClass().add("dim");
        RequestTable table = new RequestTable();
        table.show(plan);
        table.node().setPrefHeight(HEIGHT);
        table.node().setMinHeight(LEAST);
        VBox.setVgrow(table.node(), Priority.ALWAYS);
        DialogPane dialog =
                new DialogPane(
                                "How the tags of " + device.name() + " are read",
                                new VBox(8, load, more, table.node()))
                        .width(WIDE);
        dialog.actionButton("Close", () -> {});
        services.kit().dialogs().show(dialog);
    }
}
