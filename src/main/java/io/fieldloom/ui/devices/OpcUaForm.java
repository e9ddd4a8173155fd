package io.fieldloom.ui.devices;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceTrial;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.OfferedEndpoint;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Tone;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.pcollections.OrderedPMap;

/** How to reach an OPC UA server: what it offers, who one is, and whether it works. */
final class OpcUaForm {
    private static final String ADDING = "Connect and add";
    private static final String SAVING = "Connect and save";

    private final DevicesServices services;
    private final DeviceDialogs dialogs;
    private final Device before;
    private final TextField endpoint = new TextField();
    private final Button ask = new Button("What does it offer?");
    private final OfferList offers = new OfferList();
    private final LoginFields login;
    private final TextField name = new TextField();
    private final Label nameFault = Form.message();
    private final VBox certificate = new VBox(8);
    private final Label result = Form.message();
    private final Form form = new Form();
    private DialogPane dialog;
    private Button cancel;
    private Button trust;
    private Button refuse;
    private Button connect;
    private Button anyway;
    private boolean nameTyped;

    /**
     * @param before the device to change, or null for a new one
     */
    OpcUaForm(DevicesServices services, DeviceDialogs dialogs, Device before) {
        this.services = services;
        this.dialogs = dialogs;
        this.before = before;
        login = new LoginFields(services.folder().get().orElse(null));
        endpoint.setPromptText("opc.tcp://host:4840/path");
        name.setAccessibleText("Name");
        endpoint.setAccessibleText("Endpoint");
        if (before != null) {
            fill(before);
        }
    }

    private void fill(Device device) {
        endpoint.setText(device.endpoint());
        name.setText(device.name());
        nameTyped = true;
        login.fill(device.login(), services.passwords().of(device));
        if (device.security() != null) {
            offers.only(device.security());
        }
    }

    void show() {
        HBox.setHgrow(endpoint, Priority.ALWAYS);
        HBox where = new HBox(8, endpoint, ask);
        form.line("Endpoint", where);
        form.line("Security", offers);
        form.line("Log in as", login);
        form.line("Name", new VBox(4, name, nameFault));
        dialog =
                dialogs.wide(
                        before == null ? "Add an OPC UA server" : "Change " + before.name(),
                        new VBox(12, form, certificate, result));
        cancel = dialog.cancelButton("Cancel");
        anyway =
                dialog.button(
                        before == null ? "Add without connecting" : "Save without connecting",
                        this::finish);
        connect = dialog.button(before == null ? ADDING : SAVING, this::connect);
        connect.getStyleClass().add("primary");
        connect.setDefaultButton(true);
        refuse = dialog.button("Do not trust", () -> {});
        trust = dialog.button("Trust", () -> {});
        for (Node node : List.of(certificate, form, cancel, anyway, connect, refuse, trust)) {
            node.managedProperty().bind(node.visibleProperty());
        }
        asking(false);
        dialog.focusFirst(endpoint);
        listen();
        services.kit().dialogs().show(dialog);
        check();
    }

    /** The same with the endpoint that a search found; it is asked at once. */
    void showFor(Endpoint found) {
        endpoint.setText(found.text());
        show();
        ask();
    }

    private void listen() {
        ask.setOnAction(event -> ask());
        endpoint.setOnAction(event -> ask());
        endpoint.textProperty().addListener((observable, was, typed) -> forget());
        offers.onChoice(this::mended);
        login.onChange(this::mended);
        name.textProperty().addListener((observable, was, typed) -> check());
        name.setOnKeyTyped(event -> nameTyped = true);
    }

    /** What was offered was offered by another server. */
    private void forget() {
        offers.clear();
        anyway.setVisible(mayFinish());
        result.setText("");
        check();
    }

    /** What failed before may be good now. */
    private void mended() {
        result.setText("");
        check();
    }

    private void check() {
        Security chosen = offers.chosen();
        login.follow(offers);
        String fault =
                DeviceNames.fault(
                                services.project().get(),
                                name.getText(),
                                before == null ? null : before.name())
                        .orElse(null);
        boolean named = fault == null;
        Form.say(nameFault, Tone.BAD, named || name.getText().isEmpty() ? "" : fault);
        connect.setDisable(chosen == null || !named || !login.isComplete());
        anyway.setDisable(!named || !login.isNamed());
    }

    private Optional<Endpoint> endpoint() {
        String text = endpoint.getText().strip();
        if (!text.isEmpty() && !text.contains("://")) {
            text = "opc.tcp://" + text;
        }
        try {
            Endpoint parsed = Endpoint.parse(text);
            if (!parsed.isOpcUa()) {
                Form.say(result, Tone.BAD, "An OPC UA endpoint begins with opc.tcp://");
                return Optional.empty();
            }
            return Optional.of(parsed);
        } catch (MalformedException e) {
            Form.say(result, Tone.BAD, e.getMessage());
            return Optional.empty();
        }
    }

    private void ask() {
        Optional<Endpoint> where = endpoint();
        if (where.isEmpty()) {
            return;
        }
        ask.setDisable(true);
        Form.say(result, Tone.DIM, "Asking " + where.get().authority() + "…");
        services.kit()
                .tasks()
                .follow(
                        "Ask " + where.get().authority() + " what it offers",
                        services.offers().apply(where.get()),
                        found -> offered(where.get(), found),
                        this::failed);
    }

    private void offered(Endpoint where, List<OfferedEndpoint> found) {
        ask.setDisable(false);
        result.setText("");
        offers.show(found);
        if (found.isEmpty()) {
            Form.say(result, Tone.BAD, "It offers nothing that can be connected to.");
        }
        if (!found.isEmpty()) {
            suggestName(where.host(), found.get(0).server());
        }
        check();
        if (!found.isEmpty()) {
            focusNext();
        }
    }

    /**
     * Names it after what the server calls itself, or after its host.
     *
     * @param server null where it did not say
     */
    private void suggestName(String host, String server) {
        if (!nameTyped) {
            String own = server == null ? "" : server;
            name.setText(DeviceNames.suggest(services.project().get(), own, "opcua-" + host));
        }
    }

    /** What is still to be typed, or the button that uses what the server offers. */
    private void focusNext() {
        if (!login.focusEmpty() && !connect.isDisabled()) {
            connect.requestFocus();
        }
    }

    private void failed(Throwable failure) {
        ask.setDisable(false);
        if (offers.chosen() == null) {
            endpoint().ifPresent(where -> suggestName(where.host(), null));
        }
        check();
        if (failure instanceof DeviceException why) {
            Form.say(result, Tone.BAD, why.getMessage() + ".\n" + why.advice());
            why.certificate().ifPresent(this::askForTrust);
        } else {
            Form.say(result, Tone.BAD, String.valueOf(failure.getMessage()));
        }
        anyway.setVisible(true);
        if (!certificate.isVisible()) {
            focusWhatToMend(failure);
        }
    }

    /** A button that is pressed and disabled hands the focus to the first field. */
    private void focusWhatToMend(Throwable failure) {
        boolean turnedAway =
                failure instanceof DeviceException why && why.kind() == Kind.NOT_AUTHORISED;
        if (turnedAway) {
            login.focusAgain(failure);
        } else if (offers.chosen() == null) {
            endpoint.requestFocus();
        } else {
            connect.requestFocus();
        }
    }

    private void connect() {
        Optional<Endpoint> where = endpoint();
        if (where.isEmpty()) {
            return;
        }
        PresentedCertificate unknown = offers.untrusted();
        if (unknown != null) {
            askForTrust(unknown);
            return;
        }
        Driver driver = dialogs.driver(Endpoint.OPC_TCP).orElseThrow();
        connect.setDisable(true);
        Form.say(result, Tone.DIM, "Connecting to " + where.get().authority() + "…");
        SessionRequest request =
                new SessionRequest(name.getText(), where.get(), offers.chosen(), login.login());
        services.kit()
                .tasks()
                .follow(
                        "Connect to " + where.get().authority(),
                        DeviceTrial.run(driver, request, List.of(), services.pool()),
                        (List<Sample> done) -> finish(),
                        this::failed);
    }

    /** Shows the certificate in the place of the form until there is a decision. */
    private void askForTrust(PresentedCertificate shown) {
        Label heading =
                new Label(
                        shown.before() == null
                                ? "The certificate of this server is not known here"
                                : "This server shows another certificate than before");
        trust.setText(CertificateView.trusting(shown));
        refuse.setText(CertificateView.refusing(shown));
        if (shown.before() != null) {
            dialog.width(CertificateView.WIDE);
        }
        heading.getStyleClass().add("strong");
        certificate.getChildren().setAll(heading, new CertificateView(shown));
        result.setText("");
        asking(true);
        trust.setOnAction(
                event ->
                        dialogs.trust(
                                shown,
                                () -> {
                                    asking(false);
                                    offers.trusted(shown);
                                    connect();
                                }));
        refuse.setOnAction(
                event -> {
                    asking(false);
                    Form.say(
                            result,
                            Tone.WARN,
                            "Without trust this choice of security cannot be used.");
                });
        refuse.requestFocus();
    }

    private void asking(boolean on) {
        certificate.setVisible(on);
        form.setVisible(!on);
        trust.setVisible(on);
        refuse.setVisible(on);
        cancel.setVisible(!on);
        connect.setVisible(!on);
        anyway.setVisible(!on && mayFinish());
    }

    /**
     * A new name or user is saved although the server is away. A new server is tried first; one
     * that is not there yet can be added after that.
     */
    private boolean mayFinish() {
        return before != null;
    }

    private void finish() {
        Optional<Endpoint> where = endpoint();
        if (where.isEmpty()) {
            return;
        }
        Optional<char[]> typed = login.password();
        if (typed.isPresent()) {
            String owner = login.design().passwordOwner();
            boolean keep = login.isToBeRemembered();
            services.kit()
                    .tasks()
                    .run(
                            "Remember the password",
                            progress -> {
                                keep(where.get(), owner, typed.get(), keep);
                                return null;
                            },
                            done -> put(where.get()));
        } else {
            put(where.get());
        }
    }

    private void keep(Endpoint where, String owner, char[] typed, boolean remembered)
            throws IOException {
        services.passwords().use(where.host(), where.port(), owner, typed, remembered);
    }

    private void put(Endpoint where) {
        Security chosen = offers.chosen();
        Device device =
                new Device(
                        name.getText(),
                        where.text(),
                        chosen == null ? null : chosen.text(),
                        login.design(),
                        before == null ? null : before.interval(),
                        before == null ? OrderedPMap.empty() : before.tags(),
                        before == null ? null : before.simulator(),
                        before == null ? null : before.use(),
                        before == null ? null : before.description());
        dialogs.put(
                device,
                before,
                () -> placed(device),
                refused -> {
                    check();
                    Form.say(result, Tone.BAD, refused);
                });
    }

    private void placed(Device device) {
        dialog.close();
        if (device.equals(before)) {
            // only the password differs, which no edit tells
            services.registry().refresh(device);
        }
    }
}
