package io.fieldloom.ui.devices;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.LinkState;
import io.fieldloom.engine.device.NodeSetExport;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.device.tree.DeviceTree;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.ui.kit.Arming;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** What can be done with rows of the device tree. FX thread only. */
final class DeviceActions {
    private static final String GROUP = "Device";

    private final DevicesServices services;
    private final DeviceTree tree;
    private final VirtualRows<TreeRow> rows;
    private final DeviceDialogs dialogs;
    private final TagEdits tags;
    private final Arming arming;
    private final Command add;
    private final Command map;
    private final Command watch;
    private final Command chart;
    private final Command history;
    private final Command write;
    private final Command editTag;
    private final Command call;
    private final Command events;
    private final Command nodeSet;
    private final Command arm;
    private final Command reload;
    private final List<Command> modbus;

    DeviceActions(DevicesServices services, DeviceTree tree, VirtualRows<TreeRow> rows) {
        this.services = services;
        this.tree = tree;
        this.rows = rows;
        tags = new TagEdits(services, rows);
        arming = new Arming(services.kit().dialogs(), services.armed());
        dialogs =
                new DeviceDialogs(
                        services,
                        name -> {
                            rows.reveal(name);
                            rows.requestFocus();
                        });
        add =
                Command.named("devices.add", GROUP, "+ Add device")
                        .key("Shortcut+D")
                        .when(() -> !services.edits().readOnly())
                        .does(dialogs::add);
        map =
                Command.named("devices.map", GROUP, "Map to namespace…")
                        .icon(Icon.MAP)
                        .key("Shortcut+M")
                        .when(
                                () ->
                                        !services.edits().readOnly()
                                                && !items(rows.selected()).isEmpty())
                        .does(() -> services.map().accept(new Dragged(items(rows.selected()))));
        watch =
                Command.named("devices.watch", GROUP, "Add to watch list")
                        .icon(Icon.ADD)
                        .key("Shortcut+Shift+W")
                        .when(() -> !items(rows.selected()).isEmpty())
                        .does(() -> services.watch().accept(new Dragged(items(rows.selected()))));
        chart =
                Command.named("devices.chart", GROUP, "Chart")
                        .icon(Icon.CHART)
                        .key("Shortcut+G")
                        .when(() -> !variables().isEmpty())
                        .does(() -> services.charts().chart(variables()));
        history =
                Command.named("devices.history", GROUP, "History")
                        .icon(Icon.HISTORY)
                        .when(() -> variable().isPresent())
                        .does(() -> services.charts().history(item(lead())));
        write =
                Command.named("devices.write", GROUP, "Write…")
                        .icon(Icon.WRITE)
                        .when(() -> variable().filter(TreeRow.OfNode::writable).isPresent())
                        .does(() -> variable().ifPresent(this::write));
        editTag =
                Command.named("devices.edittag", GROUP, "Edit tag…")
                        .icon(Icon.EDIT)
                        .when(() -> tags.tag(lead()).isPresent())
                        .does(() -> tags.edit(lead()));
        call =
                Command.named("devices.call", GROUP, "Call…")
                        .icon(Icon.PLAY)
                        .when(() -> method().isPresent())
                        .does(() -> method().ifPresent(this::call));
        events =
                Command.named("devices.events", GROUP, "Watch events")
                        .icon(Icon.HISTORY)
                        .when(() -> isBranchOfServer(lead()))
                        .does(() -> services.events().accept(item(lead())));
        nodeSet =
                Command.named("devices.nodeset", GROUP, "Save as NodeSet2…")
                        .icon(Icon.SAVE)
                        .when(() -> isBranchOfServer(lead()) && export(lead()).isPresent())
                        .does(
                                () ->
                                        export(lead())
                                                .ifPresent(
                                                        export ->
                                                                dialogs.saveNodeSet(
                                                                        item(lead()), export)));
        arm =
                Command.named("devices.arm", GROUP, "Arm or disarm writing")
                        .icon(Icon.UNLOCK)
                        .when(() -> lead() != null)
                        .does(() -> arm(lead().device()));
        reload =
                Command.named("devices.reload", GROUP, "Browse again")
                        .icon(Icon.RELOAD)
                        .key("Shortcut+F5")
                        .when(() -> lead() != null)
                        .does(() -> tree.reload(branchPath(lead())));
        modbus =
                dialogs.modbus()
                        .commands(
                                () -> Optional.ofNullable(lead()).map(row -> device(row.device())));
    }

    ModbusDialogs modbus() {
        return dialogs.modbus();
    }

    Command addDevice() {
        return add;
    }

    void register(CommandRegistry commands) {
        List.of(add, map, watch, chart, history, write, editTag, call, events, nodeSet, arm, reload)
                .forEach(commands::add);
        modbus.forEach(commands::add);
        commands.add(
                Command.named("devices.certificates", GROUP, "Certificates…")
                        .icon(Icon.LOCK)
                        .does(dialogs::certificates));
    }

    /** The tags and branches among rows; a device stands for all its tags. */
    static List<DeviceItem> items(List<TreeRow> rows) {
        List<DeviceItem> items = new ArrayList<>();
        for (TreeRow row : rows) {
            if (row instanceof TreeRow.OfDevice device) {
                items.add(DeviceItem.device(device.name()));
            } else if (row instanceof TreeRow.OfNode node && !node.isMethod()) {
                items.add(node.item());
            }
        }
        return items;
    }

    private TreeRow lead() {
        return rows.lead();
    }

    private Optional<TreeRow.OfNode> variable() {
        return lead() instanceof TreeRow.OfNode node && node.isVariable()
                ? Optional.of(node)
                : Optional.empty();
    }

    private List<DeviceItem> variables() {
        return items(rows.selected()).stream().filter(item -> !item.branch()).toList();
    }

    private Optional<TreeRow.OfNode> method() {
        return lead() instanceof TreeRow.OfNode node && node.isMethod()
                ? Optional.of(node)
                : Optional.empty();
    }

    private Optional<NodeSetExport> export(TreeRow row) {
        return link(row.device()).flatMap(link -> link.capability(NodeSetExport.class));
    }

    /** Which objects tell events only the server knows; it says so when it is asked to. */
    private boolean isBranchOfServer(TreeRow row) {
        boolean isBranch =
                row instanceof TreeRow.OfDevice
                        || row instanceof TreeRow.OfNode node && node.nodeClass().equals("Object");
        Device device = isBranch ? device(row.device()) : null;
        return device != null && device.isOpcUa();
    }

    private static DeviceItem item(TreeRow row) {
        return row instanceof TreeRow.OfNode node ? node.item() : DeviceItem.device(row.device());
    }

    private static String branchPath(TreeRow row) {
        if (row instanceof TreeRow.OfMessage message) {
            return message.below();
        }
        return row.isBranch() || !row.path().contains("/")
                ? row.path()
                : row.path().substring(0, row.path().lastIndexOf('/'));
    }

    /**
     * The delete key removes a device and F2 edits it; a Modbus tag is renamed by F2, and those of
     * the selection are removed. What an OPC UA server has is its own.
     */
    void pressed(KeyEvent event) {
        boolean one = rows.selected().size() == 1;
        if (tags.tag(lead()).isPresent()) {
            if (event.getCode() == KeyCode.DELETE) {
                event.consume();
                tags.remove(rows.selected());
            } else if (one && event.getCode() == KeyCode.F2) {
                event.consume();
                tags.rename(lead());
            }
            return;
        }
        if (!one || !(lead() instanceof TreeRow.OfDevice device)) {
            return;
        }
        if (event.getCode() == KeyCode.DELETE) {
            event.consume();
            dialogs.remove(device.definition());
        } else if (event.getCode() == KeyCode.F2) {
            event.consume();
            dialogs.edit(device.definition());
        }
    }

    /** What Enter and a double click do beyond opening a branch. */
    void open(TreeRow row) {
        if (row instanceof TreeRow.OfNode node && node.isVariable() && !node.isBranch()) {
            services.charts().chart(List.of(node.item()));
        } else if (row instanceof TreeRow.OfNode node && node.isMethod()) {
            call(node);
        } else if (row instanceof TreeRow.OfMessage message && message.failed()) {
            mend(message);
        }
    }

    private void mend(TreeRow.OfMessage message) {
        Device device = device(message.device());
        if (device != null && message.cause() != null && message.cause().needsPerson()) {
            decide(device);
        } else if (link(message.device()).map(link -> link.state().isUp()).orElse(false)) {
            tree.reload(message.below());
        } else {
            reconnect(message.device());
        }
    }

    List<MenuItem> menu(List<TreeRow> chosen) {
        if (chosen.isEmpty()) {
            return CommandRegistry.items(List.of(add));
        }
        List<Command> commands = new ArrayList<>();
        boolean one = chosen.size() == 1;
        TreeRow row = one && lead() != null ? lead() : chosen.get(0);
        if (!items(chosen).isEmpty()) {
            commands.addAll(List.of(map, watch));
        }
        if (!one && !variables().isEmpty()) {
            commands.add(chart);
        }
        if (one && row instanceof TreeRow.OfNode node && node.isVariable()) {
            commands.addAll(List.of(chart, history));
            commands.add(
                    node.writable()
                            ? write
                            : item("Write… (read-only)", Icon.WRITE, false, () -> {}));
            commands.add(null);
            commands.add(
                    item(
                            "Copy value",
                            Icon.COPY,
                            node.sample() != null,
                            () -> RowCopy.put(Presentation.exact(node.sample().value()))));
        }
        if (one && row instanceof TreeRow.OfNode node && node.isMethod()) {
            commands.add(call);
        }
        if (one && isBranchOfServer(row)) {
            commands.addAll(List.of(events, nodeSet));
        }
        addCopy(chosen, commands);
        addTagCommands(chosen, commands);
        if (one && row instanceof TreeRow.OfDevice device) {
            addDeviceCommands(device, commands);
        } else if (one) {
            commands.add(null);
            commands.add(armItem(row.device()));
            if (row.isBranch() || row instanceof TreeRow.OfMessage) {
                commands.add(reload);
            }
        }
        return CommandRegistry.items(commands);
    }

    private void addCopy(List<TreeRow> chosen, List<Command> commands) {
        List<TreeRow.OfNode> nodes =
                chosen.stream()
                        .filter(TreeRow.OfNode.class::isInstance)
                        .map(TreeRow.OfNode.class::cast)
                        .toList();
        if (nodes.isEmpty()) {
            return;
        }
        Device device = device(nodes.get(0).device());
        String what = device != null && device.isOpcUa() ? "NodeId" : "address";
        String addresses =
                nodes.stream().map(node -> node.item().address()).collect(Collectors.joining("\n"));
        commands.add(
                item(
                        "Copy " + (nodes.size() == 1 ? what : nodes.size() + " addresses"),
                        Icon.COPY,
                        true,
                        () -> RowCopy.put(addresses)));
    }

    private void addTagCommands(List<TreeRow> chosen, List<Command> commands) {
        if (!chosen.stream().allMatch(row -> tags.tag(row).isPresent())) {
            return;
        }
        commands.add(null);
        if (chosen.size() == 1) {
            TreeRow row = chosen.get(0);
            commands.add(editTag);
            commands.add(keyed("Rename tag", Icon.EDIT, "F2", () -> tags.rename(row)));
        }
        String what = chosen.size() == 1 ? "Remove tag" : "Remove " + chosen.size() + " tags";
        commands.add(keyed(what, Icon.TRASH, "Delete", () -> tags.remove(chosen)));
    }

    private void addDeviceCommands(TreeRow.OfDevice row, List<Command> commands) {
        Device device = row.definition();
        LinkState.Phase phase = row.link() == null ? null : row.link().phase();
        commands.add(null);
        commands.add(keyed("Edit device…", Icon.EDIT, "F2", () -> dialogs.edit(device)));
        if (!device.isOpcUa()) {
            commands.addAll(modbus);
        }
        if (certificateWaits(device.name())) {
            commands.add(item("Look at the certificate…", Icon.LOCK, true, () -> trust(device)));
        }
        if (device.simulator() != null) {
            commands.add(useItem(device));
        }
        commands.add(armItem(device.name()));
        commands.add(null);
        boolean down = phase != null && phase != LinkState.Phase.UP;
        commands.add(item("Reconnect now", Icon.RELOAD, down, () -> reconnect(device.name())));
        commands.add(
                item(
                        "Can it be reached?…",
                        Icon.INFO,
                        link(device.name()).isPresent(),
                        () -> link(device.name()).ifPresent(dialogs::diagnose)));
        boolean off = phase == null || phase == LinkState.Phase.STOPPED;
        commands.add(
                item(
                        "Disconnect",
                        Icon.STOP,
                        !off,
                        () -> link(device.name()).ifPresent(DeviceLink::stop)));
        commands.add(reload);
        commands.add(null);
        commands.add(keyed("Remove device", Icon.TRASH, "Delete", () -> dialogs.remove(device)));
    }

    private Command armItem(String device) {
        boolean armed = services.armed().isArmed(device);
        return item(
                armed ? "Disarm writing" : "Arm writing…",
                armed ? Icon.LOCK : Icon.UNLOCK,
                true,
                () -> arm(device));
    }

    private Command useItem(Device device) {
        boolean simulated = device.use() == Device.Use.SIMULATED;
        String title = simulated ? "Use the real device" : "Use simulator " + device.simulator();
        Device other = device.withUse(simulated ? Device.Use.REAL : Device.Use.SIMULATED);
        return item(
                title,
                Icon.DEVICE,
                true,
                () ->
                        dialogs.apply(
                                new Edit.PutDevice(other),
                                device.name()
                                        + (simulated
                                                ? " is the real device now"
                                                : " is simulated now")));
    }

    private static Command item(String title, Icon icon, boolean enabled, Runnable action) {
        return Command.named("devices.item", GROUP, title)
                .icon(icon)
                .when(() -> enabled)
                .does(action);
    }

    /** One whose key is listened to in {@link #pressed}. */
    private static Command keyed(String title, Icon icon, String key, Runnable action) {
        return Command.named("devices.item", GROUP, title).icon(icon).localKey(key).does(action);
    }

    /** Only what may be written is worth arming a device for. */
    void write(TreeRow.OfNode node) {
        if (!node.writable()) {
            dialogs.tellReadOnly(node);
            return;
        }
        arming.armed(node.device(), () -> dialogs.write(node));
    }

    private void call(TreeRow.OfNode node) {
        arming.armed(node.device(), () -> dialogs.call(node));
    }

    private void arm(String device) {
        if (services.armed().isArmed(device)) {
            services.armed().disarm(device);
            rows.refresh();
        } else {
            arming.ask(device, rows::refresh);
        }
    }

    private void reconnect(String device) {
        link(device)
                .ifPresent(
                        link -> {
                            if (link.state().phase() == LinkState.Phase.STOPPED) {
                                link.start();
                            } else {
                                link.reconnectNow();
                            }
                        });
    }

    /** Asks for what a device waits for. */
    void decide(Device device) {
        if (certificateWaits(device.name())) {
            trust(device);
        } else {
            dialogs.edit(device);
        }
    }

    private boolean certificateWaits(String device) {
        return link(device)
                .flatMap(link -> link.state().why())
                .flatMap(DeviceException::certificate)
                .isPresent();
    }

    private void trust(Device device) {
        link(device.name())
                .flatMap(link -> link.state().why())
                .flatMap(DeviceException::certificate)
                .ifPresent(certificate -> dialogs.trust(device, certificate));
    }

    private Device device(String name) {
        return services.project().get().devices().get(name);
    }

    private Optional<DeviceLink> link(String device) {
        return services.registry().link(device);
    }
}
