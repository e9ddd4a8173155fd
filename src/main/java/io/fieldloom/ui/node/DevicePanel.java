package io.fieldloom.ui.node;

import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.LinkState.Phase;
import io.fieldloom.engine.device.LinkStatistics;
import io.fieldloom.engine.device.LinkStatistics.Counts;
import io.fieldloom.engine.device.SubscriptionHealth;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tip;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
 * How one device's link fares: its state with the time to the next attempt, the last error, and
 * what goes back and forth. FX thread only.
 */
final class DevicePanel extends VBox {
    private static final double CONNECTION_SHARE = 0.5;

    private final NodeServices services;
    private final Label name = new Label();
    private final Label protocol = new Label();
    private final Button connect = new Button("Connect now");
    private final AttributeList connection = new AttributeList("Connection");
    private final AttributeList conversation = new AttributeList("Conversation");
    private final SplitPane split = new SplitPane();
    private final StackPane body = new StackPane();
    private final Rate samples = new Rate();
    private final Rate requests = new Rate();
    private final ServerClock clock;
    private String device;

    DevicePanel(NodeServices services) {
        this.services = services;
        clock = new ServerClock(services.kit().fx());
        name.getStyleClass().add("strong");
        name.setMinWidth(Region.USE_PREF_SIZE);
        protocol.getStyleClass().add("dim");
        protocol.setMinWidth(0);
        protocol.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(protocol, Priority.ALWAYS);
        connect.getStyleClass().add("quiet");
        connect.setMinWidth(Region.USE_PREF_SIZE);
        connect.setOnAction(event -> connect());
        Tip.set(connect, "Does not wait for the next attempt");
        HBox tools = new HBox(6, name, protocol, connect);
        tools.getStyleClass().add("tab-tools");
        split.getItems().addAll(connection.node(), conversation.node());
        split.setDividerPositions(CONNECTION_SHARE);
        body.setMinSize(0, 0);
        VBox.setVgrow(body, Priority.ALWAYS);
        VBox.setVgrow(this, Priority.ALWAYS);
        setMinSize(0, 0);
        getChildren().addAll(tools, body);
    }

    /** Shows another device. */
    void show(String other) {
        if (!other.equals(device)) {
            device = other;
            samples.forget();
            requests.forget();
        }
        refresh();
    }

    /** Looks again. */
    void refresh() {
        Device definition = services.project().get().devices().get(device);
        Optional<DeviceLink> link = services.registry().link(device);
        name.setText(device);
        protocol.setText(definition == null ? "" : Presentation.protocol(definition.scheme()));
        connect.setDisable(link.map(one -> !mayConnect(one.state().phase())).orElse(true));
        if (definition == null) {
            put(
                    new EmptyState(
                            Icon.DEVICE,
                            device + " is no longer in the project",
                            "Choose another device in Devices."));
        } else if (link.isEmpty()) {
            put(
                    new EmptyState(
                            Icon.WARNING,
                            device + " has no connection",
                            Presentation.sentence(
                                    services.registry()
                                            .fault(device)
                                            .orElse("it is made when the project runs"))));
        } else {
            DeviceFacts facts = facts(definition, link.get());
            connection.update(DeviceLines.connection(facts));
            conversation.update(DeviceLines.conversation(facts));
            put(split);
        }
    }

    private static boolean mayConnect(Phase phase) {
        return phase == Phase.WAITING || phase == Phase.STOPPED;
    }

    private DeviceFacts facts(Device definition, DeviceLink link) {
        long time = System.nanoTime();
        Instant now = Instant.now();
        Optional<Counts> counts = link.capability(LinkStatistics.class).map(LinkStatistics::counts);
        return new DeviceFacts(
                definition,
                link.request().endpoint().text(),
                link.state(),
                link.lastFailure(),
                samples.at(time, link.samples()),
                counts.map(all -> requests.at(time, all.requests())).orElse(0.0),
                counts,
                link.capability(SubscriptionHealth.class)
                        .map(SubscriptionHealth::streams)
                        .orElse(List.of()),
                definition.isOpcUa() ? clock.of(link, now) : Optional.empty(),
                now);
    }

    private void connect() {
        services.registry()
                .link(device)
                .ifPresent(
                        link -> {
                            if (link.state().phase() == Phase.STOPPED) {
                                link.start();
                            } else {
                                link.reconnectNow();
                            }
                        });
        refresh();
    }

    private void put(Node wanted) {
        boolean isAnother =
                body.getChildren().isEmpty()
                        || body.getChildren().get(0) != wanted
                                && !(wanted instanceof EmptyState
                                        && body.getChildren().get(0) instanceof EmptyState);
        if (isAnother) {
            body.getChildren().setAll(wanted);
        }
    }
}
