package io.fieldloom.engine.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.EditRefused;
import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The open project: undo, what is unsaved, and files that never get lost. */
class ProjectEditorTest {
    private static final String TEXT =
            """
            fieldloom: 1
            name: old
            brokers:
              plant: {url: mqtt://b}
            mappings:
              # first
              acme/a: {device: d, tag: t, broker: plant}
              acme/b: {device: d, tag: t}
            """;

    @TempDir private Path folder;
    private Path file;
    private Home home;
    private ProjectEditor editor;

    @BeforeEach
    void open() throws IOException {
        file = folder.resolve("Hall 1.fieldloom.yaml");
        home = new Home(folder.resolve("home"));
        Files.writeString(file, TEXT);
        editor = ProjectEditor.open(file, home);
    }

    private static Edit name(String name) {
        return new Edit.SetName(name);
    }

    private List<Path> backups() throws IOException {
        try (Stream<Path> files = Files.walk(home.backups())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void savesAndKeepsTheEarlierVersion() throws IOException {
        editor.apply(name("new"));
        assertThat(editor.unsaved()).isTrue();
        editor.save();
        assertThat(editor.unsaved()).isFalse();
        assertThat(file).hasContent(TEXT.replace("old", "new"));
        assertThat(backups()).hasSize(1);
        assertThat(backups().get(0)).hasContent(TEXT);
        assertThat(files()).containsExactly("Hall 1.fieldloom.yaml", "home");
    }

    @Test
    void keepsTwentyEarlierVersions() throws IOException {
        for (int n = 0; n < 25; n++) {
            editor.apply(name("n" + n));
            editor.save();
        }
        assertThat(backups()).hasSize(20);
        assertThat(backups().get(19)).content().contains("name: n23");
    }

    @Test
    void undoAcrossSavesGivesTheEarlierBytes() throws IOException {
        editor.apply(name("one"));
        editor.save();
        editor.apply(new Edit.RemoveMapping("acme/a"));
        editor.save();
        editor.undo();
        editor.undo();
        assertThat(editor.unsaved()).isTrue();
        editor.save();
        assertThat(file).hasContent(TEXT);
        editor.redo();
        editor.redo();
        assertThat(editor.project().mappings()).hasSize(1);
        assertThat(editor.redo()).isEmpty();
    }

    @Test
    void goingBackToWhatWasSavedLeavesNothingUnsaved() {
        editor.apply(name("one"));
        editor.undo();
        assertThat(editor.unsaved()).isFalse();
        editor.redo();
        assertThat(editor.unsaved()).isTrue();
    }

    @Test
    void editThatChangesNothingIsNoStep() {
        editor.apply(name("old"));
        assertThat(editor.undoLabel()).isEmpty();
        assertThat(editor.revision()).isZero();
    }

    @Test
    void newEditEndsRedo() {
        editor.apply(name("one"));
        editor.undo();
        assertThat(editor.redoLabel()).contains("Rename project to one");
        editor.apply(name("two"));
        assertThat(editor.redo()).isEmpty();
    }

    @Test
    void refusedEditChangesNothing() {
        assertThatThrownBy(() -> editor.apply(new Edit.MoveBranch("acme/a", "acme/b")))
                .isInstanceOf(EditRefused.class)
                .hasMessageContaining("acme/b");
        assertThatThrownBy(
                        () ->
                                editor.apply(
                                        new Edit.Batch(
                                                "both",
                                                List.of(
                                                        name("x"),
                                                        new Edit.RemoveMapping("none")))))
                .isInstanceOf(EditRefused.class);
        assertThat(editor.text()).isEqualTo(TEXT);
    }

    @Test
    void listenersHearOfEachChangeOnceItIsInPlace() {
        List<String> heard = new ArrayList<>();
        Runnable end =
                editor.addListener(
                        change -> {
                            assertThat(editor.project()).isSameAs(change.after());
                            heard.add(String.valueOf(change.after().name()));
                        });
        editor.apply(name("one"));
        editor.undo();
        editor.redo();
        end.run();
        editor.undo();
        assertThat(heard).containsExactly("one", "old", "one");
    }

    @Test
    void oneFailingListenerDoesNotKeepTheOthersFromHearing() {
        List<Change> heard = new ArrayList<>();
        editor.addListener(
                change -> {
                    throw new IllegalStateException("broken");
                });
        editor.addListener(heard::add);
        assertThatThrownBy(() -> editor.apply(name("one"))).hasMessage("broken");
        assertThat(heard).hasSize(1);
        assertThat(editor.project().name()).isEqualTo("one");
    }

    // Somebody else's work in the file must not be overwritten unasked.
    @Test
    void fileThatSomebodyElseChangedIsNotOverwritten() throws IOException {
        editor.apply(name("mine"));
        Files.writeString(file, TEXT + "# theirs\n");
        assertThatThrownBy(editor::save).isInstanceOf(SaveConflict.class);
        assertThat(file).hasContent(TEXT + "# theirs\n");
        assertThat(editor.unsaved()).isTrue();
        editor.saveAnyway();
        assertThat(file).content().contains("mine").doesNotContain("theirs");
        assertThat(backups().get(0)).content().contains("theirs");
        editor.apply(name("again"));
        editor.save();
    }

    // Whoever deleted or moved it had a reason.
    @Test
    void fileThatIsGoneIsNotWrittenAgainUnasked() throws IOException {
        editor.apply(name("mine"));
        Files.delete(file);
        assertThatThrownBy(editor::save)
                .isInstanceOfSatisfying(SaveConflict.class, e -> assertThat(e.isGone()).isTrue());
        assertThat(file).doesNotExist();
        editor.saveAnyway();
        assertThat(file).content().contains("mine");
    }

    @Test
    void editThatIsCalledOffInTimeLeavesEverythingAsItWas() {
        assertThatThrownBy(() -> editor.apply(name("mine"), () -> false))
                .isInstanceOf(CancellationException.class);
        assertThat(editor.text()).isEqualTo(TEXT);
        assertThat(editor.undoLabel()).isEmpty();
    }

    @Test
    void touchedFileWithTheSameContentIsNoConflict() throws IOException {
        Files.writeString(file, TEXT);
        editor.apply(name("mine"));
        editor.save();
        assertThat(file).content().contains("mine");
    }

    @Test
    void linksAreFollowedAndTheModeStays() throws IOException {
        Path link = folder.resolve("link.fieldloom.yaml");
        Files.createSymbolicLink(link, file.getFileName());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        ProjectEditor throughLink = ProjectEditor.open(link, home);
        throughLink.apply(name("new"));
        throughLink.save();
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(file).content().contains("name: new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void readOnlyFileStaysAsItIs() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        editor.apply(name("new"));
        assertThatThrownBy(editor::save)
                .isInstanceOf(SaveFailed.class)
                .hasMessageContaining("may not be written")
                .hasMessageContaining("old file is as it was");
        assertThat(file).hasContent(TEXT);
        assertThat(files()).doesNotContain("tmp");
    }

    @Test
    void folderThatIsGoneIsSaidClearly() throws IOException {
        Path other = folder.resolve("gone").resolve("x.fieldloom.yaml");
        assertThatThrownBy(() -> editor.saveAs(other))
                .isInstanceOf(SaveFailed.class)
                .hasMessageContaining("folder is not there");
        assertThat(editor.file()).contains(file);
    }

    @Test
    void saveAsMovesTheProjectToItsNewFile() throws IOException {
        Path other = folder.resolve("other.fieldloom.yaml");
        editor.apply(name("new"));
        editor.saveAs(other);
        assertThat(editor.file()).contains(other);
        assertThat(editor.displayName()).isEqualTo("other.fieldloom.yaml");
        assertThat(editor.fileStem()).isEqualTo("other");
        assertThat(editor.unsaved()).isFalse();
        assertThat(file).hasContent(TEXT);
        assertThat(other).content().contains("new");
    }

    @Test
    void projectInNoFileAsksForOne() throws IOException {
        ProjectEditor demo = ProjectEditor.ofText(TEXT, "Demo", home);
        assertThat(demo.unsaved()).isFalse();
        assertThatThrownBy(demo::save)
                .isInstanceOf(SaveFailed.class)
                .hasMessageContaining("in no file yet");
        demo.saveAs(folder.resolve("demo.fieldloom.yaml"));
        demo.save();
    }

    @Test
    void nameOnABrokerHasNoOddCharacters() {
        assertThat(editor.fileStem()).isEqualTo("Hall-1");
    }

    @Test
    void linesFollowTheText() {
        assertThat(editor.lineOf(Location.mapping("acme/b"))).hasValue(8);
        editor.apply(new Edit.PutMapping(Mapping.of("acme/a0", new TagRef("d", "t"))));
        editor.apply(new Edit.RemoveMapping("acme/a"));
        assertThat(editor.lineOf(Location.mapping("acme/b"))).hasValue(6);
        assertThat(editor.lineOf(Location.mapping("acme/a0"))).hasValue(7);
        assertThat(editor.lineOf(Location.mapping("acme/a"))).isEmpty();
        assertThat(editor.lineOf(Location.setting("name"))).hasValue(2);
    }

    @Test
    void firstMappingOfABrokerIsTheFirstInTheFile() {
        assertThat(editor.firstMapping("plant")).contains("acme/a");
        assertThat(editor.firstMapping("embedded")).contains("acme/b");
        assertThat(editor.firstMapping("none")).isEmpty();
    }
}
