package io.fieldloom.app.cli;

import io.fieldloom.domain.lint.Finding;
import io.fieldloom.domain.lint.Lint;
import io.fieldloom.engine.mapping.Transforms;
import io.fieldloom.engine.project.LoadedProject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A finding with its line in the file.
 *
 * @param finding what is wrong
 * @param line where, from 1
 */
record FindingLine(Finding finding, int line) {

    /** All findings of a project, in the order of the file. */
    static List<FindingLine> of(LoadedProject loaded) {
        return Lint.lint(loaded.project(), new Transforms()::fault).list().stream()
                .map(finding -> new FindingLine(finding, line(loaded, finding)))
                .sorted(Comparator.comparingInt(FindingLine::line))
                .toList();
    }

    private static int line(LoadedProject loaded, Finding finding) {
        return loaded.text().lineOf(finding.location()).orElse(1);
    }

    /** {@code FILE:LINE: error unknown-device acme/...: message. Fix}. */
    String text(String file) {
        return file
                + ":"
                + line
                + ": "
                + finding.severity().word()
                + " "
                + finding.rule()
                + " "
                + finding.at()
                + ": "
                + finding.message()
                + ". "
                + sentence(finding.fix());
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
