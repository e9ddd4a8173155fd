package io.fieldloom.ui.devices;

import io.fieldloom.engine.security.KeptCertificate;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/**
 * The server certificates that were trusted or turned down, the authorities, and Fieldloom's own
 * for the server's administrator. FX thread only; files are touched in the background.
 */
final class CertificatesDialog {
    private static final double WIDE = 820;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    private final DevicesServices services;
    private final FlatRows<Entry> index =
            new FlatRows<>(CertificatesDialog::path, entry -> entry.certificate().subject());
    private final VirtualRows<Entry> rows;
    private final StackPane shown = new StackPane();
    private Button trust;
    private Button refuse;

    /** What became of a certificate. */
    private enum Kind {
        TRUSTED("trusted", Tone.OK),
        ISSUER("authority", Tone.OK),
        WAITING("not trusted", Tone.WARN);

        private final String word;
        private final Tone tone;

        Kind(String word, Tone tone) {
            this.word = word;
            this.tone = tone;
        }
    }

    private record Entry(Kind kind, PresentedCertificate certificate) {}

    CertificatesDialog(DevicesServices services) {
        this.services = services;
        rows =
                new VirtualRows<>(
                        "Certificates",
                        index,
                        index,
                        List.of(
                                Column.<Entry>text(
                                        "State",
                                        80,
                                        (entry, cell) ->
                                                cell.text(entry.kind().word)
                                                        .tone(entry.kind().tone)),
                                Column.<Entry>text(
                                                "Subject",
                                                0,
                                                (entry, cell) ->
                                                        cell.text(entry.certificate().subject()))
                                        .grows(),
                                Column.<Entry>text(
                                                "Valid until",
                                                86,
                                                (entry, cell) ->
                                                        cell.text(
                                                                DAY.format(
                                                                        entry.certificate()
                                                                                .notAfter())))
                                        .keep(2),
                                Column.<Entry>text(
                                                "SHA-256",
                                                150,
                                                (entry, cell) ->
                                                        cell.text(entry.certificate().sha256())
                                                                .mono()
                                                                .tone(Tone.DIM))
                                        .keep(1)));
        rows.onSelection(this::choose);
        new RowCopy<>(rows, entry -> entry.certificate().sha256());
    }

    private static String path(Entry entry) {
        return entry.kind() + " " + entry.certificate().sha256();
    }

    void show() {
        rows.setPrefHeight(180);
        DialogPane dialog =
                new DialogPane(
                                "Certificates",
                                new VBox(
                                        10,
                                        Dialogs.text(
                                                "Servers whose certificates are trusted may be"
                                                        + " connected to with security. Those that"
                                                        + " were not trusted wait here for a"
                                                        + " decision."),
                                        rows,
                                        shown))
                        .width(WIDE);
        dialog.button("Export Fieldloom's own…", this::export);
        refuse = dialog.button("Take trust back", this::refuse);
        trust = dialog.button("Trust", this::trust);
        dialog.cancelButton("Close");
        services.kit().dialogs().show(dialog);
        load();
    }

    private void load() {
        services.kit()
                .tasks()
                .run(
                        "Read the certificates",
                        progress -> {
                            List<Entry> all = new ArrayList<>();
                            add(Kind.WAITING, KeptCertificate.Kind.REJECTED, all);
                            add(Kind.TRUSTED, KeptCertificate.Kind.TRUSTED, all);
                            add(Kind.ISSUER, KeptCertificate.Kind.ISSUER, all);
                            return List.copyOf(all);
                        },
                        all -> {
                            index.set(all);
                            rows.refresh();
                            if (!all.isEmpty()) {
                                rows.reveal(path(all.get(0)));
                            }
                            choose();
                        });
    }

    private void add(Kind kind, KeptCertificate.Kind list, List<Entry> to) {
        for (KeptCertificate kept : services.trust().kept(list)) {
            to.add(
                    new Entry(
                            kind,
                            PresentedCertificate.of(
                                    kept.certificate(), null, null, Instant.now())));
        }
    }

    private void choose() {
        Entry entry = rows.lead();
        trust.setDisable(entry == null || entry.kind() != Kind.WAITING);
        refuse.setDisable(entry == null || entry.kind() != Kind.TRUSTED);
        if (entry == null) {
            shown.getChildren().clear();
        } else {
            shown.getChildren().setAll(new CertificateView(entry.certificate()));
        }
    }

    private void trust() {
        change("Trust the certificate", certificate -> services.trust().trust(certificate));
    }

    private void refuse() {
        change(
                "Take the trust back",
                certificate -> {
                    services.trust().distrust(certificate);
                });
    }

    private interface Step {
        void take(X509Certificate certificate) throws IOException;
    }

    private void change(String title, Step step) {
        X509Certificate certificate = rows.lead().certificate().certificate();
        services.kit()
                .tasks()
                .run(
                        title,
                        progress -> {
                            step.take(certificate);
                            return null;
                        },
                        done -> load());
    }

    private void export() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Export Fieldloom's own certificate");
        chooser.setInitialFileName("fieldloom.der");
        File target = chooser.showSaveDialog(rows.getScene().getWindow());
        if (target == null) {
            return;
        }
        services.kit()
                .tasks()
                .run(
                        "Export the certificate",
                        progress -> {
                            services.own().identity();
                            return Files.copy(
                                    services.own().file(),
                                    target.toPath(),
                                    StandardCopyOption.REPLACE_EXISTING);
                        },
                        done ->
                                services.kit()
                                        .notifications()
                                        .tell(
                                                "Fieldloom's certificate is in "
                                                        + target
                                                        + "; let the server trust it"));
    }
}
