package io.fieldloom.app;

import io.fieldloom.app.Display.Obstacle;
import io.fieldloom.app.bench.PaintedNote;
import io.fieldloom.app.cli.Cli;
import io.fieldloom.app.cli.Shell;
import io.fieldloom.app.cli.WindowStarter;
import io.fieldloom.app.window.WindowProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Opens the window where one can open, and says in one line why it cannot elsewhere. */
final class WindowGate implements WindowStarter {
    /** Set by the build's run goal, where a missing display must not be a failure. */
    static final String FALLBACK = "fieldloom.fallback";

    private final Shell shell;

    WindowGate(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int open(Optional<Path> project) {
        return orWithout(() -> window().open(project));
    }

    @Override
    public int openDemo() {
        return orWithout(() -> window().openDemo());
    }

    private int orWithout(IntSupplier opened) {
        Optional<Obstacle> obstacle = Display.ofThisComputer(shell.environment()).obstacle();
        if (obstacle.isEmpty()) {
            return opened.getAsInt();
        }
        String why =
                "the window cannot open: " + obstacle.get().why() + ". " + obstacle.get().advice();
        if (!"headless".equals(System.getProperty(FALLBACK))) {
            shell.note(why + ", or run 'fieldloom demo --headless'");
            return Cli.NO_CONNECTION;
        }
        shell.note(why + ". Running demo --headless --for 30s");
        Main.run(shell, List.of("demo", "--headless", "--for", "30s"));
        return 0;
    }

    private WindowStarter window() {
        return new WindowProgram(
                shell.home(), shell.stop(), shell::note, PaintedNote.of(shell.out()));
    }
}
