package io.fieldloom.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** {@code fieldloom [FILE]}: opens the workbench. Every other command hangs below it. */
@Command(
        name = "fieldloom",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = FieldloomCommand.Version.class,
        description = "The workbench for commissioning a plant's Unified Namespace.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 good; 1 the answer is no; 2 wrong usage, or an input that",
            "cannot be read; 3 could not connect or listen, or was turned away."
        })
final class FieldloomCommand implements Callable<Integer> {
    static final String SUFFIX = ".fieldloom.yaml";

    private final Shell shell;
    private final Collection<String> commands;
    private final WindowStarter window;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Project to open in the window; without one, the last project.")
    private String file;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the log and, of a failure, the stack trace.")
    private boolean debug;

    FieldloomCommand(Shell shell, Collection<String> commands, WindowStarter window) {
        this.shell = shell;
        this.commands = commands;
        this.window = window;
    }

    @Override
    public Integer call() throws CommandFailure {
        return window.open(file == null ? Optional.empty() : Optional.of(project()));
    }

    private Path project() throws CommandFailure {
        if (!file.endsWith(SUFFIX)) {
            throw CommandFailure.usage(
                    "'" + file + "' is neither a command nor a project file",
                    "A project's name ends in "
                            + SUFFIX
                            + "; the commands are "
                            + String.join(", ", commands));
        }
        try {
            Path path = Path.of(file);
            if (Files.isRegularFile(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw CommandFailure.usage(
                    "'" + file + "' is not a file name: " + e.getReason(), "Check the name");
        }
        throw CommandFailure.usage(
                file + ": there is no such file", "Check the name and the folder");
    }

    /** The version that the build gave this program. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            return new String[] {"fieldloom " + version()};
        }
    }

    static String version() throws IOException {
        try (InputStream in =
                FieldloomCommand.class.getResourceAsStream("/io/fieldloom/version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }
}
