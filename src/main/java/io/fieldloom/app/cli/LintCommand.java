package io.fieldloom.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldloom.domain.lint.Severity;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lint FILE}: what is wrong with a design that validates. */
@Command(name = "lint", description = "Find the problems of a design.")
final class LintCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectArgument file;

    @Option(names = "--json", description = "Answer with one JSON array.")
    private boolean json;

    @Option(names = "--sarif", description = "Answer with a SARIF 2.1.0 document.")
    private boolean sarif;

    @Option(names = "--strict", description = "Warnings fail too.")
    private boolean strict;

    LintCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (json && sarif) {
            throw CommandFailure.usage("--json and --sarif are both given", "Give one");
        }
        List<FindingLine> findings = FindingLine.of(file.load(shell));
        JsonOutput out = new JsonOutput(shell);
        if (json) {
            out.document(array -> write(array, findings));
        } else if (sarif) {
            out.document(document -> Sarif.write(document, file.text(), findings));
        } else {
            findings.forEach(finding -> shell.out().println(finding.text(file.text())));
        }
        return judge(findings);
    }

    private static void write(JsonGenerator out, List<FindingLine> findings) throws IOException {
        out.writeStartArray();
        for (FindingLine each : findings) {
            out.writeStartObject();
            out.writeStringField("rule", each.finding().rule());
            out.writeStringField("severity", each.finding().severity().word());
            out.writeNumberField("line", each.line());
            out.writeStringField("at", each.finding().at());
            out.writeStringField("message", each.finding().message());
            out.writeStringField("fix", each.finding().fix());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private int judge(List<FindingLine> findings) throws CommandFailure {
        long errors = count(findings, Severity.ERROR);
        long warnings = count(findings, Severity.WARNING);
        if (errors == 0 && (warnings == 0 || !strict)) {
            return 0;
        }
        throw CommandFailure.no(
                file.text() + ": " + number(errors, "error") + ", " + number(warnings, "warning"),
                "Mend them, or open the file in the window");
    }

    private static String number(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static long count(List<FindingLine> findings, Severity severity) {
        return findings.stream().filter(each -> each.finding().severity() == severity).count();
    }
}
