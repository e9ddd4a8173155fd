package io.fieldloom.ui.devices;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.SearchPlace;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.engine.device.FoundDevice;
import io.fieldloom.engine.device.NetworkScan;
import io.fieldloom.engine.device.NetworkScan.Limits;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiTasks;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * Looks for devices on a host or in a subnet, says before it starts what it will do, and hands over
 * the one that a person chooses. FX thread only.
 */
final class DiscoveryForm {
    private static final double WIDE = 720;

    private final DevicesServices services;
    private final Consumer<Endpoint> chosen;
    private final NetworkScan scan;
    private final TextField where = new TextField();
    private final Button search = new Button("Search");
    private final Label plan = Form.message();
    private final ProgressBar progress = new ProgressBar(0);
    private final FlatRows<FoundDevice> index =
            new FlatRows<>(FoundDevice::endpoint, FoundDevice::endpoint);
    private final VirtualRows<FoundDevice> rows;
    private final List<FoundDevice> found = new ArrayList<>();
    private DialogPane dialog;
    private Button add;
    private UiTasks.Running running;

    /** What a text asks for. */
    private record Question(List<String> hosts, List<Integer> ports, String words) {
        /** {@code port 502}, {@code ports 102, 502}. */
        static String named(List<Integer> ports) {
            return (ports.size() == 1 ? "port " : "ports ")
                    + ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
    }

    /**
     * @param chosen takes the endpoint that a device is to be added from
     */
    DiscoveryForm(DevicesServices services, Consumer<Endpoint> chosen) {
        this.services = services;
        this.chosen = chosen;
        scan = new NetworkScan(services.drivers(), Limits.GENTLE);
        rows =
                new VirtualRows<>(
                        "Found devices",
                        index,
                        index,
                        List.of(
                                Column.text(
                                        "Endpoint",
                                        0,
                                        (device, cell) -> cell.text(device.endpoint()).mono()),
                                Column.<FoundDevice>text(
                                                "Device",
                                                150,
                                                (device, cell) -> cell.text(device.words()))
                                        .keep(2),
                                Column.<FoundDevice>text(
                                                "Security",
                                                170,
                                                (device, cell) ->
                                                        cell.text(security(device)).tone(Tone.DIM))
                                        .keep(1)));
        rows.onOpen(this::choose);
        new RowCopy<>(rows, FoundDevice::endpoint);
    }

    private static String security(FoundDevice device) {
        return device.security().stream().map(Security::text).collect(Collectors.joining(", "));
    }

    void show() {
        where.setPromptText("plc-1, 10.0.0.5:4840 or 10.0.0.0/24");
        where.setAccessibleText("Host or subnet");
        HBox.setHgrow(where, Priority.ALWAYS);
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setVisible(false);
        rows.setPrefHeight(240);
        VBox.setVgrow(rows, Priority.ALWAYS);
        dialog =
                new DialogPane(
                                "Find devices",
                                new VBox(8, new HBox(8, where, search), plan, progress, rows))
                        .width(WIDE);
        dialog.cancelButton("Close");
        dialog.onCancel(this::stop);
        add = dialog.button("Add this device…", () -> choose(rows.lead()));
        add.getStyleClass().add("primary");
        add.setDisable(true);
        dialog.focusFirst(where);
        search.setOnAction(event -> toggle());
        where.setOnAction(event -> toggle());
        where.textProperty().addListener(observable -> explain());
        rows.onSelection(this::check);
        services.kit().dialogs().show(dialog);
        explain();
    }

    private void check() {
        FoundDevice device = rows.lead();
        add.setDisable(device == null || endpoint(device) == null);
    }

    private static Endpoint endpoint(FoundDevice device) {
        try {
            return Endpoint.parse(device.endpoint());
        } catch (MalformedException e) {
            return null; // a protocol that is named, but not spoken
        }
    }

    private void explain() {
        String text = where.getText().strip();
        if (text.isEmpty()) {
            search.setDisable(true);
            Form.say(
                    plan,
                    Tone.DIM,
                    "A host is asked at the usual ports of the field. A subnet is searched gently:"
                            + " each address is connected to once for each protocol.");
            return;
        }
        try {
            Form.say(plan, Tone.DIM, question(text).words());
            search.setDisable(false);
        } catch (MalformedException e) {
            search.setDisable(true);
            Form.say(plan, Tone.BAD, e.getMessage());
        }
    }

    private Question question(String text) {
        SearchPlace place = SearchPlace.parse(text);
        List<Integer> ports = scan.ports(place);
        if (!place.subnet()) {
            return new Question(
                    place.hosts(),
                    ports,
                    Presentation.sentence(Question.named(ports)) + " of " + place.hosts().get(0));
        }
        long connections = (long) place.hosts().size() * ports.size();
        return new Question(
                place.hosts(),
                ports,
                Presentation.count(place.hosts().size(), "address", "addresses")
                        + " at "
                        + Question.named(ports)
                        + ": "
                        + Presentation.count(connections)
                        + " connections, at most "
                        + Limits.GENTLE.perSecond()
                        + " a second. Search only a network that is yours.");
    }

    private void toggle() {
        if (running != null) {
            stop();
        } else if (!search.isDisabled()) {
            start(question(where.getText().strip()));
        }
    }

    private void stop() {
        if (running != null) {
            running.cancel();
            ended("Stopped. " + Presentation.count(found.size(), "device", "devices") + " found.");
        }
    }

    private void start(Question question) {
        found.clear();
        index.set(List.of());
        rows.refresh();
        add.setDisable(true);
        where.setDisable(true);
        search.setText("Stop");
        progress.setProgress(0);
        progress.setVisible(true);
        running =
                services.kit()
                        .tasks()
                        .run(
                                "Search " + where.getText().strip(),
                                task ->
                                        scan.run(
                                                question.hosts(),
                                                question.ports(),
                                                new Listener(task),
                                                task::isCancelled),
                                accepted -> ended(said(question, accepted)),
                                failure -> ended("The search failed: " + failure.getMessage()));
        progress.progressProperty().bind(running.fractionProperty());
    }

    private String said(Question question, int accepted) {
        String asked = " (" + Question.named(question.ports()) + ")";
        if (!found.isEmpty()) {
            return Presentation.count(found.size(), "device", "devices")
                    + " found"
                    + asked
                    + ". Enter adds the chosen one.";
        }
        return accepted == 0
                ? "Nothing answers there" + asked + ". Firewalls may hide devices."
                : "Connections are accepted"
                        + asked
                        + ", but neither OPC UA nor Modbus is answered. 'Can it be reached?' of a"
                        + " device added there says what answers.";
    }

    private void ended(String words) {
        running = null;
        progress.progressProperty().unbind();
        progress.setVisible(false);
        where.setDisable(false);
        search.setText("Search");
        Form.say(plan, found.isEmpty() ? Tone.WARN : Tone.OK, words);
        if (found.isEmpty()) {
            where.requestFocus();
        } else {
            rows.requestFocus();
            if (rows.lead() == null) {
                rows.select(0);
            }
        }
    }

    private void choose(FoundDevice device) {
        Endpoint endpoint = device == null ? null : endpoint(device);
        if (endpoint != null) {
            stop();
            dialog.close();
            chosen.accept(endpoint);
        }
    }

    /** Brings over what is found; a device comes seldom, so each has its own errand. */
    private final class Listener implements NetworkScan.Listener {
        private final UiTasks.Progress task;

        Listener(UiTasks.Progress task) {
            this.task = task;
        }

        @Override
        public void found(FoundDevice device) {
            services.kit()
                    .fx()
                    .execute(
                            () -> {
                                if (running == task) {
                                    found.add(device);
                                    index.set(List.copyOf(found));
                                    rows.refresh();
                                }
                            });
        }

        @Override
        public void progress(int tried, int of) {
            task.at((double) tried / of);
        }
    }
}
