package io.fieldloom.app;

import io.fieldloom.app.cli.Cli;
import io.fieldloom.app.cli.Shell;
import io.fieldloom.app.cli.Stop;
import io.fieldloom.app.cli.WindowStarter;
import io.fieldloom.app.window.WindowProgram;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the program starts. Not a JavaFX Application, so that it starts from a plain class path. No
 * command but the window loads JavaFX.
 */
public final class Main {
    /** Set by the build's run goal, where a missing display must not be a failure. */
    static final String FALLBACK = "fieldloom.fallback";

    /** The longest that a signalled command may take to drain and print its summary. */
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(25);

    private Main() {}

    public static void main(String[] args) {
        // Before the first logger is made: parts of ours ship a /logback.xml that would win
        // otherwise.
        System.setProperty("logback.configurationFile", "io/fieldloom/logback-fieldloom.xml");
        PrintStream answers =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
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
        } finally {
            answers.flush();
            // Some libraries leave threads that would keep the process alive.
            ending.exit(code);
        }
    }

    /** Runs one command line and gives its exit code. */
    static int run(Shell shell, List<String> args) {
        return new Cli(shell, project -> openWindow(shell, project)).run(args);
    }

    private static int openWindow(Shell shell, Optional<Path> project) {
        Optional<Display.Obstacle> obstacle =
                Display.ofThisComputer(shell.environment()).obstacle();
        if (obstacle.isEmpty()) {
            return window(shell).open(project);
        }
        String why = "the window cannot open: " + obstacle.get().why();
        if (!"headless".equals(System.getProperty(FALLBACK))) {
            shell.note(
                    why + ". " + obstacle.get().advice() + ", or run 'fieldloom demo --headless'");
            return Cli.NO_CONNECTION;
        }
        shell.note(why + ". " + obstacle.get().advice() + ". Running demo --headless --for 30s");
        run(shell, List.of("demo", "--headless", "--for", "30s"));
        return 0;
    }

    private static WindowStarter window(Shell shell) {
        return new WindowProgram(shell.home(), WindowProgram.PaintedHook.NONE);
    }
}
