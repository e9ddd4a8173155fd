package io.fieldloom.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldloom.engine.payload.PayloadEncoder;
import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.security.KeptCertificate;
import io.fieldloom.engine.security.KeptCertificate.Kind;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.engine.security.TrustImport;
import io.fieldloom.engine.security.TrustList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code certificates}: which OPC UA servers are trusted, and the changing of it. */
@Command(
        name = "certificates",
        description = "List the certificates of OPC UA servers; trust them, or no longer.")
final class CertificatesCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(
            names = "--trust",
            paramLabel = "FILE|THUMBPRINT",
            description = "Trust a certificate: of a file, or one of the rejected.")
    private List<String> trusted = List.of();

    @Option(
            names = "--issuer",
            paramLabel = "FILE",
            description = "Trust what an authority (CA) issued.")
    private List<Path> issuers = List.of();

    @Option(
            names = "--crl",
            paramLabel = "FILE",
            description = "Take over which certificates a trusted issuer revoked.")
    private List<Path> lists = List.of();

    @Option(
            names = "--distrust",
            paramLabel = "THUMBPRINT",
            description = "No longer trust a certificate or an issuer (SHA-256 or SHA-1).")
    private List<String> distrusted = List.of();

    @Option(
            names = "--export-own",
            paramLabel = "FILE",
            description = "Write Fieldloom's own certificate, for a server to trust.")
    private Path export;

    @Option(names = "--json", description = "Answer with one JSON array.")
    private boolean json;

    CertificatesCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        Parts parts = Parts.of(shell.home());
        change(parts);
        if (json) {
            new JsonOutput(shell).document(array -> write(array, parts.trust()));
        } else {
            print(parts.trust());
        }
        return 0;
    }

    /** Makes one change. */
    private interface Step {
        List<String> take() throws IOException;
    }

    private void change(Parts parts) throws CommandFailure {
        TrustImport files = new TrustImport(parts.trust());
        for (Path file : issuers) {
            take(() -> files.issuers(file));
        }
        for (Path file : lists) {
            take(() -> files.revocations(file));
        }
        for (String which : trusted) {
            if (bare(which).matches("[0-9A-F]{40}|[0-9A-F]{64}")) {
                KeptCertificate kept = find(parts.trust(), which, Kind.REJECTED);
                take(() -> trust(parts.trust(), kept));
            } else {
                take(() -> files.trusted(Path.of(which)));
            }
        }
        for (String which : distrusted) {
            KeptCertificate kept = find(parts.trust(), which, Kind.TRUSTED, Kind.ISSUER);
            take(() -> distrust(parts.trust(), kept));
        }
        if (export != null) {
            take(() -> export(parts));
        }
    }

    private void take(Step step) throws CommandFailure {
        try {
            step.take().forEach(shell::note);
        } catch (IOException e) {
            throw CommandFailure.usage(
                    "certificates: " + e.getMessage(),
                    "Give a file in PEM or DER form, and check that "
                            + shell.home().pki()
                            + " can be written");
        }
    }

    private static List<String> trust(TrustList trust, KeptCertificate kept) throws IOException {
        trust.trust(kept);
        return List.of(name(kept.certificate()) + " is trusted from now on");
    }

    private static List<String> distrust(TrustList trust, KeptCertificate kept) throws IOException {
        if (kept.kind() == Kind.ISSUER) {
            trust.distrustIssuer(kept.certificate());
            return List.of("what " + name(kept.certificate()) + " issued is no longer trusted");
        }
        trust.distrust(kept.certificate());
        return List.of(name(kept.certificate()) + " is no longer trusted");
    }

    private List<String> export(Parts parts) throws IOException {
        parts.certificate().identity();
        Files.copy(parts.certificate().file(), export, StandardCopyOption.REPLACE_EXISTING);
        return List.of("Fieldloom's own certificate is in " + export + "; let the server trust it");
    }

    private static KeptCertificate find(TrustList trust, String thumbprint, Kind... kinds)
            throws CommandFailure {
        String wanted = bare(thumbprint);
        return Stream.of(kinds)
                .flatMap(kind -> trust.kept(kind).stream())
                .filter(
                        kept ->
                                bare(trust.judged(kept).sha256()).equals(wanted)
                                        || bare(trust.judged(kept).sha1()).equals(wanted))
                .findFirst()
                .orElseThrow(
                        () ->
                                CommandFailure.no(
                                        "certificates: none "
                                                + (kinds[0] == Kind.REJECTED
                                                        ? "of the rejected"
                                                        : "of the trusted and the issuers")
                                                + " has the thumbprint "
                                                + thumbprint,
                                        "See 'fieldloom certificates' for those that are here"));
    }

    private static String bare(String thumbprint) {
        return thumbprint.replaceAll("[: ]", "").toUpperCase(Locale.ROOT);
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static Stream<KeptCertificate> all(TrustList trust) {
        return Stream.of(Kind.TRUSTED, Kind.REJECTED, Kind.ISSUER)
                .flatMap(kind -> trust.kept(kind).stream());
    }

    private void print(TrustList trust) {
        Columns columns = new Columns();
        all(trust)
                .forEach(
                        kept ->
                                columns.row(
                                        word(kept.kind()),
                                        name(kept.certificate()),
                                        "until " + day(trust.judged(kept).notAfter()),
                                        "since " + day(kept.since()),
                                        String.join(" ", kept.endpoints()),
                                        "SHA-256 " + trust.judged(kept).sha256()));
        for (X509CRL list : trust.revocations()) {
            columns.row(
                    "revoked",
                    list.getIssuerX500Principal().getName(),
                    list.getNextUpdate() == null
                            ? ""
                            : "until " + day(list.getNextUpdate().toInstant()),
                    "since " + day(list.getThisUpdate().toInstant()),
                    count(list) + " revoked");
        }
        columns.print(shell.out());
    }

    private static int count(X509CRL list) {
        return list.getRevokedCertificates() == null ? 0 : list.getRevokedCertificates().size();
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static void write(JsonGenerator out, TrustList trust) throws IOException {
        out.writeStartArray();
        for (KeptCertificate kept : all(trust).toList()) {
            PresentedCertificate shown = trust.judged(kept);
            out.writeStartObject();
            out.writeStringField("list", word(kept.kind()));
            out.writeStringField("subject", shown.subject());
            out.writeStringField("issuer", shown.issuer());
            out.writeStringField("notBefore", PayloadEncoder.time(shown.notBefore()));
            out.writeStringField("notAfter", PayloadEncoder.time(shown.notAfter()));
            out.writeStringField("sha256", shown.sha256());
            out.writeStringField("sha1", shown.sha1());
            out.writeStringField("since", PayloadEncoder.time(kept.since()));
            strings(out, "endpoints", kept.endpoints());
            strings(out, "faults", shown.faults());
            out.writeEndObject();
        }
        for (X509CRL list : trust.revocations()) {
            out.writeStartObject();
            out.writeStringField("list", "revoked");
            out.writeStringField("issuer", list.getIssuerX500Principal().getName());
            out.writeStringField("since", PayloadEncoder.time(list.getThisUpdate().toInstant()));
            out.writeNumberField("certificates", count(list));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void strings(JsonGenerator out, String name, List<String> values)
            throws IOException {
        out.writeArrayFieldStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }
}
