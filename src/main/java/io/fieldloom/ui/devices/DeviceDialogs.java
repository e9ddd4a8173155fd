package io.fieldloom.ui.devices;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.NodeSetExport;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.Presentation;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** The questions about devices. FX thread only. */
final class DeviceDialogs {
    private static final double WIDE = 640;

    private final DevicesServices services;
    private final Consumer<String> show;
    private final ModbusDialogs modbus;

    /**
     * @param show chooses a device's row
     */
    DeviceDialogs(DevicesServices services, Consumer<String> show) {
        this.services = services;
        this.show = show;
        modbus = new ModbusDialogs(services, show, this::add);
    }

    /** Asks for a new device: first which protocol, then the protocol's own questions. */
    void add() {
        Button opcUa = choice("OPC UA server", "opc.tcp://… · browse it, no list of tags needed");
        Button device = choice("Modbus device", "TCP, UDP, serial line · tags by pasting a list");
        Button find = choice("Find devices…", "on a host, or in a subnet");
        Button tags = choice("Import tags…", "CSV, a spreadsheet, Kepware's or Neuron's JSON");
        Button scan = choice("Scan a Modbus line…", "which units answer, what can be read");
        DialogPane dialog =
                new DialogPane("Add device", new VBox(8, opcUa, device, find, scan, tags));
        dialog.cancelButton("Cancel");
        dialog.focusFirst(opcUa);
        opcUa.setOnAction(
                event -> {
                    dialog.close();
                    new OpcUaForm(services, this, null).show();
                });
        device.setOnAction(
                event -> {
                    dialog.close();
                    new ModbusForm(services, this, null).show();
                });
        find.setOnAction(
                event -> {
                    dialog.close();
                    new DiscoveryForm(services, this::add).show();
                });
        scan.setOnAction(
                event -> {
                    dialog.close();
                    modbus.scan("");
                });
        tags.setOnAction(
                event -> {
                    dialog.close();
                    modbus.importTags(null);
                });
        services.kit().dialogs().show(dialog);
    }

    /** Asks for the rest of a device whose endpoint is known. */
    private void add(Endpoint endpoint) {
        if (endpoint.isOpcUa()) {
            new OpcUaForm(services, this, null).showFor(endpoint);
        } else {
            new ModbusForm(services, this, null).showFor(endpoint);
        }
    }

    /** What only Modbus devices have. */
    ModbusDialogs modbus() {
        return modbus;
    }

    /** Shows what is trusted, and what waits for a decision. */
    void certificates() {
        new CertificatesDialog(services).show();
    }

    /** Asks where the address space, or what is below an object, is to be saved. */
    void saveNodeSet(DeviceItem item, NodeSetExport export) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save " + item.name() + " as NodeSet2");
        chooser.setInitialFileName(
                item.name().replaceAll("[^A-Za-z0-9._-]+", "-") + ".NodeSet2.xml");
        File target =
                chooser.showSaveDialog(services.kit().overlay().root().getScene().getWindow());
        if (target != null) {
            new NodeSetDialog(services.kit(), item, target.toPath()).show(export);
        }
    }

    /** Walks the way to a device and says where it ends. */
    void diagnose(DeviceLink link) {
        link.driver()
                .diagnosis()
                .ifPresent(
                        diagnosis ->
                                new DiagnosisDialog(services, diagnosis, link.request()).show());
    }

    private static Button choice(String title, String about) {
        Label name = new Label(title);
        name.getStyleClass().add("strong");
        Label more = new Label(about);
        more.getStyleClass().add("dim");
        Button button = new Button(null, new VBox(2, name, more));
        button.setAccessibleText(title);
        button.setMaxWidth(Double.MAX_VALUE);
        button.getStyleClass().add("choice");
        return button;
    }

    /** Asks for another way to connect, or other tags. */
    void edit(Device device) {
        if (device.isOpcUa()) {
            new OpcUaForm(services, this, device).show();
        } else {
            new ModbusForm(services, this, device).show();
        }
    }

    /** Shows a certificate that waits for a decision. */
    void trust(Device device, PresentedCertificate certificate) {
        boolean changed = certificate.before() != null;
        DialogPane dialog =
                new DialogPane(
                        changed
                                ? device.name() + " shows another certificate"
                                : "Trust the certificate of " + device.name() + "?",
                        new CertificateView(certificate));
        dialog.width(CertificateView.WIDE);
        dialog.focusFirst(dialog.button(CertificateView.refusing(certificate), dialog::cancel));
        dialog.closing(
                changed ? CertificateView.trusting(certificate) : "Trust and connect",
                () ->
                        trust(
                                certificate,
                                () -> {
                                    Device now =
                                            services.project().get().devices().get(device.name());
                                    if (now != null) {
                                        services.registry().refresh(now);
                                    }
                                }));
        services.kit().dialogs().show(dialog);
    }

    void trust(PresentedCertificate certificate, Runnable then) {
        services.kit()
                .tasks()
                .run(
                        "Trust the certificate",
                        progress -> {
                            services.trust().trust(certificate);
                            return null;
                        },
                        done -> then.run());
    }

    void write(TreeRow.OfNode node) {
        services.registry()
                .link(node.device())
                .ifPresent(link -> new WriteForm(services, link, node).show());
    }

    void tellReadOnly(TreeRow.OfNode node) {
        Device device = services.project().get().devices().get(node.device());
        boolean isOpcUa = device != null && device.isOpcUa();
        services.kit()
                .dialogs()
                .tell(
                        node.name() + " is read-only",
                        isOpcUa
                                ? node.device()
                                        + " says that it may not be written (its AccessLevel)."
                                        + " Whoever programs the server can allow it there."
                                : "Input registers and discrete inputs can only be read: Modbus has"
                                        + " no request that writes them. The manual may name a"
                                        + " holding register or coil for the same value.");
    }

    void call(TreeRow.OfNode node) {
        services.registry()
                .link(node.device())
                .ifPresent(link -> new CallForm(services, link, node).show());
    }

    /** Removes a device; where mappings read from it, asks what becomes of them. */
    void remove(Device device) {
        String name = device.name();
        List<String> topics =
                services.project().get().mappings().values().stream()
                        .filter(mapping -> mapping.source().device().equals(name))
                        .map(Mapping::topic)
                        .toList();
        if (topics.isEmpty()) {
            apply(new Edit.RemoveDevice(name), "Removed " + name + "; undo brings it back");
            return;
        }
        String mappings = Presentation.count(topics.size(), "mapping", "mappings");
        DialogPane dialog =
                new DialogPane(
                        "Remove " + name + "?",
                        Dialogs.text(
                                mappings
                                        + " of the namespace read from it. Kept, they publish"
                                        + " nothing and are listed in Problems until another"
                                        + " device takes its name."));
        dialog.cancelButton("Cancel");
        dialog.closing(
                "Keep mappings", () -> apply(new Edit.RemoveDevice(name), "Removed " + name));
        List<Edit> all = new ArrayList<>();
        topics.forEach(topic -> all.add(new Edit.RemoveMapping(topic)));
        all.add(new Edit.RemoveDevice(name));
        dialog.dangerButton(
                "Remove with " + mappings,
                () ->
                        apply(
                                new Edit.Batch("Remove device " + name + " and mappings", all),
                                "Removed " + name + " and " + mappings));
        services.kit().dialogs().show(dialog);
    }

    /** Makes an edit and says so, or why it cannot be. */
    void apply(Edit edit, String done) {
        services.edits().make(edit, change -> services.kit().notifications().tell(done));
    }

    DialogPane wide(String title, VBox content) {
        return new DialogPane(title, content).width(WIDE);
    }

    Optional<Driver> driver(String scheme) {
        return services.drivers().stream().filter(driver -> driver.speaks(scheme)).findFirst();
    }

    /**
     * Puts a device into the project, as one step of undo.
     *
     * @param before what it replaces, or null
     * @param done what follows when it is there
     * @param refused takes why it cannot be
     */
    void put(Device device, Device before, Runnable done, Consumer<String> refused) {
        List<Edit> steps = new ArrayList<>();
        if (before != null && !before.name().equals(device.name())) {
            steps.add(new Edit.RenameDevice(before.name(), device.name()));
        }
        if (before != null) {
            TagText.renamed(before.tags().values(), device.tags().values())
                    .forEach((from, to) -> steps.add(new Edit.RenameTag(device.name(), from, to)));
        }
        steps.add(new Edit.PutDevice(device));
        Edit edit =
                steps.size() == 1
                        ? steps.get(0)
                        : new Edit.Batch("Change device " + device.name(), steps);
        String told = (before == null ? "Added " : "Changed ") + device.name();
        services.edits()
                .make(
                        edit,
                        change -> {
                            services.kit().notifications().tell(told);
                            done.run();
                            show.accept(device.name());
                        },
                        refused);
    }

    static String tags(int count) {
        return Presentation.count(count, "tag", "tags");
    }
}
