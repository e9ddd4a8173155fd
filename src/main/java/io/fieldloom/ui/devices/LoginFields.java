package io.fieldloom.ui.devices;

import io.fieldloom.domain.connection.DeviceLogin;
import io.fieldloom.engine.device.Login;
import io.fieldloom.engine.security.LockedKeyException;
import io.fieldloom.ui.kit.PemField;
import io.fieldloom.ui.kit.Tone;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.binding.BooleanExpression;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Who one is at an OPC UA server, and whether the chosen security takes that. */
final class LoginFields extends VBox {
    private static final double NAMES = 96;

    private final RadioButton anonymous = new RadioButton("Anonymous");
    private final RadioButton withUser = new RadioButton("User and password");
    private final RadioButton withCertificate = new RadioButton("User certificate");
    private final TextField user = new TextField();
    private final PasswordField password = new PasswordField();
    private final PemField certificate;
    private final PemField key;
    private final PasswordField keyPassword = new PasswordField();
    private final CheckBox remember = new CheckBox("Remember the password on this computer");
    private final Label warning = Form.message();

    /**
     * @param folder what the project's paths are relative to, or null while it is in no file
     */
    LoginFields(Path folder) {
        super(6);
        certificate = new PemField("Certificate", "PEM or DER file", null, folder);
        key = new PemField("Private key", "PEM or DER file", null, folder);
        prompt(user, "User");
        prompt(password, "Password");
        prompt(keyPassword, "Key's password");
        keyPassword.setPromptText("if the key is encrypted");
        ToggleGroup identity = new ToggleGroup();
        for (RadioButton each : List.of(anonymous, withUser, withCertificate)) {
            each.setToggleGroup(identity);
        }
        anonymous.setSelected(true);
        remember.setSelected(true);
        HBox.setHgrow(user, Priority.ALWAYS);
        HBox.setHgrow(password, Priority.ALWAYS);
        HBox names = new HBox(8, user, password);
        GridPane files = files();
        showWhile(withUser.selectedProperty(), names);
        showWhile(withCertificate.selectedProperty(), files);
        showWhile(
                withUser.selectedProperty()
                        .or(
                                withCertificate
                                        .selectedProperty()
                                        .and(keyPassword.textProperty().isNotEmpty())),
                remember);
        getChildren()
                .addAll(
                        new FlowPane(16, 4, anonymous, withUser, withCertificate),
                        names,
                        files,
                        remember,
                        warning);
    }

    private GridPane files() {
        GridPane lines = new GridPane();
        lines.setHgap(8);
        lines.setVgap(6);
        ColumnConstraints names = new ColumnConstraints(NAMES);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        lines.getColumnConstraints().addAll(names, fields);
        Label password = new Label(keyPassword.getAccessibleText());
        password.setLabelFor(keyPassword);
        lines.addRow(0, certificate.label(), certificate.node());
        lines.addRow(1, key.label(), key.node());
        lines.addRow(2, password, keyPassword);
        List.of(certificate.label(), key.label(), password).forEach(Tone.DIM::paint);
        return lines;
    }

    private static void prompt(TextField field, String text) {
        field.setPromptText(text);
        field.setAccessibleText(text);
    }

    private static void showWhile(BooleanExpression chosen, Node node) {
        node.managedProperty().bind(chosen);
        node.visibleProperty().bind(chosen);
    }

    /**
     * Takes a known login.
     *
     * @param known the password that goes with it, or null
     */
    void fill(DeviceLogin login, char[] known) {
        String text = known == null ? "" : new String(known);
        if (login.isCertificate()) {
            withCertificate.setSelected(true);
            certificate.fill(login.certificate());
            key.fill(login.key());
            keyPassword.setText(text);
        } else if (!login.isAnonymous()) {
            withUser.setSelected(true);
            user.setText(login.user());
            password.setText(text);
        }
    }

    void onChange(Runnable action) {
        for (TextField field :
                List.of(user, password, certificate.field(), key.field(), keyPassword)) {
            field.textProperty().addListener(observable -> action.run());
        }
        withUser.selectedProperty().addListener(observable -> action.run());
        withCertificate.selectedProperty().addListener(observable -> action.run());
    }

    /** Allows what the chosen security takes, and warns of what it does not. */
    void follow(OfferList offers) {
        anonymous.setDisable(!offers.takesAnonymous());
        if (anonymous.isDisabled() && anonymous.isSelected()) {
            if (offers.takesUser()) {
                withUser.setSelected(true);
            } else if (offers.takesCertificate()) {
                withCertificate.setSelected(true);
            }
        }
        Form.say(warning, Tone.WARN, warning(offers));
    }

    private String warning(OfferList offers) {
        if (!offers.takesAnonymous() && !offers.takesUser() && !offers.takesCertificate()) {
            return "With this choice of security the server takes neither anonymous nor a user."
                    + " Choose another.";
        }
        if (withUser.isSelected() && !offers.takesUser()) {
            return "With this choice of security the server takes no user with a password.";
        }
        if (withUser.isSelected() && offers.passwordTravelsOpenly()) {
            return "With this choice of security the password travels unencrypted.";
        }
        if (!withCertificate.isSelected()) {
            return "";
        }
        return offers.takesCertificate()
                ? Stream.of(certificate, key)
                        .flatMap(file -> file.fault().stream())
                        .findFirst()
                        .orElse("")
                : "With this choice of security the server takes no user certificate.";
    }

    /** Whether it says who logs in, though perhaps not here and now. */
    boolean isNamed() {
        if (withCertificate.isSelected()) {
            return certificate.path() != null && key.path() != null;
        }
        return !withUser.isSelected() || !user.getText().isBlank();
    }

    /** Whether one can try to log in with it. */
    boolean isComplete() {
        if (withCertificate.isSelected()) {
            return isNamed() && certificate.fault().isEmpty() && key.fault().isEmpty();
        }
        return withUser.isSelected() ? isNamed() : !anonymous.isDisabled();
    }

    /** The login as it stands in the project. */
    DeviceLogin design() {
        if (withCertificate.isSelected()) {
            return DeviceLogin.ofCertificate(certificate.path(), key.path());
        }
        return withUser.isSelected()
                ? DeviceLogin.ofUser(user.getText().strip())
                : DeviceLogin.ANONYMOUS;
    }

    /** The login as a session takes it. Only while it is complete. */
    Login login() {
        if (withCertificate.isSelected()) {
            return new Login.Certificate(certificate.file(), key.file(), password().orElse(null));
        }
        return Login.of(design().user(), password().orElse(null));
    }

    /** What was typed as the password of a user, or of a key that has one. */
    Optional<char[]> password() {
        if (withUser.isSelected()) {
            return Optional.of(password.getText().toCharArray());
        }
        return withCertificate.isSelected() && !keyPassword.getText().isEmpty()
                ? Optional.of(keyPassword.getText().toCharArray())
                : Optional.empty();
    }

    boolean isToBeRemembered() {
        return remember.isSelected();
    }

    /** Goes to what is still to be typed; whether there is any. */
    boolean focusEmpty() {
        Stream<TextField> needed =
                withCertificate.isSelected()
                        ? Stream.of(certificate.field(), key.field())
                        : withUser.isSelected() ? Stream.of(user, password) : Stream.empty();
        Optional<TextField> empty = needed.filter(field -> field.getText().isBlank()).findFirst();
        empty.ifPresent(Node::requestFocus);
        return empty.isPresent();
    }

    /** Goes to what is to be typed anew after a refusal. */
    void focusAgain(Throwable why) {
        if (anonymous.isSelected()) {
            anonymous.requestFocus();
            return;
        }
        TextField wrong =
                withUser.isSelected()
                        ? password
                        : why.getCause() instanceof LockedKeyException
                                ? keyPassword
                                : certificate.field();
        wrong.requestFocus();
        wrong.selectAll();
    }
}
