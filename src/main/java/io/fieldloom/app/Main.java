package io.fieldloom.app;

import io.fieldloom.app.bench.Benchmark;
import io.fieldloom.app.bench.BrowseBench;
import io.fieldloom.app.bench.EditBench;
import io.fieldloom.app.bench.HeapBench;
import io.fieldloom.app.bench.LatencyBench;
import io.fieldloom.app.bench.LoadBench;
import io.fieldloom.app.bench.ModbusBench;
import io.fieldloom.app.bench.StartBench;
import io.fieldloom.app.bench.SubscribeBench;
import io.fieldloom.app.bench.TapBench;
import io.fieldloom.app.cli.Cli;
import io.fieldloom.app.cli.Shell;
import io.fieldloom.app.cli.Stop;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the program starts. Not a JavaFX Application, so that it starts from a plain class path. No
 * command but the window loads JavaFX.
 */
public final class Main {
    /** The longest that a signalled command may take to drain and print its summary. */
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(25);

    private Main() {}

    public static void main(String[] args) {
        // Before the first logger is made: parts of ours ship a /logback.xml that would win
        // otherwise.
        System.setProperty("logback.configurationFile", "io/fieldloom/logback-fieldloom.xml");
        Answers written = new Answers(new FileOutputStream(FileDescriptor.out));
        PrintStream answers = new PrintStream(written, false, StandardCharsets.UTF_8);
        PrintStream notes =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        // Standard output holds answers alone, whatever a library prints there.
        System.setOut(notes);
        System.setErr(notes);
        Shell shell =
                new Shell(
                        System.in, answers, notes, System.getenv(), new Stop(), Clock.systemUTC());
        Ending ending = new Ending(shell.stop(), DRAINED_WITHIN);
        int code = Cli.FAILED;
        try {
            Runtime.getRuntime().addShutdownHook(ending.hook());
            code = run(shell, List.of(args));
            answers.flush();
            Optional<String> lost = written.lost();
            if (lost.isPresent()) {
                notes.println(
                        "fieldloom: standard output: the answer could not be written whole: "
                                + lost.get()
                                + ". Make room there, or write it elsewhere");
                code = Cli.NO_CONNECTION;
            }
        } finally {
            answers.flush();
            // Some libraries leave threads that would keep the process alive.
            ending.exit(code);
        }
    }

    /** Runs one command line and gives its exit code. */
    static int run(Shell shell, List<String> args) {
        return new Cli(shell, new WindowGate(shell), Main::benchmarks).run(args);
    }

    /** What {@code bench} measures, in the order of its list. */
    private static List<Benchmark> benchmarks() {
        return List.of(
                new StartBench(),
                new TapBench(),
                new LatencyBench(),
                new HeapBench(),
                new EditBench(
                        () ->
                                Display.ofThisComputer(System.getenv())
                                        .obstacle()
                                        .map(Display.Obstacle::why)),
                new ModbusBench(),
                new BrowseBench(),
                new SubscribeBench(),
                new LoadBench());
    }
}
