package io.fieldloom.ui.devices;

import io.fieldloom.ui.kit.Tone;
import java.util.List;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Who one is at an OPC UA server, and whether the chosen security takes that. */
final class LoginFields extends VBox {
    private final RadioButton anonymous = new RadioButton("Anonymous");
    private final RadioButton withUser = new RadioButton("User and password");
    private final TextField user = new TextField();
    private final PasswordField password = new PasswordField();
    private final CheckBox remember = new CheckBox("Remember the password on this computer");
    private final Label warning = Form.message();

    LoginFields() {
        super(6);
        user.setPromptText("User");
        user.setAccessibleText("User");
        password.setPromptText("Password");
        password.setAccessibleText("Password");
        ToggleGroup identity = new ToggleGroup();
        anonymous.setToggleGroup(identity);
        withUser.setToggleGroup(identity);
        anonymous.setSelected(true);
        remember.setSelected(true);
        HBox.setHgrow(user, Priority.ALWAYS);
        HBox.setHgrow(password, Priority.ALWAYS);
        VBox details = new VBox(6, new HBox(8, user, password), remember);
        details.managedProperty().bind(withUser.selectedProperty());
        details.visibleProperty().bind(withUser.selectedProperty());
        getChildren().addAll(new HBox(16, anonymous, withUser), details, warning);
    }

    /**
     * Takes a known user.
     *
     * @param known the password, or null
     */
    void fill(String name, char[] known) {
        withUser.setSelected(true);
        user.setText(name);
        password.setText(known == null ? "" : new String(known));
    }

    void onChange(Runnable action) {
        for (TextField field : List.of(user, password)) {
            field.textProperty().addListener(observable -> action.run());
        }
        withUser.selectedProperty().addListener(observable -> action.run());
    }

    /** Allows what the chosen security takes, and warns of what it does not. */
    void follow(OfferList offers) {
        anonymous.setDisable(!offers.takesAnonymous());
        if (anonymous.isDisabled() && anonymous.isSelected() && offers.takesUser()) {
            withUser.setSelected(true);
        }
        Form.say(warning, Tone.WARN, warning(offers));
    }

    private String warning(OfferList offers) {
        if (!offers.takesAnonymous() && !offers.takesUser()) {
            return "With this choice of security the server takes neither anonymous nor a user with"
                    + " a password. Choose another.";
        }
        if (withUser.isSelected() && !offers.takesUser()) {
            return "With this choice of security the server takes no user.";
        }
        if (withUser.isSelected() && offers.passwordTravelsOpenly()) {
            return "With this choice of security the password travels unencrypted.";
        }
        return "";
    }

    boolean isComplete() {
        return withUser.isSelected() ? !user.getText().isBlank() : !anonymous.isDisabled();
    }

    /** The user, or null for anonymous. */
    String user() {
        return withUser.isSelected() ? user.getText().strip() : null;
    }

    /** The password, or null for anonymous. */
    char[] password() {
        return withUser.isSelected() ? password.getText().toCharArray() : null;
    }

    boolean isToBeRemembered() {
        return remember.isSelected();
    }

    /** Goes to what is still to be typed; whether there is any. */
    boolean focusEmpty() {
        boolean noUser = user.getText().isBlank();
        boolean empty = withUser.isSelected() && (noUser || password.getText().isEmpty());
        if (empty) {
            (noUser ? user : password).requestFocus();
        }
        return empty;
    }

    /** Goes to what is to be typed anew after the server has refused it. */
    void focusAgain() {
        if (withUser.isSelected()) {
            password.requestFocus();
            password.selectAll();
        } else {
            anonymous.requestFocus();
        }
    }
}
