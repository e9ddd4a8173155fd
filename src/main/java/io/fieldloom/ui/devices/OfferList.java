package io.fieldloom.ui.devices;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.engine.device.OfferedEndpoint;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.ui.kit.Badge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The kinds of security that a server offers, one of them chosen. */
final class OfferList extends VBox {
    private static final String NOT_ASKED = "Ask the server first.";

    private final ToggleGroup choice = new ToggleGroup();
    private final Set<PresentedCertificate> trusted = new HashSet<>();
    private Runnable onChoice = () -> {};

    /** What one button stands for; the offer is null for a choice from the project. */
    private record Choice(Security security, OfferedEndpoint offer) {}

    OfferList() {
        setSpacing(5);
        choice.selectedToggleProperty().addListener(observable -> onChoice.run());
        clear();
    }

    void onChoice(Runnable action) {
        onChoice = action;
    }

    void clear() {
        choice.getToggles().clear();
        Label hint = new Label(NOT_ASKED);
        hint.getStyleClass().add("dim");
        hint.setMinHeight(24);
        getChildren().setAll(hint);
    }

    /** Shows what the project says, while the server was not asked. */
    void only(String security) {
        choice.getToggles().clear();
        getChildren().clear();
        try {
            add(new Choice(Security.parse(security), null), "as the project says", true);
        } catch (MalformedException e) {
            clear();
        }
    }

    void show(List<OfferedEndpoint> offers) {
        Security before = chosen();
        choice.getToggles().clear();
        getChildren().clear();
        Set<Security> seen = new HashSet<>();
        boolean kept = offers.stream().anyMatch(offer -> offer.security().equals(before));
        for (OfferedEndpoint offer : offers) {
            if (seen.add(offer.security())) {
                boolean selected = kept ? offer.security().equals(before) : offer.recommended();
                add(new Choice(offer.security(), offer), identities(offer), selected);
            }
        }
    }

    private void add(Choice what, String about, boolean selected) {
        RadioButton button = new RadioButton(words(what.security()));
        button.setMnemonicParsing(false); // a policy's name has underscores
        button.setToggleGroup(choice);
        button.setUserData(what);
        Label more = new Label(about);
        more.getStyleClass().add("dim");
        HBox line = new HBox(8, button, more);
        line.setAlignment(Pos.CENTER_LEFT);
        OfferedEndpoint offer = what.offer();
        if (offer != null && !offer.supported()) {
            button.setDisable(true);
            more.setText("not spoken by Fieldloom");
        } else if (offer != null && offer.recommended()) {
            line.getChildren().add(recommendation(offer.security()).label());
        }
        getChildren().add(line);
        if (selected && !button.isDisabled()) {
            button.setSelected(true);
        }
    }

    /** Where nothing better is offered, nobody recommends what is left. */
    static Badge recommendation(Security security) {
        return security.isNone() ? Badge.warning("the only choice") : Badge.pill("recommended");
    }

    static String words(Security security) {
        if (security.isNone()) {
            return "None, anybody can listen";
        }
        String mode = security.mode().equals("Sign") ? "signed, not encrypted" : "encrypted";
        return security.policy() + ", " + mode;
    }

    private static String identities(OfferedEndpoint offer) {
        List<String> kinds = new ArrayList<>();
        if (offer.anonymous()) {
            kinds.add("anonymous");
        }
        if (offer.userPassword()) {
            kinds.add("user");
        }
        if (offer.userCertificate()) {
            kinds.add("certificate");
        }
        if (offer.issuedToken()) {
            kinds.add("issued token");
        }
        return String.join(", ", kinds);
    }

    private Choice choice() {
        return choice.getSelectedToggle() == null
                ? null
                : (Choice) choice.getSelectedToggle().getUserData();
    }

    /** The chosen security, or null. */
    Security chosen() {
        Choice now = choice();
        return now == null ? null : now.security();
    }

    /** The certificate that the choice needs and nobody has trusted yet, or null. */
    PresentedCertificate untrusted() {
        Choice now = choice();
        if (now == null || now.offer() == null || now.security().isNone()) {
            return null;
        }
        OfferedEndpoint offer = now.offer();
        return offer.trusted() || trusted.contains(offer.certificate())
                ? null
                : offer.certificate();
    }

    /** A person has trusted it just now. */
    void trusted(PresentedCertificate certificate) {
        trusted.add(certificate);
    }

    /** Whether a session without a user is taken, as far as is known. */
    boolean takesAnonymous() {
        Choice now = choice();
        return now == null || now.offer() == null || now.offer().anonymous();
    }

    /** Whether a user with a password is taken, as far as is known. */
    boolean takesUser() {
        Choice now = choice();
        return now == null || now.offer() == null || now.offer().userPassword();
    }

    /** Whether a user with a certificate is taken, as far as is known. */
    boolean takesCertificate() {
        Choice now = choice();
        return now == null || now.offer() == null || now.offer().userCertificate();
    }

    boolean passwordTravelsOpenly() {
        Choice now = choice();
        return now != null && now.offer() != null && !now.offer().passwordEncrypted();
    }
}
