package io.fieldloom.app.cli;

import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.plant.Passwords;
import io.fieldloom.engine.plant.PlantSettings;
import io.fieldloom.engine.plant.PlantSummary;
import io.fieldloom.engine.project.LoadedProject;
import io.fieldloom.engine.project.ProjectFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the demo plant, in the window or without one. */
@Command(
        name = "demo",
        description = {
            "Run the demo plant: embedded broker, simulated devices, mappings.",
            "It opens the window, unless --headless, --for, --port or --json is given."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String DEMO = "bottling-hall" + ProjectFile.SUFFIX;

    private final Shell shell;
    private final WindowStarter window;

    @Option(names = "--headless", description = "Run without a window.")
    private boolean headless;

    @Mixin private RunTime time;
    @Mixin private PortOption port;

    @Option(names = "--json", description = "Answer with one JSON object at the end.")
    private boolean json;

    DemoCommand(Shell shell, WindowStarter window) {
        this.shell = shell;
        this.window = window;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException, IOException {
        Integer given = port.given();
        if (!headless && !time.isLimited() && !json && given == null) {
            return window.openDemo();
        }
        LoadedProject demo = demo();
        Project project = demo.project();
        PlantSettings settings =
                new PlantSettings(
                        ProjectFile.stem(DEMO),
                        Path.of("").toAbsolutePath(),
                        Map.of(),
                        Passwords.NONE,
                        broker -> demo.text().firstMapping(project, broker));
        try (PlantRun run = new PlantRun(shell)) {
            try {
                run.open(project, settings);
                run.startBroker(given);
                run.startUsedSimulators();
                Listening.tell(shell, run.listening());
                run.startMappings();
                time.await(shell);
            } catch (Shell.Stopped e) {
                run.interrupted();
            }
            return end(run.finish());
        }
    }

    private int end(PlantSummary summary) throws CommandFailure {
        SummaryOutput.print(shell, summary, json);
        if (summary.published() > 0 || shell.stop().isRequested()) {
            return 0;
        }
        throw CommandFailure.no("demo: nothing was published", "Run it longer");
    }

    /** The demo's project, which is part of the program. */
    private static LoadedProject demo() throws IOException {
        try (InputStream in = DemoCommand.class.getResourceAsStream("/io/fieldloom/demo/" + DEMO)) {
            return ProjectFile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
