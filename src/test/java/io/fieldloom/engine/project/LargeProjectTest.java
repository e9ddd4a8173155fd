package io.fieldloom.engine.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.security.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits of many entries go other ways than edits of one, and must come out the same. */
class LargeProjectTest {
    private static final int MAPPINGS = 3_000;

    private static String entry(int n, boolean flow) {
        String topic = "  acme/line-" + n / 700 + "/v" + n + ":";
        return "  # number "
                + n
                + "\n"
                + topic
                + (flow || n % 2 == 0
                        ? " {device: filler, tag: i=" + n + "}" + (flow ? "," : "") + "   # eol\n"
                        : "\n    device: filler   # eol\n    tag: i=" + n + "\n");
    }

    private static String text(boolean flow) {
        StringBuilder text = new StringBuilder("fieldloom: 1\ndevices:\n");
        text.append("  filler: {endpoint: \"opc.tcp://h\"}\nmappings:")
                .append(flow ? " {\n" : "\n");
        for (int n = 0; n < MAPPINGS; n++) {
            text.append(entry(n, flow));
        }
        return text.append(flow ? "}\n" : "# end\n").toString();
    }

    private static ProjectEditor editor(boolean flow) {
        return ProjectEditor.ofText(text(flow), "large", new Home(Path.of("none")));
    }

    private static void check(ProjectEditor editor, String expected) {
        assertThat(editor.text()).isEqualTo(expected);
        LoadedProject again = ProjectFile.parse(editor.text());
        assertThat(again.faults()).isEmpty();
        assertThat(again.project()).isEqualTo(editor.project());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deviceUnderAll(boolean flow) {
        ProjectEditor editor = editor(flow);
        editor.apply(new Edit.RenameDevice("filler", "no"));
        check(editor, text(flow).replace("filler", "\"no\""));
        editor.apply(new Edit.RenameDevice("no", "filler-2"));
        check(editor, text(flow).replace("filler", "\"filler-2\""));
        editor.undo();
        editor.undo();
        assertThat(editor.text()).isEqualTo(text(flow));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rootOfAll(boolean flow) {
        ProjectEditor editor = editor(flow);
        editor.apply(new Edit.MoveBranch("acme", "eu/acme"));
        check(editor, text(flow).replace("  acme/", "  eu/acme/"));
        editor.apply(new Edit.MoveBranch("eu/acme", "eu"));
        check(editor, text(flow).replace("  acme/", "  eu/"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void branchOfManyIsRemovedWithItsComments(boolean flow) {
        ProjectEditor editor = editor(flow);
        editor.apply(new Edit.RemoveBranch("acme/line-1"));
        String expected = text(flow);
        for (int n = 700; n < 1_400; n++) {
            expected = expected.replace(entry(n, flow), "");
        }
        check(editor, expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyNewMappingsStandTogether(boolean flow) {
        ProjectEditor editor = editor(flow);
        List<Edit> added =
                java.util.stream.IntStream.range(0, 1_200)
                        .mapToObj(
                                n ->
                                        (Edit)
                                                new Edit.PutMapping(
                                                        Mapping.of(
                                                                "acme/line-2/w" + n,
                                                                new TagRef("filler", "i=1"))))
                        .collect(Collectors.toCollection(ArrayList::new));
        editor.apply(new Edit.Batch("Map many", added));
        LoadedProject again = ProjectFile.parse(editor.text());
        assertThat(again.project()).isEqualTo(editor.project());
        int lastOfLine2 = editor.lineOf(Location.mapping("acme/line-2/v2099")).orElseThrow();
        int first = editor.lineOf(Location.mapping("acme/line-2/w0")).orElseThrow();
        int last = editor.lineOf(Location.mapping("acme/line-2/w1199")).orElseThrow();
        int next = editor.lineOf(Location.mapping("acme/line-3/v2100")).orElseThrow();
        assertThat(first).isBetween(lastOfLine2 + 1, lastOfLine2 + 3);
        assertThat(next).isGreaterThan(last);
        assertThat(editor.text().split("\n")[last - 1]).contains("acme/line-2/w1199:");
        for (int n = 0; n < 1_200; n++) {
            editor.apply(new Edit.RemoveMapping("acme/line-2/w" + n));
        }
        assertThat(editor.text()).isEqualTo(text(flow));
    }
}
