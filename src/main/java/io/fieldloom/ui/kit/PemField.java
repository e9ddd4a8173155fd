package io.fieldloom.ui.kit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.stage.FileChooser;

/**
 * One file with a certificate or a key, typed or chosen; the project keeps it relative to its own
 * file where it can. FX thread only.
 */
public final class PemField {
    private final Label label;
    private final TextField field = new TextField();
    private final HBox line;
    private final Path folder;

    /**
     * @param prompt what an empty field means
     * @param path the path as it stands in the project, or null for none
     * @param folder what paths are relative to, or null while the project is in no file
     */
    public PemField(String title, String prompt, String path, Path folder) {
        this.folder = folder;
        label = new Label(title);
        label.setLabelFor(field);
        fill(path);
        field.setPromptText(prompt);
        field.setAccessibleText(title);
        Button choose = new Button("Choose…");
        choose.setMinWidth(Region.USE_PREF_SIZE);
        choose.setOnAction(event -> choose(title));
        HBox.setHgrow(field, Priority.ALWAYS);
        line = new HBox(8, field, choose);
    }

    public Label label() {
        return label;
    }

    public TextField field() {
        return field;
    }

    /** Why the file cannot be used, as far as can be seen at once; empty for none. */
    public Optional<String> fault() {
        String path = path();
        if (path == null) {
            return Optional.empty();
        }
        try {
            Path file = resolved(path);
            return Files.isReadable(file) && !Files.isDirectory(file)
                    ? Optional.empty()
                    : Optional.of(file + " is no file that can be read");
        } catch (InvalidPathException e) {
            return Optional.of("'" + path + "' is no path of a file");
        }
    }

    public Region node() {
        return line;
    }

    /** The path as it stands in the project, or null for none. */
    public String path() {
        String text = field.getText().strip();
        return text.isEmpty() ? null : text;
    }

    /** Where that file is. Only while there is a path and nothing wrong with it. */
    public Path file() {
        return resolved(path());
    }

    private Path resolved(String path) {
        return folder == null ? Path.of(path) : folder.resolve(path);
    }

    /** Takes a path as it stands in the project, or null for none. */
    public void fill(String path) {
        field.setText(path == null ? "" : path);
    }

    private void choose(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters()
                .setAll(
                        new FileChooser.ExtensionFilter(
                                "Certificates and keys",
                                "*.pem",
                                "*.crt",
                                "*.cer",
                                "*.der",
                                "*.key"),
                        new FileChooser.ExtensionFilter("All files", "*"));
        if (folder != null && folder.toFile().isDirectory()) {
            chooser.setInitialDirectory(folder.toFile());
        }
        File chosen = chooser.showOpenDialog(field.getScene().getWindow());
        if (chosen != null) {
            field.setText(relative(chosen.toPath().toAbsolutePath()));
        }
    }

    private String relative(Path chosen) {
        if (folder == null || !chosen.startsWith(folder.toAbsolutePath())) {
            return chosen.toString();
        }
        return folder.toAbsolutePath().relativize(chosen).toString().replace('\\', '/');
    }
}
