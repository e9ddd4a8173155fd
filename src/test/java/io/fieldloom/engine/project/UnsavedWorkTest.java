package io.fieldloom.engine.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsavedWorkTest {
    private static final String TEXT =
            """
            fieldloom: 1
            name: old   # kept
            devices:
              boiler: {endpoint: "modbus-tcp://127.0.0.1:1502"}
            mappings:
              acme/a: {device: boiler, tag: A}
              acme/b: {device: boiler, tag: B}
            """;

    @TempDir Path folder;

    private final ScheduledExecutorService background = Executors.newScheduledThreadPool(1);
    private Path file;
    private Home home;
    private ProjectEditor editor;
    private UnsavedWork work;

    @BeforeEach
    void open() throws IOException {
        file = folder.resolve("hall.fieldloom.yaml");
        home = new Home(folder.resolve("home"));
        Files.writeString(file, TEXT);
        editor = ProjectEditor.open(file, home);
        work = new UnsavedWork(editor, home, background);
    }

    @AfterEach
    void end() {
        work.close();
        background.shutdownNow();
    }

    private List<Path> copies() throws IOException {
        if (!Files.isDirectory(home.unsaved())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.unsaved())) {
            return files.filter(path -> path.toString().endsWith(ProjectFile.SUFFIX)).toList();
        }
    }

    @Test
    void whatAKilledProgramLeftIsRecoveredAsOneStep() throws IOException {
        editor.apply(new Edit.SetName("new"));
        editor.apply(new Edit.RemoveMapping("acme/a"));
        editor.apply(new Edit.PutMapping(Mapping.of("acme/c", new TagRef("boiler", "C"))));
        String edited = editor.text();
        assertThat(work.keep()).isPresent();
        assertThat(file).hasContent(TEXT);
        work.close();

        UnsavedCopy copy = UnsavedCopy.left(home).get(0);
        assertThat(copy.isOf(file)).isTrue();
        assertThat(copy.isOfNoFile()).isFalse();
        ProjectEditor next = ProjectEditor.open(file, home);
        List<Change> told = new ArrayList<>();
        next.addListener(told::add);
        assertThat(next.recover(copy)).isTrue();
        assertThat(next.text()).isEqualTo(edited).contains("# kept");
        assertThat(next.unsaved()).isTrue();
        assertThat(told.get(0).touched().topics()).containsExactly("acme/a", "acme/c");
        assertThat(told.get(0).touched().settings()).isTrue();
        assertThat(told.get(0).touched().devices()).isEmpty();
        next.undo();
        assertThat(next.text()).isEqualTo(TEXT);
        assertThat(next.unsaved()).isFalse();

        copy.discard();
        assertThat(home.unsaved()).isEmptyDirectory();
    }

    @Test
    void workOfAFileThatChangedSinceIsNotSavedOverIt() throws Exception {
        editor.apply(new Edit.SetName("new"));
        assertThat(work.keep()).isPresent();
        work.close();
        Files.writeString(file, TEXT.replace("# kept", "# a colleague's"));

        UnsavedCopy copy = UnsavedCopy.left(home).get(0);
        ProjectEditor next = ProjectEditor.open(file, home);
        assertThat(next.recover(copy)).isFalse();
        assertThatThrownBy(next::save)
                .isInstanceOf(SaveConflict.class)
                .hasMessageContaining(file.toString());
        assertThat(file).content().contains("# a colleague's");
        next.saveAnyway();
        assertThat(file).hasContent(next.text());
    }

    @Test
    void theCopyOfAProgramThatRunsIsNobodyElses() {
        editor.apply(new Edit.SetName("new"));

        await().until(() -> !copies().isEmpty());
        assertThat(UnsavedCopy.left(home)).isEmpty();
    }

    @Test
    void theCopyGoesWhenTheWorkIsSavedUndoneOrGivenUp() throws Exception {
        editor.apply(new Edit.SetName("new"));
        await().until(() -> !copies().isEmpty());
        editor.save();
        await().until(() -> copies().isEmpty());

        editor.apply(new Edit.SetName("newer"));
        await().until(() -> !copies().isEmpty());
        editor.undo();
        await().until(() -> copies().isEmpty());

        editor.redo();
        await().until(() -> !copies().isEmpty());
        work.close();
        assertThat(home.unsaved()).isEmptyDirectory();
    }

    @Test
    void aProjectInNoFileIsKeptToo() throws IOException {
        ProjectEditor untitled = ProjectEditor.ofText(TEXT, "untitled.fieldloom.yaml", home);
        try (UnsavedWork own = new UnsavedWork(untitled, home, background)) {
            assertThat(own.keep()).isEmpty();
            untitled.apply(new Edit.SetName("new"));
            own.keep();
        }

        UnsavedCopy copy = UnsavedCopy.left(home).get(0);
        assertThat(copy.isOfNoFile()).isTrue();
        assertThat(copy.name()).isEqualTo("untitled.fieldloom.yaml");
        assertThat(ProjectFile.load(copy.path()).faults()).isEmpty();
    }

    @Test
    void aDamagedCopyIsLeftAlone() throws IOException {
        Files.createDirectories(home.unsaved());
        Files.writeString(home.unsaved().resolve("x.fieldloom.yaml"), "# unsaved work {\n");

        assertThat(UnsavedCopy.left(home)).isEmpty();
    }
}
