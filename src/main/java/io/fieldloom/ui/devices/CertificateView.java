package io.fieldloom.ui.devices;

import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Tone;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** A server's certificate in full, with what is wrong with it in words. */
final class CertificateView extends VBox {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    CertificateView(PresentedCertificate certificate) {
        setSpacing(8);
        for (String fault : certificate.faults()) {
            Label line = new Label(fault, Icon.WARNING.node());
            line.setWrapText(true);
            line.setGraphicTextGap(8);
            Tone.WARN.paint(line);
            Tone.WARN.paint(line.getGraphic());
            getChildren().add(line);
        }
        Form form = new Form();
        form.setVgap(2);
        form.text("Subject", certificate.subject(), false);
        boolean own = certificate.subject().equals(certificate.issuer());
        form.text("Issued by", own ? "itself" : certificate.issuer(), false);
        form.text(
                "Valid",
                DAY.format(certificate.notBefore()) + " to " + DAY.format(certificate.notAfter()),
                false);
        String uri = certificate.applicationUri();
        form.text("Application", uri == null ? "names none" : uri, true);
        form.text(
                "Hosts",
                certificate.hosts().isEmpty()
                        ? "names none"
                        : String.join(", ", certificate.hosts()),
                true);
        form.text("SHA-256", certificate.sha256(), true);
        form.text("SHA-1", certificate.sha1(), true);
        Label hint =
                Dialogs.text(
                        "Trust it only if the thumbprint is the one that the server itself shows,"
                                + " in its configuration tool or on its panel.");
        hint.getStyleClass().add("dim");
        getChildren().addAll(form, hint);
    }
}
