package io.fieldloom.app.cli;

import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.plant.Passwords;
import io.fieldloom.engine.plant.PlantSettings;
import io.fieldloom.engine.project.LoadedProject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate FILE}: only the simulators of a project. */
@Command(name = "simulate", description = "Run only the simulators of a project.")
final class SimulateCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectArgument file;
    @Mixin private RunTime time;

    @Option(names = "--json", description = "Answer with a JSON line that says where they listen.")
    private boolean json;

    SimulateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, Shell.Stopped, InterruptedException {
        LoadedProject loaded = file.load(shell);
        Project project = loaded.project();
        if (project.simulators().isEmpty()) {
            throw CommandFailure.no(
                    file.text() + ": the project has no simulators", "Add one under simulators:");
        }
        try (PlantRun run = new PlantRun(shell)) {
            Path folder = file.path().toAbsolutePath().getParent();
            run.open(
                    project,
                    new PlantSettings(
                            "simulate",
                            folder,
                            Map.of(),
                            Passwords.NONE,
                            unused -> Optional.empty()));
            List<String> listening = new ArrayList<>();
            for (String name : project.simulators().keySet()) {
                listening.add(run.startSimulator(name));
            }
            Listening.tell(shell, listening);
            if (json) {
                Listening.answer(shell, listening);
            }
            time.await(shell);
        }
        return 0;
    }
}
