package io.fieldloom.engine.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.engine.security.Home;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What goes with a deleted entry, and what stays. */
class DeletingTest {

    private static void delete(String before, String after, String... topics) {
        String head = "fieldloom: 1\nmappings:";
        ProjectEditor editor = ProjectEditor.ofText(head + before, "x", new Home(Path.of("none")));
        assertThat(editor.faults()).isEmpty();
        editor.apply(
                new Edit.Batch(
                        "Delete",
                        Arrays.stream(topics)
                                .map(topic -> (Edit) new Edit.RemoveMapping(topic))
                                .collect(Collectors.toList())));
        assertThat(editor.text()).isEqualTo(head + after);
        assertThat(ProjectFile.parse(editor.text()).faults()).isEmpty();
        editor.undo();
        assertThat(editor.text()).isEqualTo(head + before);
    }

    private static String shortened(String text) {
        return text.replace("M", "{device: d, tag: t}");
    }

    @Test
    void firstOfABlock() {
        delete(
                shortened("   # head\n  # of a\n  a: M   # eol\n  b: M\n"),
                shortened("   # head\n  b: M\n"),
                "a");
    }

    @Test
    void commentsOfOthersStay() {
        delete(
                shortened("\n  a: M\n # less\n  # of b\n  b: M\n  # of c\n  c: M\n"),
                shortened("\n  a: M\n # less\n  # of c\n  c: M\n"),
                "b");
        delete(
                shortened("\n  a: M\n  # group\n\n  b: M\n"),
                shortened("\n  a: M\n  # group\n\n"),
                "b");
    }

    @Test
    void lastWithoutALineBreak() {
        delete(shortened("\n  a: M # x\n  b: M"), shortened("\n  a: M # x"), "b");
        delete(shortened("\r\n  a: M # x\r\n  # b\r\n  b: M"), shortened("\r\n  a: M # x"), "b");
    }

    @Test
    void allOfABlock() {
        delete(shortened(" # head\n  a: M\n  b: M\n# end\n"), " # head\n# end\n", "a", "b");
    }

    @Test
    void anyOfOneLine() {
        delete(shortened(" {a: M, b: M, c: M}\n"), shortened(" {b: M, c: M}\n"), "a");
        delete(shortened(" {a: M, b: M, c: M}\n"), shortened(" {a: M, c: M}\n"), "b");
        delete(shortened(" {a: M, b: M, c: M}\n"), shortened(" {a: M, b: M}\n"), "c");
        delete(shortened(" {a: M, b: M, }\n"), shortened(" {a: M, }\n"), "b");
        delete(shortened(" {a: M, }\n"), " {}\n", "a");
    }

    @Test
    void anyOfBracesOverSeveralLines() {
        String text =
                shortened(
                        """
                         {
                          # of a
                          a: M,   # eol a
                          # of b
                          b: M,   # eol b

                          # of c
                          c: M    # eol c
                        }
                        """);
        delete(text, text.replace(shortened("  # of a\n  a: M,   # eol a\n"), ""), "a");
        delete(text, text.replace(shortened("  # of b\n  b: M,   # eol b\n"), ""), "b");
        delete(
                text,
                text.replace(
                        shortened("b: M,   # eol b\n\n  # of c\n  c: M    # eol c\n"),
                        shortened("b: M   # eol b\n")),
                "c");
    }

    @Test
    void leadingCommas() {
        String text = shortened(" {\n    a: M\n  , b: M\n  , c: M\n}\n");
        delete(text, text.replace(shortened("\n  , b: M"), ""), "b");
    }
}
