package io.fieldloom.ui.devices;

import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.engine.security.TrustedFor;
import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Tone;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** A server's certificate in full, with what is wrong with it in words. */
final class CertificateView extends VBox {
    static final double WIDE = 760;

    private static final int ONE_LINE = 48;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    CertificateView(PresentedCertificate certificate) {
        setSpacing(8);
        if (certificate.before() != null) {
            change(certificate.before(), certificate);
        }
        for (String fault : certificate.faults()) {
            warn(fault, Tone.WARN);
        }
        Form form = new Form();
        form.setVgap(2);
        form.text("Subject", certificate.subject(), false);
        form.text("Issued by", certificate.isSelfSigned() ? "itself" : certificate.issuer(), false);
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
        if (certificate.before() == null) {
            form.text("SHA-256", certificate.sha256(), true);
            form.text("SHA-1", certificate.sha1(), true);
        }
        Label hint =
                Dialogs.text(
                        "Trust it only if the thumbprint is the one that the server itself shows,"
                                + " in its configuration tool or on its panel.");
        hint.getStyleClass().add("dim");
        getChildren().addAll(form, hint);
    }

    /** The name of the button that trusts it. */
    static String trusting(PresentedCertificate certificate) {
        return certificate.before() == null ? "Trust" : "Trust the new one, not the old";
    }

    /** The name of the button that does not. */
    static String refusing(PresentedCertificate certificate) {
        return certificate.before() == null ? "Do not trust" : "Refuse";
    }

    private void warn(String words, Tone tone) {
        Label line = new Label(words, Icon.WARNING.node());
        line.setWrapText(true);
        line.setGraphicTextGap(8);
        tone.paint(line);
        tone.paint(line.getGraphic());
        getChildren().add(line);
    }

    /** What an impostor would look like, before anything else is said. */
    private void change(TrustedFor before, PresentedCertificate now) {
        LocalDate day = LocalDate.ofInstant(before.at(), ZoneId.systemDefault());
        warn(
                "This is another certificate than the one trusted for this endpoint on "
                        + day
                        + ". The server may have got a new one, or something else answers in its"
                        + " place: find out which before you trust it.",
                Tone.BAD);
        GridPane both = new GridPane();
        both.setHgap(20);
        both.setVgap(4);
        both.addRow(0, new Label("Trusted on " + day), new Label("Shown now"));
        both.addRow(1, thumbprint("SHA-256", before.sha256()), thumbprint("SHA-256", now.sha256()));
        both.addRow(2, thumbprint("SHA-1", before.sha1()), thumbprint("SHA-1", now.sha1()));
        both.getChildren().subList(0, 2).forEach(title -> title.getStyleClass().add("strong"));
        getChildren().add(both);
    }

    /** A long one takes two lines, so that two stand side by side. */
    private static Label thumbprint(String kind, String bytes) {
        int half = bytes.length() > ONE_LINE ? bytes.length() / 2 + 1 : bytes.length();
        String second = half < bytes.length() ? "\n" + bytes.substring(half) : "";
        Label label = new Label(kind + "\n" + bytes.substring(0, half) + second);
        label.getStyleClass().add("mono");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }
}
