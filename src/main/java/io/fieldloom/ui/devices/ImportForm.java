package io.fieldloom.ui.devices;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.tag.ModbusNotation.Base;
import io.fieldloom.domain.tag.TagTable.Column;
import io.fieldloom.domain.tag.TagTable.Reader;
import io.fieldloom.domain.tag.TextFile;
import io.fieldloom.engine.tags.ImportedTags;
import io.fieldloom.engine.tags.KepwareTable;
import io.fieldloom.engine.tags.TableTags;
import io.fieldloom.engine.tags.TagImport;
import io.fieldloom.engine.tags.TagImport.Existing;
import io.fieldloom.engine.tags.TagSource;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.Tone;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/**
 * Takes tags from a table (a file or the clipboard) or from another program's export, and shows
 * what becomes of each before anything is changed. FX thread only.
 */
final class ImportForm {
    private static final double WIDE = 920;
    private static final double HEIGHT = 190;
    private static final double LEAST = 100;
    private static final long MOST_BYTES = 64L << 20;
    private static final KeyCombination PASTE =
            new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN);

    private final DevicesServices services;
    private final Consumer<String> show;
    private final Label from = Form.message();
    private final ComboBox<String> into = new ComboBox<>();
    private final ComboBox<Choice<Table>> table = new ComboBox<>();
    private final ComboBox<Choice<Base>> base = new ComboBox<>();
    private final ComboBox<Choice<Existing>> existing = new ComboBox<>();
    private final ComboBox<Choice<Boolean>> words = new ComboBox<>();
    private final ColumnMapping mapping = new ColumnMapping();
    private final Label summary = Form.message();
    private final ImportNotes notes = new ImportNotes();
    private final VBox said = new VBox(8);
    private final StackPane body = new StackPane();
    private final HBox numbers;
    private final HBox wordOrder;
    private final HBox target;
    private DialogPane dialog;
    private Button take;
    private TagSource source;
    private TagImport plan;
    private long asked;
    private boolean isFresh;

    /** One of several, in words. */
    private record Choice<T>(T value, String words) {
        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * @param device where the tags of a table go, or null for the first that takes them
     * @param show chooses a device's row
     */
    ImportForm(DevicesServices services, String device, Consumer<String> show) {
        this.services = services;
        this.show = show;
        List<String> modbus =
                services.project().get().devices().values().stream()
                        .filter(each -> !each.isOpcUa())
                        .map(Device::name)
                        .toList();
        into.getItems().setAll(modbus);
        into.setValue(modbus.contains(device) ? device : modbus.stream().findFirst().orElse(null));
        into.setPromptText("no Modbus device");
        table.getItems().add(new Choice<>(null, "not taken"));
        for (Table each : Table.values()) {
            table.getItems().add(new Choice<>(each, Presentation.table(each)));
        }
        base.getItems().add(new Choice<>(Base.ZERO, "counted from 0"));
        base.getItems().add(new Choice<>(Base.ONE, "counted from 1"));
        existing.getItems().add(new Choice<>(Existing.REPLACE, "are replaced"));
        existing.getItems().add(new Choice<>(Existing.KEEP, "are kept"));
        numbers = line("Bare numbers as addresses are", table, base);
        words.getItems().add(new Choice<>(true, "have the low word first (Kepware's default)"));
        words.getItems().add(new Choice<>(false, "have the high word first"));
        wordOrder = line("32 and 64 bit values", words);
        target = line("Into", into);
        for (ComboBox<?> each : List.of(table, base, existing, words)) {
            each.getSelectionModel().select(0);
        }
    }

    private static HBox line(String words, Node... fields) {
        Label label = new Label(words);
        label.getStyleClass().add("dim");
        label.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = new HBox(8, label);
        line.getChildren().addAll(fields);
        line.setAlignment(Pos.CENTER_LEFT);
        line.managedProperty().bind(line.visibleProperty());
        if (fields[0] instanceof ComboBox<?> first) {
            first.setAccessibleText(words);
        }
        return line;
    }

    void show() {
        Button open = new Button("Open file…");
        open.setOnAction(event -> open());
        Button paste = new Button("Paste");
        paste.setOnAction(event -> paste());
        Tip.set(paste, "Rows copied in a spreadsheet, or any text with tags  (Ctrl+V)");
        for (Button button : List.of(open, paste)) {
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        from.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(from, Priority.ALWAYS);
        HBox sources = new HBox(8, open, paste, from);
        sources.setAlignment(Pos.CENTER_LEFT);
        notes.node().setPrefHeight(HEIGHT);
        notes.node().setMinHeight(LEAST);
        mapping.managedProperty().bind(mapping.visibleProperty());
        base.setAccessibleText("What bare numbers count from");
        Tip.set(base, "Manuals that call the first register 1 count from 1");
        HBox choices = new HBox(18, target, numbers, wordOrder);
        HBox same = line("Tags of the same name that the device has", existing);
        said.getChildren().setAll(choices, same, mapping, summary, notes.node());
        VBox.setVgrow(notes.node(), Priority.ALWAYS);
        body.getChildren()
                .setAll(
                        new EmptyState(
                                Icon.FILE,
                                "Nothing to import yet",
                                "Open a file (CSV, Kepware's CSV or JSON, Neuron's JSON), paste the rows of"
                                        + " a spreadsheet, or drop a file here."));
        body.setMinHeight(HEIGHT);
        VBox content = new VBox(10, sources, body);
        VBox.setVgrow(body, Priority.ALWAYS);
        content.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        content.setOnDragOver(this::dragged);
        content.setOnDragDropped(this::dropped);
        dialog = new DialogPane("Import tags", content).width(WIDE);
        dialog.cancelButton("Cancel");
        take = dialog.button("Import", this::take);
        take.getStyleClass().add("primary");
        take.setDefaultButton(true);
        take.setDisable(true);
        dialog.focusFirst(open);
        mapping.onChange(this::plan);
        for (ComboBox<?> each : List.of(into, table, base, existing, words)) {
            each.valueProperty().addListener(observable -> plan());
        }
        services.kit().dialogs().show(dialog);
    }

    private void pressed(KeyEvent event) {
        if (PASTE.match(event)) {
            event.consume();
            paste();
        }
    }

    private void dragged(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
        }
    }

    private void dropped(DragEvent event) {
        List<File> files = event.getDragboard().getFiles();
        event.setDropCompleted(!files.isEmpty());
        files.stream().findFirst().ifPresent(file -> read(file.toPath()));
    }

    private void open() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Import tags");
        chooser.getExtensionFilters()
                .setAll(
                        new FileChooser.ExtensionFilter(
                                "Tables and exports", "*.csv", "*.txt", "*.tsv", "*.json"),
                        new FileChooser.ExtensionFilter("All files", "*"));
        File chosen = chooser.showOpenDialog(from.getScene().getWindow());
        if (chosen != null) {
            read(chosen.toPath());
        }
    }

    private void paste() {
        String text = Clipboard.getSystemClipboard().getString();
        if (text == null || text.isBlank()) {
            Form.say(from, Tone.WARN, "There is no text on the clipboard. Copy the rows first.");
        } else {
            read("Clipboard", () -> text);
        }
    }

    /** Reads a file; what it is shows itself. */
    void read(Path file) {
        read(
                String.valueOf(file.getFileName()),
                () -> {
                    if (Files.size(file) > MOST_BYTES) {
                        throw new MalformedException("it is too large for a list of tags");
                    }
                    return TextFile.decode(Files.readAllBytes(file));
                });
    }

    /** Where a text comes from. */
    private interface Origin {
        String text() throws java.io.IOException;
    }

    private void read(String name, Origin origin) {
        Form.say(from, Tone.DIM, "Reading " + name + "…");
        services.kit()
                .tasks()
                .run(
                        "Read " + name,
                        task -> TagSource.of(origin.text()),
                        found -> read(name, found),
                        failure ->
                                Form.say(
                                        from,
                                        Tone.BAD,
                                        name + ": " + String.valueOf(failure.getMessage())));
    }

    private void read(String name, TagSource found) {
        source = found;
        boolean isTable = found instanceof TagSource.Table;
        boolean isKepware = found instanceof TagSource.Kepware;
        if (found instanceof TagSource.Table read) {
            int rows = read.table().cells().size() - (read.table().hasHeader() ? 1 : 0);
            Form.say(from, Tone.DIM, name + ": " + Presentation.count(rows, "row", "rows"));
            mapping.show(read.table());
        } else if (found instanceof TagSource.Kepware read) {
            int rows = read.table().cells().size() - 1;
            Form.say(
                    from,
                    Tone.DIM,
                    name + ": Kepware's table, " + Presentation.count(rows, "tag", "tags"));
        } else if (found instanceof TagSource.Export export) {
            Form.say(
                    from,
                    Tone.DIM,
                    name
                            + ": from "
                            + export.program()
                            + ", "
                            + Presentation.count(
                                    export.tags().devices().size(), "device", "devices"));
        }
        mapping.setVisible(isTable);
        numbers.setVisible(isTable);
        target.setVisible(isTable || isKepware);
        wordOrder.setVisible(isKepware);
        body.getChildren().setAll(said);
        isFresh = true;
        plan();
    }

    /** Works out in the background what would become of each; the last question counts. */
    private void plan() {
        if (source == null) {
            return;
        }
        long question = ++asked;
        plan = null;
        take.setDisable(true);
        Project project = services.project().get();
        Existing same = existing.getValue().value();
        Map<Column, Integer> columns = mapping.columns();
        Device device = into.getValue() == null ? null : project.devices().get(into.getValue());
        if (!(source instanceof TagSource.Export) && device == null) {
            refuse("A table does not say where its device is: add the Modbus device first.");
            return;
        }
        if (source instanceof TagSource.Table
                && !(columns.containsKey(Column.NAME) && columns.containsKey(Column.ADDRESS))) {
            refuse("Choose which column holds the name of a tag and which its address.");
            return;
        }
        Reader reader = new Reader(columns, table.getValue().value(), base.getValue().value());
        boolean lowWordFirst = words.getValue().value();
        TagSource what = source;
        services.kit()
                .tasks()
                .run(
                        "Look through the tags",
                        task ->
                                TagImport.of(
                                        project, tags(what, reader, device, lowWordFirst), same),
                        found -> {
                            if (question == asked) {
                                planned(found);
                            }
                        },
                        failure -> refuse(String.valueOf(failure.getMessage())));
    }

    private static ImportedTags tags(
            TagSource source, Reader reader, Device device, boolean lowWordFirst) {
        if (source instanceof TagSource.Table table) {
            return TableTags.read(table.table(), reader, device);
        }
        return source instanceof TagSource.Kepware kepware
                ? KepwareTable.read(kepware.table(), device, lowWordFirst)
                : ((TagSource.Export) source).tags();
    }

    private void refuse(String words) {
        Form.say(summary, Tone.WARN, words);
        notes.show(List.of());
        take.setText("Import");
    }

    private void planned(TagImport found) {
        plan = found;
        notes.show(found.notes());
        Form.say(
                summary,
                ImportNotes.tone(found.notes()),
                ImportNotes.words(found.notes()) + where(found));
        take.setText("Import " + DeviceDialogs.tags(found.tags()));
        take.setDisable(found.edit().isEmpty());
        if (isFresh && !take.isDisabled()) {
            take.requestFocus();
        }
        isFresh = false;
    }

    private String where(TagImport found) {
        if (found.edit().isEmpty()) {
            return ": nothing to change";
        }
        Map<String, Device> known = services.project().get().devices();
        return found.devices().stream()
                .map(
                        device ->
                                known.containsKey(device.name())
                                        ? device.name()
                                        : device.name() + " (new, " + device.endpoint() + ")")
                .collect(Collectors.joining(", ", " → ", ""));
    }

    private void take() {
        TagImport chosen = plan;
        Optional.ofNullable(chosen)
                .flatMap(TagImport::edit)
                .ifPresent(
                        edit ->
                                services.edits()
                                        .make(
                                                edit,
                                                change -> taken(chosen),
                                                refused -> Form.say(summary, Tone.BAD, refused)));
    }

    private void taken(TagImport made) {
        dialog.close();
        services.kit()
                .notifications()
                .tell("Imported " + DeviceDialogs.tags(made.tags()) + "; undo takes them back");
        show.accept(made.devices().get(0).name());
    }
}
