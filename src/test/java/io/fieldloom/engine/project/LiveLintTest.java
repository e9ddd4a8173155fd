package io.fieldloom.engine.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.engine.mapping.Transforms;
import io.fieldloom.engine.security.Home;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class LiveLintTest {
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final LiveLint lint = new LiveLint(new Transforms()::fault, later::add);

    private static ProjectEditor project(String device) {
        String text =
                """
                fieldloom: 1
                devices:
                  boiler: {endpoint: "modbus-tcp://10.0.0.9:502", tags: {Level: {address: "holding:0"}}}
                mappings:
                  acme/level: {device: %s, tag: Level}
                """;
        return ProjectEditor.ofText(text.formatted(device), "a", new Home(Path.of("unused")));
    }

    private void runAll() {
        while (!later.isEmpty()) {
            later.poll().run();
        }
    }

    @Test
    void itFollowsEditsInTheirOrder() {
        ProjectEditor editor = project("boyler");
        lint.open(editor.project());
        editor.addListener(lint::apply);
        editor.apply(new Edit.RenameDevice("boiler", "kettle"));
        editor.undo();
        editor.apply(new Edit.RemoveMapping("acme/level"));
        editor.undo();
        runAll();

        assertThat(lint.snapshot().list()).hasSize(1);
        assertThat(lint.snapshot().list().get(0).rule()).isEqualTo("unknown-device");
    }

    // The one before may be large, and is still being looked at when the next is opened.
    @Test
    void findingsOfAnEarlierProjectNeverShow() {
        ProjectEditor before = project("boyler");
        lint.open(before.project());
        before.addListener(lint::apply);
        before.apply(new Edit.SetName("late"));
        lint.open(project("boiler").project());
        runAll();

        assertThat(lint.snapshot().list()).isEmpty();
    }
}
