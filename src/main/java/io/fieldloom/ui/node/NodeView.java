package io.fieldloom.ui.node;

import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.NodeDetails;
import io.fieldloom.engine.device.NodeDetails.Reference;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.UiTasks;
import io.fieldloom.ui.kit.rows.RowCopy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * All that a device says about the node chosen in the Devices column, or about one that a reference
 * led to; of a chosen device, how its link fares. It asks only while it is on screen. FX thread
 * only.
 */
public final class NodeView extends VBox {
    private static final double ATTRIBUTES_SHARE = 0.5;
    private static final int MOST_BACK = 50;

    /** Classes of nodes that are below Objects, where the Devices column begins. */
    private static final Set<String> INSTANCES = Set.of("Object", "Variable", "Method");

    private final NodeServices services;
    private final AttributeList attributes = new AttributeList("Attribute");
    private final ReferenceList references;
    private final AttributeList conversation = new AttributeList("Conversation");
    private final DeviceWatch watch;
    private final SplitPane split = new SplitPane();
    private final StackPane body = new StackPane();
    private final Label where = new Label();
    private final Label address = new Label();
    private final Button back = new Button("Back");
    private final Button copy = new Button("Copy NodeId");
    private final Button again = new Button("Read again");
    private final Button connect = new Button("Connect now");
    private final Button identify = new Button("Identify");
    private final Deque<Subject> earlier = new ArrayDeque<>();
    private TreeRow chosen;
    private Subject subject;
    private String shownDevice;
    private boolean waits;
    private UiTasks.Running reading;

    /** A node of a device. */
    private record Subject(String device, String address) {}

    public NodeView(NodeServices services) {
        this.services = services;
        references = new ReferenceList(this::follow, this::menu);
        getStyleClass().add("tab-pane-body");
        split.getItems().addAll(attributes.node(), references.node());
        split.setDividerPositions(ATTRIBUTES_SHARE);
        VBox.setVgrow(body, Priority.ALWAYS);
        body.setMinSize(0, 0);
        watch = new DeviceWatch(services);
        getChildren().addAll(tools(), body);
        say(
                Icon.DEVICE,
                "Choose a device or a node in Devices",
                "How the device is reached, or what it says about the node, is shown here.");
        services.kit().ticker().every(Ticker.CALM, this::pull);
        pull();
    }

    private HBox tools() {
        where.getStyleClass().add("strong");
        where.setMinWidth(0);
        address.getStyleClass().addAll("mono", "dim");
        address.setMinWidth(0);
        address.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(address, Priority.ALWAYS);
        back.setOnAction(event -> back());
        Tip.set(back, "The node looked at before");
        copy.setOnAction(event -> RowCopy.put(subject.address()));
        again.setOnAction(event -> readAgain());
        connect.setOnAction(event -> watch.connect());
        Tip.set(connect, "Does not wait for the next attempt");
        identify.setOnAction(event -> identify());
        Tip.set(identify, "Asks the device for its vendor, product and revision (function 43)");
        for (Button button : List.of(back, copy, again, identify, connect)) {
            button.getStyleClass().add("quiet");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.managedProperty().bind(button.visibleProperty());
        }
        HBox tools = new HBox(6, where, address, back, copy, again, identify, connect);
        tools.getStyleClass().add("tab-tools");
        return tools;
    }

    /** Looks whether another row was chosen, and whether a device that was away is there. */
    private void pull() {
        if (getScene() == null || getScene().getWindow() == null) {
            return;
        }
        TreeRow now = services.chosen().get();
        boolean isOther = now != null && (chosen == null || !now.path().equals(chosen.path()));
        if (isOther) {
            chosen = now;
            choose(now);
        } else if (shownDevice != null) {
            refreshDevice();
        } else if (waits
                && subject != null
                && services.details().apply(subject.device()).isPresent()) {
            read();
        }
    }

    private void choose(TreeRow row) {
        if (!(row instanceof TreeRow.OfNode node)) {
            showDevice(row.device());
            return;
        }
        Subject other = new Subject(node.device(), node.item().address());
        if (!other.equals(subject)) {
            show(other);
        } else if (shownDevice != null) {
            read();
        }
    }

    private void showDevice(String device) {
        stopReading();
        waits = false;
        boolean isOther = !device.equals(shownDevice);
        shownDevice = device;
        where.setText(device);
        if (isOther) {
            attributes.set(List.of());
            conversation.set(List.of());
            splitInto(attributes.node(), conversation.node());
        }
        refreshDevice();
        controls();
    }

    private void refreshDevice() {
        Device device = services.project().get().devices().get(shownDevice);
        Optional<DeviceFacts> facts = device == null ? Optional.empty() : watch.look(device);
        address.setText(device == null ? "" : Presentation.protocol(device.scheme()));
        connect.setDisable(facts.isEmpty() || !watch.mayConnect());
        identify.setVisible(facts.isPresent() && watch.mayIdentify());
        if (device == null) {
            sayOnce(shownDevice + " is no longer in the project", "Choose another one in Devices.");
        } else if (facts.isEmpty()) {
            sayOnce(
                    shownDevice + " has no connection",
                    Presentation.sentence(
                            services.registry()
                                    .fault(shownDevice)
                                    .orElse("it is made once the plant has started")));
        } else {
            attributes.update(DeviceLines.connection(facts.get()));
            conversation.update(DeviceLines.conversation(facts.get()));
            put(split);
        }
    }

    private void identify() {
        watch.identify()
                .ifPresent(
                        asked ->
                                services.kit()
                                        .tasks()
                                        .follow(
                                                "Ask " + shownDevice + " what it is",
                                                asked,
                                                told -> refreshDevice()));
    }

    private void sayOnce(String headline, String advice) {
        boolean isSaid = body.getChildren().get(0) instanceof EmptyState;
        if (!isSaid) {
            say(Icon.DEVICE, headline, advice);
        }
    }

    private void splitInto(Node... parts) {
        if (!split.getItems().equals(List.of(parts))) {
            split.getItems().setAll(parts);
            split.setDividerPositions(ATTRIBUTES_SHARE);
        }
    }

    /** Looks into a node, whichever is chosen in the Devices column. */
    public void look(TagRef node) {
        show(new Subject(node.device(), node.tag()));
    }

    private void show(Subject other) {
        if (subject != null) {
            earlier.push(subject);
            if (earlier.size() > MOST_BACK) {
                earlier.removeLast();
            }
        }
        subject = other;
        read();
    }

    private void back() {
        subject = earlier.pop();
        read();
    }

    private void readAgain() {
        if (reading == null) {
            read();
        } else {
            stopReading();
            say(
                    Icon.STOP,
                    "Reading was cancelled",
                    "Press Read again to ask " + subject.device() + " once more.");
            controls();
        }
    }

    private void stopReading() {
        if (reading != null) {
            reading.cancel();
            reading = null;
        }
    }

    private void read() {
        stopReading();
        leaveDevice();
        waits = false;
        Subject asked = subject;
        where.setText(asked.device());
        address.setText(asked.address());
        Device device = services.project().get().devices().get(asked.device());
        Optional<NodeDetails> details = services.details().apply(asked.device());
        if (device == null) {
            say(
                    Icon.DEVICE,
                    asked.device() + " is no longer in the project",
                    "Choose another node in Devices.");
        } else if (!device.isOpcUa()) {
            showModbus(device, asked);
        } else if (details.isEmpty()) {
            waits = true;
            say(
                    Icon.DEVICE,
                    asked.device() + " is not connected",
                    "The node is read as soon as it is.");
        } else {
            reading =
                    services.kit()
                            .tasks()
                            .follow(
                                    "Look into " + asked.address() + " on " + asked.device(),
                                    details.get().details(asked.address()),
                                    this::show,
                                    this::failed);
        }
        controls();
    }

    /** A device's lines do not stand below the name of a node that is still being read. */
    private void leaveDevice() {
        if (shownDevice != null) {
            shownDevice = null;
            attributes.set(List.of());
            references.set(List.of(), Status.GOOD);
            splitInto(attributes.node(), references.node());
        }
    }

    private void controls() {
        boolean isOpcUa =
                Optional.ofNullable(subject)
                        .map(node -> services.project().get().devices().get(node.device()))
                        .map(Device::isOpcUa)
                        .orElse(false);
        boolean isNode = shownDevice == null;
        back.setVisible(isNode);
        copy.setVisible(isNode);
        again.setVisible(isNode);
        connect.setVisible(!isNode);
        identify.setVisible(!isNode && identify.isVisible());
        back.setDisable(earlier.isEmpty());
        copy.setDisable(subject == null);
        copy.setText(isOpcUa || subject == null ? "Copy NodeId" : "Copy address");
        again.setDisable(!isOpcUa);
        again.setText(reading == null ? "Read again" : "Cancel");
    }

    private void show(NodeDetails.Node node) {
        reading = null;
        where.setText(subject.device() + " › " + node.name());
        attributes.set(NodeLines.of(node));
        references.set(node.references(), node.browsed());
        splitInto(attributes.node(), references.node());
        put(split);
        controls();
    }

    private void showModbus(Device device, Subject asked) {
        TagSpec tag =
                device.tags().values().stream()
                        .filter(one -> one.address().equals(asked.address()))
                        .findFirst()
                        .orElseGet(() -> TagSpec.of(asked.address(), asked.address()));
        where.setText(asked.device() + " › " + tag.name());
        attributes.set(ModbusLines.of(device, tag));
        splitInto(attributes.node());
        put(split);
    }

    private void failed(Throwable cause) {
        reading = null;
        UiTasks.Failure failure = new UiTasks.Failure("Look into " + subject.address(), cause);
        say(Icon.WARNING, subject.device() + " did not tell", failure.words());
        controls();
    }

    private void follow(Reference reference) {
        if (!reference.local() || subject == null) {
            services.kit()
                    .notifications()
                    .fail(
                            reference.target()
                                    + " is on another server, which must be added as a device");
            return;
        }
        String device = subject.device();
        show(new Subject(device, reference.target()));
        if (INSTANCES.contains(reference.nodeClass())) {
            services.find().accept(new TagRef(device, reference.target()));
        }
    }

    private List<javafx.scene.control.MenuItem> menu(List<Reference> rows) {
        return CommandRegistry.items(
                List.of(
                        Command.named("node.follow", "Details", "Go to it")
                                .icon(Icon.SEARCH)
                                .when(() -> rows.size() == 1)
                                .does(() -> follow(rows.get(0))),
                        Command.named("node.copy-target", "Details", "Copy NodeId")
                                .icon(Icon.COPY)
                                .when(() -> !rows.isEmpty())
                                .does(references::copyTargets)));
    }

    private void say(Icon icon, String headline, String advice) {
        put(new EmptyState(icon, headline, advice));
    }

    private void put(Node wanted) {
        if (body.getChildren().isEmpty() || body.getChildren().get(0) != wanted) {
            body.getChildren().setAll(wanted);
        }
    }
}
