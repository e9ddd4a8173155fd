package io.fieldloom.app.cli;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusNotation.Base;
import io.fieldloom.domain.tag.TagTable;
import io.fieldloom.domain.tag.TagTable.Column;
import io.fieldloom.domain.tag.TextFile;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.project.ProjectUnreadable;
import io.fieldloom.engine.tags.ImportedTags;
import io.fieldloom.engine.tags.ImportedTags.Fate;
import io.fieldloom.engine.tags.ImportedTags.Note;
import io.fieldloom.engine.tags.KepwareTable;
import io.fieldloom.engine.tags.TableTags;
import io.fieldloom.engine.tags.TagImport;
import io.fieldloom.engine.tags.TagImport.Existing;
import io.fieldloom.engine.tags.TagSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tags FILE DEVICE [LIST]}: a device's tags as a table, and such a table as its tags. */
@Command(
        name = "tags",
        description = {
            "Take the tags of a table into a project; without LIST, print those it has as CSV.",
            "A table names its columns in the first line: name, address, type, scale, unit."
        })
final class TagsCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectArgument file;

    @Parameters(index = "1", paramLabel = "DEVICE", description = "A device of the project.")
    private String name;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "LIST",
            description = "A CSV or tab separated table, or what Kepware or Neuron exports.")
    private Path list;

    @Option(names = "--replace", description = "Replace tags that the device has already.")
    private boolean replace;

    @Option(names = "--from-one", description = "Bare numbers count from 1, not from 0.")
    private boolean fromOne;

    @Option(
            names = "--low-word-first",
            description = "32 bit values of Kepware's table begin with the low word.")
    private boolean lowWordFirst;

    @Option(names = "--json", description = "Answer with JSON lines, one for each tag.")
    private boolean json;

    TagsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure {
        file.load(shell);
        try {
            ProjectEditor editor = ProjectEditor.open(file.path(), shell.home());
            Device device = editor.project().devices().get(name);
            if (device == null) {
                throw CommandFailure.usage(
                        file.text() + ": the project has no device '" + name + "'",
                        "Its devices are "
                                + String.join(", ", editor.project().devices().keySet()));
            }
            if (list == null) {
                shell.out().print(TagTable.csv(device.tags().values()));
                return 0;
            }
            return take(editor, device);
        } catch (ProjectUnreadable e) {
            throw new CommandFailure(CommandFailure.USAGE, e.getMessage(), "", e);
        }
    }

    private int take(ProjectEditor editor, Device device) throws CommandFailure {
        TagImport plan =
                TagImport.of(
                        editor.project(), read(device), replace ? Existing.REPLACE : Existing.KEEP);
        if (plan.edit().isPresent()) {
            editor.apply(plan.edit().get());
            try {
                editor.save();
            } catch (IOException e) {
                throw CommandFailure.noConnection(
                        e.getMessage(), "Nothing was changed; run it again", e);
            }
        }
        show(plan);
        long lost = plan.notes().stream().filter(note -> note.fate() == Fate.LOST).count();
        if (lost > 0) {
            throw CommandFailure.no(
                    file.text() + ": " + plan.tags() + " tags taken, " + lost + " not",
                    "See why in the list; --replace takes those that are there already");
        }
        return 0;
    }

    private ImportedTags read(Device device) throws CommandFailure {
        try {
            TagSource source = TagSource.of(TextFile.decode(Files.readAllBytes(list)));
            if (source instanceof TagSource.Kepware kepware) {
                return KepwareTable.read(kepware.table(), device, lowWordFirst);
            }
            return source instanceof TagSource.Table table
                    ? table(table.table(), device)
                    : ((TagSource.Export) source).tags();
        } catch (IOException e) {
            throw CommandFailure.usage(
                    list + ": it cannot be read: " + e.getClass().getSimpleName(),
                    "Check the name");
        } catch (MalformedException e) {
            throw CommandFailure.usage(list + ": " + e.getMessage(), "Look into the file");
        }
    }

    private ImportedTags table(TagTable table, Device device) throws CommandFailure {
        Map<Column, Integer> columns = table.guess();
        if (!columns.containsKey(Column.NAME) || !columns.containsKey(Column.ADDRESS)) {
            throw CommandFailure.usage(
                    list + ": which column holds the name and which the address is not told",
                    "Name the columns in the first line: name, address, type, scale, unit");
        }
        Base base = fromOne ? Base.ONE : Base.ZERO;
        return TableTags.read(
                table, new TagTable.Reader(columns, ModbusAddress.Table.HOLDING, base), device);
    }

    private void show(TagImport plan) {
        List<Note> notes = plan.notes();
        if (json) {
            JsonOutput lines = new JsonOutput(shell);
            for (Note note : notes) {
                lines.buffered(
                        out -> {
                            out.writeStringField("fate", fate(note));
                            out.writeStringField("item", note.item());
                            out.writeStringField("address", note.after());
                            out.writeStringField("why", note.why());
                        });
            }
            return;
        }
        Columns columns = new Columns();
        notes.forEach(note -> columns.row(fate(note), note.item(), note.after(), note.why()));
        columns.print(shell.out());
    }

    private static String fate(Note note) {
        return note.fate().name().toLowerCase(Locale.ROOT);
    }
}
