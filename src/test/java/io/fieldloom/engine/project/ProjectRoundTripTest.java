package io.fieldloom.engine.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.EditRefused;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.security.Home;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is edited in whatever file: saved and loaded again it is the same project. */
class ProjectRoundTripTest {
    private static final int SCRIPTS = 12;
    private static final int STEPS = 40;

    static Stream<String> files() {
        return NastyFiles.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void savedAndLoadedAgainItIsTheSameProject(String text) {
        for (int seed = 0; seed < SCRIPTS; seed++) {
            run(text, seed);
        }
    }

    @Test
    void anEmptyProjectCanGrow() {
        for (int seed = 1000; seed < 1000 + SCRIPTS; seed++) {
            run("fieldloom: 1\n", seed);
        }
    }

    private static void run(String text, long seed) {
        ProjectEditor editor = ProjectEditor.ofText(text, "x", new Home(Path.of("none")));
        assertThat(editor.faults()).as(text).isEmpty();
        assertThat(editor.text()).isEqualTo(text);
        Project start = editor.project();
        EditScripts scripts = new EditScripts(seed);
        int made = 0;
        for (int step = 0; step < STEPS; step++) {
            Edit edit = scripts.next(editor.project());
            String before = editor.text();
            String what = "seed " + seed + " step " + step + "\n" + edit + "\n" + before;
            try {
                editor.apply(edit);
                made++;
            } catch (EditRefused e) {
                assertThat(e).hasMessageMatching("(?s).{8,}");
                assertThat(editor.text()).as(what).isEqualTo(before);
                continue;
            } catch (RuntimeException e) {
                throw new AssertionError(what, e);
            }
            LoadedProject again = ProjectFile.parse(editor.text());
            assertThat(again.faults()).as(what + "\n=>\n" + editor.text()).isEmpty();
            assertThat(again.project())
                    .as(what + "\n=>\n" + editor.text())
                    .isEqualTo(editor.project());
        }
        assertThat(made).isGreaterThan(5);
        String end = editor.text();
        while (editor.undo().isPresent()) {
            assertThat(editor.redoLabel()).isPresent();
        }
        assertThat(editor.text()).isEqualTo(text);
        assertThat(editor.project()).isEqualTo(start);
        assertThat(editor.unsaved()).isFalse();
        while (editor.redo().isPresent()) {
            assertThat(editor.undoLabel()).isPresent();
        }
        assertThat(editor.text()).isEqualTo(end);
    }
}
