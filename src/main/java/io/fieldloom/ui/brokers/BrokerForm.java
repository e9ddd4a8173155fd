package io.fieldloom.ui.brokers;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.Names;
import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.PemField;
import io.fieldloom.ui.kit.Tone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** The fields of one broker, with what is wrong in them. FX thread only. */
final class BrokerForm {
    private static final double LABELS = 118;
    private static final String USUAL_NAME = "plant";

    private final GridPane grid = new GridPane();
    private final TextField name = new TextField();
    private final TextField url = new TextField();
    private final TextField user = new TextField();
    private final PasswordField password = new PasswordField();
    private final CheckBox remember = new CheckBox("Remember the password on this computer");
    private final PemField ca;
    private final PemField cert;
    private final PemField key;
    private final CheckBox insecure = new CheckBox("Accept any certificate");
    private final Label insecureWarning =
            Dialogs.text(
                    "Whoever answers at that address gets the password. For a bench only, never"
                            + " for a plant.");
    private final TextField clientId = new TextField();
    private final ComboBox<Integer> mqtt = new ComboBox<>();
    private final CheckBox standard = new CheckBox("Make it the project's default broker");
    private final Label standardMeans =
            Dialogs.text(
                    "Mappings that name no other broker publish to it, and Live traffic shows it.");
    private final List<Checked> checks = new ArrayList<>();
    private final BooleanProperty wrong = new SimpleBooleanProperty();
    private final BooleanProperty encrypted = new SimpleBooleanProperty();
    private final Predicate<String> taken;
    private final boolean statusTopic;
    private final GridPane tls = new GridPane();
    private int row;
    private int tlsRow;

    /**
     * @param design the broker as it is
     * @param isDefault whether the project's mappings go there
     * @param folder what paths are relative to, or null while the project is in no file
     * @param taken whether another broker has a name
     */
    BrokerForm(Broker design, boolean isDefault, Path folder, Predicate<String> taken) {
        this.taken = taken;
        statusTopic = design.statusTopic();
        ca = new PemField("CA certificate", "none: the system's issuers", design.ca(), folder);
        cert = new PemField("Client certificate", "none", design.cert(), folder);
        key = new PemField("Client key", "none", design.key(), folder);
        boolean isNew = design.name().isEmpty();
        name.setText(isNew && !taken.test(USUAL_NAME) ? USUAL_NAME : design.name());
        url.setText(design.url());
        user.setText(text(design.user()));
        insecure.setSelected(design.insecure());
        clientId.setText(text(design.clientId()));
        mqtt.getItems().setAll(5, 3);
        mqtt.setValue(design.mqtt());
        mqtt.setConverter(new Versions());
        standard.setSelected(isDefault);
        remember.setSelected(true);
        layOut();
        url.textProperty().addListener(observable -> check());
        name.textProperty().addListener(observable -> check());
        user.textProperty().addListener(observable -> check());
        List.of(ca, cert, key)
                .forEach(each -> each.field().textProperty().addListener(any -> check()));
        check();
    }

    private void layOut() {
        divide(grid);
        divide(tls);
        name.setPromptText("plant");
        url.setPromptText("mqtts://broker.acme:8883");
        user.setPromptText("none: anonymous");
        clientId.setPromptText("made at random");
        known(false);
        Tone.DIM.paint(standardMeans);
        Tone.WARN.paint(insecureWarning);
        url.setAccessibleText("URL");
        add("URL", checked(url, url, this::urlFault));
        name.setAccessibleText("Name");
        add("Name", checked(name, name, this::nameFault));
        HBox login = new HBox(8, user, password);
        HBox.setHgrow(user, Priority.ALWAYS);
        HBox.setHgrow(password, Priority.ALWAYS);
        user.setAccessibleText("User");
        password.setAccessibleText("Password");
        add("User, password", new VBox(8, login, remember));
        addTls(ca);
        addTls(cert);
        addTls(key);
        tls.add(new VBox(4, insecure, insecureWarning), 1, tlsRow);
        tls.visibleProperty().bind(encrypted);
        tls.managedProperty().bind(encrypted);
        grid.add(tls, 0, row++, 2, 1);
        insecureWarning.visibleProperty().bind(insecure.selectedProperty());
        insecureWarning.managedProperty().bind(insecureWarning.visibleProperty());
        HBox client = new HBox(8, clientId, mqtt);
        HBox.setHgrow(clientId, Priority.ALWAYS);
        clientId.setAccessibleText("Client id");
        mqtt.setAccessibleText("MQTT version");
        mqtt.setMinWidth(Region.USE_PREF_SIZE);
        add("Client id, MQTT", client);
        grid.add(new VBox(2, standard, standardMeans), 1, row++);
        remember.visibleProperty().bind(user.textProperty().isNotEmpty());
        remember.managedProperty().bind(remember.visibleProperty());
        password.disableProperty().bind(user.textProperty().isEmpty());
    }

    private static void divide(GridPane lines) {
        lines.getStyleClass().add("form");
        ColumnConstraints labels = new ColumnConstraints(LABELS);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        lines.getColumnConstraints().addAll(labels, fields);
    }

    private void add(String title, Region field) {
        Label label = new Label(title);
        label.setLabelFor(field);
        if (field instanceof Control control && control.getAccessibleText() == null) {
            control.setAccessibleText(title);
        }
        grid.addRow(row++, label, field);
    }

    private void addTls(PemField field) {
        Checked line = checked(field.field(), field.node(), () -> fileFault(field));
        tls.addRow(tlsRow++, field.label(), line);
    }

    private Checked checked(TextField field, Region line, Supplier<Optional<String>> check) {
        Checked made = new Checked(field, line, check);
        checks.add(made);
        return made;
    }

    /** Says whether a password is remembered that an empty field keeps. */
    void known(boolean remembered) {
        password.setPromptText(
                user() == null
                        ? "needs a user"
                        : remembered ? "remembered; empty keeps it" : "none is remembered");
    }

    /** Calls back when the user or the place that a password belongs to has changed. */
    void onLogin(Runnable action) {
        url.textProperty().addListener(observable -> action.run());
        user.textProperty().addListener(observable -> action.run());
    }

    Region node() {
        return grid;
    }

    TextField firstField() {
        return url;
    }

    /** Whether something in it will not do. */
    BooleanProperty wrongProperty() {
        return wrong;
    }

    private void check() {
        encrypted.set(address().map(BrokerUrl::isEncrypted).orElse(false));
        boolean good = true;
        for (Checked each : checks) {
            good &= each.check();
        }
        wrong.set(!good);
    }

    private Optional<String> nameFault() {
        String typed = name.getText().strip();
        return Names.fault(typed)
                .or(
                        () ->
                                taken.test(typed)
                                        ? Optional.of("there is a broker '" + typed + "' already")
                                        : Optional.empty());
    }

    private Optional<String> urlFault() {
        try {
            BrokerUrl.parse(url.getText().strip());
            return Optional.empty();
        } catch (MalformedException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Optional<String> fileFault(PemField file) {
        return encrypted.get() ? file.fault() : Optional.empty();
    }

    /** Where the broker is; empty while that cannot be told. */
    Optional<BrokerUrl> address() {
        try {
            return Optional.of(BrokerUrl.parse(url.getText().strip()));
        } catch (MalformedException e) {
            return Optional.empty(); // said by the line below the field
        }
    }

    /** Where the broker is. Only while nothing is wrong. */
    BrokerUrl url() {
        return address().orElseThrow();
    }

    /** The broker as the fields say. Only while nothing is wrong. */
    Broker broker() {
        boolean tls = encrypted.get();
        return new Broker(
                name.getText().strip(),
                url.getText().strip(),
                user(),
                tls ? ca.path() : null,
                tls ? cert.path() : null,
                tls ? key.path() : null,
                orNull(clientId.getText()),
                mqtt.getValue(),
                tls && insecure.isSelected(),
                statusTopic);
    }

    /** The user, or null for none. */
    String user() {
        return orNull(user.getText());
    }

    /** What was typed as the password; null for nothing. */
    char[] password() {
        boolean none = user.getText().isBlank() || password.getText().isEmpty();
        return none ? null : password.getText().toCharArray();
    }

    boolean remembers() {
        return remember.isSelected();
    }

    boolean isDefault() {
        return standard.isSelected();
    }

    private static String orNull(String typed) {
        String text = typed.strip();
        return text.isEmpty() ? null : text;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    /** Says {@code MQTT 3.1.1}. */
    private static final class Versions extends StringConverter<Integer> {
        @Override
        public String toString(Integer version) {
            return version != null && version == 3 ? "MQTT 3.1.1" : "MQTT 5";
        }

        @Override
        public Integer fromString(String text) {
            return text.endsWith("5") ? 5 : 3;
        }
    }
}
