package io.fieldloom.ui.problems;

import io.fieldloom.domain.lint.Finding;
import io.fieldloom.domain.lint.Severity;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Location;
import io.fieldloom.engine.mapping.BadTags;
import io.fieldloom.engine.mapping.MappingView;
import io.fieldloom.engine.project.Fault;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Presentation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One problem as it is shown.
 *
 * @param id unique and stable
 * @param severity how bad it is
 * @param where the topic, the device, or the file and line
 * @param message what is wrong, a sentence
 * @param fix what to do about it; empty where nobody knows
 * @param edit the edit that does it
 * @param remedy what mends it and is no edit
 * @param location where it is in the project; empty for a fault of the file
 * @param fault the fault of the file; empty for all others
 */
record Problem(
        String id,
        Severity severity,
        String where,
        String message,
        String fix,
        Optional<Edit> edit,
        Optional<Command> remedy,
        Optional<Location> location,
        Optional<Fault> fault) {
    /** What hosts, paths and topics begin with has digits, dots, slashes or dashes in it. */
    private static final Pattern PLAIN_WORD = Pattern.compile("^\\p{L}+(?=[\\s,;]|$)");

    static Problem of(Finding finding) {
        String id = finding.rule() + " " + finding.location().section() + " " + finding.at();
        return new Problem(
                id + " " + finding.message(),
                finding.severity(),
                finding.at(),
                sentence(finding.message(), finding.at()),
                sentence(finding.fix(), finding.at()),
                finding.edit(),
                Optional.empty(),
                Optional.of(finding.location()),
                Optional.empty());
    }

    /**
     * The same of several places as one: a removed device under a hundred mappings is one problem.
     *
     * @param findings alike but for their places; not empty
     */
    static Problem of(List<Finding> findings) {
        Problem first = of(findings.get(0));
        if (findings.size() == 1) {
            return first;
        }
        List<Edit> edits = findings.stream().flatMap(one -> one.edit().stream()).toList();
        return new Problem(
                first.id,
                first.severity,
                first.where + " and " + Presentation.count(findings.size() - 1L) + " more",
                first.message,
                first.fix,
                edits.size() == findings.size()
                        ? Optional.of(new Edit.Batch("Apply " + edits.size() + " fixes", edits))
                        : Optional.empty(),
                Optional.empty(),
                first.location,
                Optional.empty());
    }

    /** A device or broker that is away. */
    static Problem of(Trouble trouble) {
        return new Problem(
                "trouble " + trouble.where() + " " + trouble.message(),
                trouble.severity(),
                trouble.where(),
                sentence(trouble.message(), trouble.where()),
                trouble.advice(),
                Optional.empty(),
                trouble.remedy(),
                trouble.location(),
                Optional.empty());
    }

    /** A mapping that runs and cannot do its work. */
    static Problem of(MappingView mapping) {
        return new Problem(
                "running " + mapping.topic(),
                Severity.ERROR,
                mapping.topic(),
                "Stands still: " + mapping.fault(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.of(Location.mapping(mapping.topic())),
                Optional.empty());
    }

    /** Tags that are published as bad though their device answers. */
    static Problem of(BadTags bad) {
        boolean single = bad.tags() == 1;
        String what =
                single
                        ? "Its tag on " + bad.device() + " is "
                        : Presentation.count(bad.tags()) + " tags of " + bad.device() + " are ";
        return new Problem(
                "bad " + bad.device() + " " + bad.status().name(),
                Severity.WARNING,
                single ? bad.topic() : bad.device(),
                what + bad.status().name() + ": " + bad.status().words(),
                single ? "See what the device says of it" : "One of them: " + bad.topic(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Location.mapping(bad.topic())),
                Optional.empty());
    }

    static Problem of(Fault fault, String file) {
        String message =
                fault.key().isEmpty()
                        ? sentence(fault.message(), "")
                        : fault.key() + ": " + fault.message();
        return new Problem(
                "file " + fault.line() + ":" + fault.column() + " " + fault.message(),
                Severity.ERROR,
                file + ":" + fault.line(),
                message,
                "Mend the line and open the file again",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(fault));
    }

    boolean isError() {
        return severity == Severity.ERROR;
    }

    /** As a line of text, for a report. */
    String text() {
        String said = severity.word() + "\t" + where + "\t" + message;
        return fix.isEmpty() ? said : said + "\t" + fix;
    }

    /**
     * Words with a capital letter, as a sentence begins, unless they begin with a name: {@code
     * plc-1} is spelled as the engineer wrote it.
     */
    private static String sentence(String words, String name) {
        boolean named = !name.isEmpty() && words.startsWith(name);
        return named || !PLAIN_WORD.matcher(words).find() ? words : Presentation.sentence(words);
    }
}
