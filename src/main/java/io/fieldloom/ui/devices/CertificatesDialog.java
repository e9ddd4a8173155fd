package io.fieldloom.ui.devices;

import io.fieldloom.engine.security.CertificateFiles;
import io.fieldloom.engine.security.KeptCertificate;
import io.fieldloom.engine.security.KeptCertificate.Kind;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.engine.security.TrustImport;
import io.fieldloom.engine.security.TrustList;
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
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509CRL;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/**
 * The server certificates that were trusted or turned down, the authorities, and Fieldloom's own
 * for the server's administrator. FX thread only; files are touched in the background.
 */
final class CertificatesDialog {
    private static final double WIDE = 900;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    private final DevicesServices services;
    private final FlatRows<Entry> index =
            new FlatRows<>(CertificatesDialog::path, entry -> entry.certificate().subject());
    private final VirtualRows<Entry> rows;
    private final StackPane shown = new StackPane();
    private Button trust;
    private Button remove;
    private Button export;

    /**
     * @param about the endpoints it belongs to; what an authority revoked
     */
    private record Entry(KeptCertificate kept, PresentedCertificate certificate, String about) {}

    CertificatesDialog(DevicesServices services) {
        this.services = services;
        rows = new VirtualRows<>("Certificates", index, index, columns());
        rows.onSelection(this::choose);
        new RowCopy<>(rows, entry -> entry.certificate().sha256());
    }

    private static List<Column<Entry>> columns() {
        return List.of(
                Column.<Entry>text(
                        "State",
                        80,
                        (entry, cell) -> cell.text(word(entry)).tone(tone(entry.kept().kind()))),
                Column.<Entry>text(
                                "Subject",
                                0,
                                (entry, cell) -> cell.text(entry.certificate().subject()))
                        .grows(),
                Column.<Entry>text("Endpoint", 210, (entry, cell) -> cell.text(entry.about()))
                        .keep(3),
                Column.<Entry>text(
                                "Since",
                                86,
                                (entry, cell) ->
                                        cell.text(
                                                DAY.withZone(ZoneId.systemDefault())
                                                        .format(entry.kept().since())))
                        .keep(2),
                Column.<Entry>text(
                                "Valid until",
                                86,
                                (entry, cell) ->
                                        cell.text(DAY.format(entry.certificate().notAfter())))
                        .keep(2),
                Column.<Entry>text(
                                "SHA-256",
                                130,
                                (entry, cell) ->
                                        cell.text(entry.certificate().sha256())
                                                .mono()
                                                .tone(Tone.DIM))
                        .keep(1));
    }

    private static String path(Entry entry) {
        return entry.kept().kind() + " " + entry.certificate().sha256();
    }

    private static String word(Entry entry) {
        return switch (entry.kept().kind()) {
            case REJECTED -> "not trusted";
            case TRUSTED -> "trusted";
            case ISSUER -> "issuer";
        };
    }

    private static Tone tone(Kind kind) {
        return kind == Kind.REJECTED ? Tone.WARN : Tone.OK;
    }

    void show() {
        rows.setPrefHeight(180);
        VBox content =
                new VBox(
                        10,
                        Dialogs.text(
                                "Servers whose certificates are trusted, or come from a trusted"
                                        + " issuer, may be connected to with security. Drop a"
                                        + " certificate, an issuer's certificate or its list of"
                                        + " revoked ones (CRL) here."),
                        rows,
                        shown);
        content.setOnDragOver(this::dragged);
        content.setOnDragDropped(this::dropped);
        DialogPane dialog = new DialogPane("Certificates", content).width(WIDE);
        dialog.button("Import…", this::chooseFiles);
        export = dialog.button("Export…", this::export);
        dialog.button("Export Fieldloom's own…", this::exportOwn);
        remove = dialog.button("Remove", this::remove);
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
                        progress -> entries(services.trust()),
                        all -> {
                            String before = rows.leadPath();
                            index.set(all);
                            rows.refresh();
                            if (!all.isEmpty() && (before == null || !rows.reveal(before))) {
                                rows.reveal(path(all.get(0)));
                            }
                            choose();
                        });
    }

    private static List<Entry> entries(TrustList trust) {
        List<X509CRL> lists = trust.revocations();
        List<Entry> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (KeptCertificate kept : trust.kept(kind)) {
                String about =
                        kind == Kind.ISSUER
                                ? revoked(kept, lists)
                                : String.join(", ", kept.endpoints());
                all.add(new Entry(kept, trust.judged(kept), about));
            }
        }
        return List.copyOf(all);
    }

    private static String revoked(KeptCertificate issuer, List<X509CRL> lists) {
        return lists.stream()
                .filter(
                        list ->
                                list.getIssuerX500Principal()
                                        .equals(issuer.certificate().getSubjectX500Principal()))
                .map(
                        list ->
                                (list.getRevokedCertificates() == null
                                                ? 0
                                                : list.getRevokedCertificates().size())
                                        + " revoked, as of "
                                        + DAY.format(list.getThisUpdate().toInstant()))
                .collect(Collectors.joining(", "));
    }

    private void choose() {
        Entry entry = rows.lead();
        Kind kind = entry == null ? null : entry.kept().kind();
        trust.setDisable(kind != Kind.REJECTED);
        remove.setDisable(entry == null);
        remove.setText(kind == Kind.TRUSTED ? "Take trust back" : "Remove");
        export.setDisable(entry == null);
        if (entry == null) {
            shown.getChildren().clear();
        } else {
            shown.getChildren().setAll(new CertificateView(entry.certificate()));
        }
    }

    private void trust() {
        KeptCertificate waiting = rows.lead().kept();
        change("Trust the certificate", () -> services.trust().trust(waiting));
    }

    private void remove() {
        KeptCertificate kept = rows.lead().kept();
        TrustList list = services.trust();
        change(
                "Remove the certificate",
                () -> {
                    switch (kept.kind()) {
                        case REJECTED -> list.forget(kept.certificate());
                        case TRUSTED -> list.distrust(kept.certificate());
                        case ISSUER -> list.distrustIssuer(kept.certificate());
                    }
                });
    }

    /** A change of the lists. */
    private interface Step {
        void take() throws IOException;
    }

    private void change(String title, Step step) {
        services.kit()
                .tasks()
                .run(
                        title,
                        progress -> {
                            step.take();
                            return null;
                        },
                        done -> load());
    }

    private void dragged(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    private void dropped(DragEvent event) {
        take(event.getDragboard().getFiles());
        event.setDropCompleted(true);
        event.consume();
    }

    private void chooseFiles() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Import certificates or lists of revoked ones");
        List<File> files = chooser.showOpenMultipleDialog(rows.getScene().getWindow());
        if (files != null) {
            take(files);
        }
    }

    /** Puts what files hold into the list where it belongs, and says what was done. */
    void take(List<File> files) {
        TrustImport into = new TrustImport(services.trust());
        services.kit()
                .tasks()
                .run(
                        "Import certificates",
                        progress -> {
                            List<String> done = new ArrayList<>();
                            for (File file : files) {
                                done.addAll(into.any(file.toPath()));
                            }
                            return done;
                        },
                        done -> {
                            services.kit().notifications().tell(String.join("\n", done));
                            load();
                        });
    }

    private void export() {
        PresentedCertificate chosen = rows.lead().certificate();
        String name = chosen.subject().replaceAll("^.*CN=|,.*$", "").replaceAll("\\W+", "-");
        save(
                "Export the certificate",
                name + ".der",
                target -> Files.write(target, CertificateFiles.encoded(chosen.certificate())),
                "The certificate is in ",
                "");
    }

    private void exportOwn() {
        save(
                "Export Fieldloom's own certificate",
                "fieldloom.der",
                target -> {
                    services.own().identity();
                    return Files.copy(
                            services.own().file(), target, StandardCopyOption.REPLACE_EXISTING);
                },
                "Fieldloom's certificate is in ",
                "; let the server trust it");
    }

    /** Writes a file. */
    private interface Writing {
        Path to(Path target) throws IOException;
    }

    private void save(String title, String name, Writing writing, String done, String more) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(name);
        File target = chooser.showSaveDialog(rows.getScene().getWindow());
        if (target != null) {
            services.kit()
                    .tasks()
                    .run(
                            title,
                            progress -> writing.to(target.toPath()),
                            file -> services.kit().notifications().tell(done + file + more));
        }
    }
}
