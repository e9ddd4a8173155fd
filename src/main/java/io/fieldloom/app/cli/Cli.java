package io.fieldloom.app.cli;

import io.fieldloom.app.bench.Benchmark;
import io.fieldloom.domain.MalformedException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The command line: one class a command, one line a failure. Only the class of the command that was
 * asked for is loaded, so that a one-shot answer does not wait for libraries it does not need.
 */
public final class Cli {
    /** What went wrong is a fault of the program itself. */
    public static final int FAILED = 1;

    public static final int NO_CONNECTION = CommandFailure.NO_CONNECTION;

    private final Shell shell;
    private final WindowStarter window;
    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    /**
     * @param benchmarks what {@code bench} can measure; not asked by any other command
     */
    public Cli(Shell shell, WindowStarter window, Supplier<List<Benchmark>> benchmarks) {
        this.shell = shell;
        this.window = window;
        commands.put("browse", () -> new BrowseCommand(shell));
        commands.put("discover", () -> new DiscoverCommand(shell));
        commands.put("diagnose", () -> new DiagnoseCommand(shell));
        commands.put("read", () -> new ReadCommand(shell));
        commands.put("write", () -> new WriteCommand(shell));
        commands.put("call", () -> new CallCommand(shell));
        commands.put("history", () -> new HistoryCommand(shell));
        commands.put("events", () -> new EventsCommand(shell));
        commands.put("tags", () -> new TagsCommand(shell));
        commands.put("scan", () -> new ScanCommand(shell));
        commands.put("certificates", () -> new CertificatesCommand(shell));
        commands.put("watch", () -> new WatchCommand(shell));
        commands.put("publish", () -> new PublishCommand(shell));
        commands.put("demo", () -> new DemoCommand(shell, window));
        commands.put("lint", () -> new LintCommand(shell));
        commands.put("run", () -> new RunCommand(shell));
        commands.put("simulate", () -> new SimulateCommand(shell));
        commands.put("broker", () -> new BrokerCommand(shell));
        commands.put("bench", () -> new BenchCommand(shell, benchmarks.get()));
    }

    /** Runs one command line and gives its exit code. */
    public int run(List<String> args) {
        boolean debug = args.contains("--debug");
        if (args.isEmpty()) {
            return openWindow();
        }
        LogLevel.forCommand(args.get(0), debug);
        CommandLine line = new CommandLine(new FieldloomCommand(shell, commands.keySet(), window));
        commands.forEach(
                (name, command) -> {
                    if (!commands.containsKey(args.get(0)) || name.equals(args.get(0))) {
                        line.addSubcommand(name, command.get());
                    }
                });
        line.setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((failure, given) -> wrongUsage(failure));
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> failed(failure, command, debug));
        // A payload may begin with '@' without being the name of a file of arguments.
        line.setExpandAtFiles(false);
        int code = line.execute(NegativeNumbers.asValues(args).toArray(String[]::new));
        shell.out().flush();
        return code;
    }

    /** What most people start most of the time: a third of a second before picocli is ready. */
    private int openWindow() {
        try {
            return window.open(Optional.empty());
        } catch (RuntimeException e) {
            return report(e, "fieldloom");
        }
    }

    private int wrongUsage(ParameterException failure) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        String name = command.replaceFirst("^fieldloom ?", "");
        String what = (name.isEmpty() ? "" : name + ": ") + failure.getMessage();
        fail(CommandFailure.usage(what, "Try '" + command + " --help'"));
        return CommandFailure.USAGE;
    }

    private int failed(Exception failure, CommandLine command, boolean debug) {
        int code = report(failure, command.getCommandSpec().qualifiedName());
        if (debug && !(failure instanceof Shell.Stopped)) {
            failure.printStackTrace(shell.err());
        }
        return code;
    }

    private int report(Exception failure, String command) {
        if (failure instanceof Shell.Stopped) {
            return 0;
        }
        if (failure instanceof CommandFailure known) {
            fail(known);
            return known.exitCode();
        }
        if (failure instanceof MalformedException malformed) {
            fail(CommandFailure.usage(malformed.getMessage(), "Try '" + command + " --help'"));
            return CommandFailure.USAGE;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        String message = failure.getMessage();
        fail(
                CommandFailure.no(
                        "a fault of Fieldloom itself: "
                                + failure.getClass().getSimpleName()
                                + (message == null ? "" : ", " + message),
                        "Run it again with --debug and report what it prints"));
        return FAILED;
    }

    private void fail(CommandFailure failure) {
        shell.out().flush();
        shell.err().println("fieldloom: " + failure.getMessage());
    }
}
