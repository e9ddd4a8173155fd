package io.fieldloom.ui.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.tag.TagTable;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.FxStage;
import io.fieldloom.ui.kit.NoCharts;
import io.fieldloom.ui.kit.ProjectEdits;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class ImportFormTest {
    private static final String PROJECT =
            """
            fieldloom: 1
            devices:
              boiler: {endpoint: "modbus-tcp://10.0.0.9", tags: {Level: {address: "holding:4"}}}
            """;

    @TempDir Path folder;

    private final FxStage window = new FxStage();
    private final List<String> shown = new ArrayList<>();
    private ProjectEditor editor;
    private ImportForm form;

    @Start
    void start(Stage stage) {
        editor = ProjectEditor.ofText(PROJECT, "hall", new Home(folder));
        window.show(stage, new StackPane());
        DevicesServices services =
                new DevicesServices(
                        window.kit(),
                        editor::project,
                        Optional::empty,
                        new ProjectEdits(window.kit(), editor),
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new NoCharts());
        form = new ImportForm(services, "boiler", shown::add);
        form.show();
    }

    private void read(FxRobot robot, String text, String charset) throws IOException {
        Path file = folder.resolve("tags.csv");
        Files.write(file, text.getBytes(Charset.forName(charset)));
        robot.interact(() -> form.read(file));
    }

    private List<String> texts(FxRobot robot) {
        return robot.lookup(".label").queryAllAs(Labeled.class).stream()
                .map(Labeled::getText)
                .toList();
    }

    private static Button importButton(FxRobot robot) {
        return robot.lookup(".button").queryAllAs(Button.class).stream()
                .filter(button -> button.getText() != null)
                .filter(button -> button.getText().startsWith("Import"))
                .findFirst()
                .orElseThrow();
    }

    private static void choose(FxRobot robot, String box, int place) {
        robot.interact(
                () ->
                        robot.lookup(".combo-box").queryAllAs(ComboBox.class).stream()
                                .filter(each -> box.equals(each.getAccessibleText()))
                                .forEach(each -> each.getSelectionModel().select(place)));
    }

    @Test
    void aTableIsPreviewedMappedAndTakenInOneStep(FxRobot robot) throws Exception {
        read(robot, "Öldruck;bar;40001;0,1\nLevel;%;40010;\nPumpe;;pump;\n", "windows-1252");
        assertThat(texts(robot)).contains("1 taken, 1 changed, 1 lost → boiler");
        assertThat(importButton(robot).getText()).isEqualTo("Import 2 tags");

        choose(robot, "Column 2", 1 + TagTable.Column.UNIT.ordinal());
        choose(robot, "Column 4", 1 + TagTable.Column.SCALE.ordinal());
        robot.interact(() -> importButton(robot).fire());

        assertThat(window.kit().dialogs().isOpen()).isFalse();
        assertThat(shown).containsExactly("boiler");
        var tags = editor.project().devices().get("boiler").tags();
        assertThat(tags.keySet()).containsExactly("Level", "Öldruck");
        assertThat(tags.get("Öldruck").unit()).isEqualTo("bar");
        assertThat(tags.get("Öldruck").scale()).isEqualByComparingTo("0.1");
        editor.undo();
        assertThat(editor.text()).isEqualTo(PROJECT);
    }

    @Test
    void whatCannotBeReadSaysWhyAndNothingIsImported(FxRobot robot) throws Exception {
        read(robot, "{\"hello\": 1}", "UTF-8");
        assertThat(texts(robot)).anyMatch(text -> text.startsWith("tags.csv: this is no Kepware"));
        assertThat(importButton(robot).isDisabled()).isTrue();

        read(robot, "17;a\n18;b\n", "UTF-16");
        assertThat(texts(robot))
                .contains("Choose which column holds the name of a tag and which its address.");
        choose(robot, "Column 1", 1 + TagTable.Column.ADDRESS.ordinal());
        choose(robot, "Column 2", 1 + TagTable.Column.NAME.ordinal());
        assertThat(texts(robot)).contains("0 taken, 0 changed, 2 lost: nothing to change");
        choose(robot, "Bare numbers as addresses are", 1);
        assertThat(texts(robot)).contains("2 taken, 0 changed, 0 lost → boiler");
    }
}
