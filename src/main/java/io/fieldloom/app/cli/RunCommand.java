package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.plant.Passwords;
import io.fieldloom.engine.plant.PlantOutlets;
import io.fieldloom.engine.plant.PlantSettings;
import io.fieldloom.engine.plant.PlantSummary;
import io.fieldloom.engine.plant.RememberedPasswords;
import io.fieldloom.engine.project.LoadedProject;
import io.fieldloom.engine.project.ProjectFile;
import io.fieldloom.engine.security.Secrets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run FILE}: the project's mappings, without a window. */
@Command(
        name = "run",
        description = {
            "Run a project's mappings, headless.",
            "Values that do not come from the real device go to a broker on another computer only"
                    + " with --yes."
        })
final class RunCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectArgument file;
    @Mixin private RunTime time;

    @Option(
            names = "--broker",
            paramLabel = "NAME=URL",
            description = "Another URL for a broker of the file; embedded=URL is allowed.")
    private List<String> brokers;

    @Option(
            names = "--password-file",
            paramLabel = "NAME=F",
            description = "Password of a device or broker of the file; - is standard input.")
    private List<String> passwordFiles;

    @Option(names = "--yes", description = "Publish simulated values to any broker.")
    private boolean yes;

    @Option(names = "--json", description = "Answer with one JSON object at the end.")
    private boolean json;

    RunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        LoadedProject loaded = file.load(shell);
        Project project = loaded.project();
        PlantSettings settings = settings(loaded);
        if (!yes) {
            guard(project, settings);
        }
        ProblemNotes.tell(shell, file.text(), loaded);
        try (PlantRun run = new PlantRun(shell)) {
            try {
                start(run, project, settings);
                time.await(shell);
            } catch (Shell.Stopped e) {
                run.interrupted();
            }
            return end(run.finish());
        }
    }

    private void start(PlantRun run, Project project, PlantSettings settings)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        run.open(project, settings);
        if (PlantRun.needsBroker(project, settings)) {
            run.startBroker(null);
        }
        run.startUsedSimulators();
        Listening.tell(shell, run.listening());
        run.startMappings();
    }

    private int end(PlantSummary summary) throws CommandFailure {
        SummaryOutput.print(shell, summary, json);
        if (summary.published() > 0 || shell.stop().isRequested()) {
            return 0;
        }
        throw CommandFailure.no(
                file.text() + ": nothing was published",
                "Check the devices named above, and the mappings with 'fieldloom lint'");
    }

    private PlantSettings settings(LoadedProject loaded) throws CommandFailure {
        Project project = loaded.project();
        Map<String, BrokerUrl> urls = new LinkedHashMap<>();
        NamedOptions.parse("--broker", brokers, name -> isBroker(project, name), "broker")
                .forEach((name, url) -> urls.put(name, BrokerUrl.parse(url)));
        Path path = file.path().toAbsolutePath();
        return new PlantSettings(
                ProjectFile.stem(path.getFileName().toString()),
                path.getParent(),
                urls,
                passwords(project, urls),
                broker -> loaded.text().firstMapping(project, broker));
    }

    private Passwords passwords(Project project, Map<String, BrokerUrl> urls)
            throws CommandFailure {
        PasswordSource source = new PasswordSource(shell);
        Map<String, char[]> named = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry :
                NamedOptions.parse(
                                "--password-file",
                                passwordFiles,
                                name ->
                                        isBroker(project, name)
                                                || project.devices().containsKey(name),
                                "device or broker")
                        .entrySet()) {
            named.put(entry.getKey(), source.fromFile(entry.getValue()));
        }
        return new RunPasswords(named, urls, new RememberedPasswords(new Secrets(shell.home())));
    }

    private static boolean isBroker(Project project, String name) {
        return name.equals(Broker.EMBEDDED) || project.brokers().containsKey(name);
    }

    private void guard(Project project, PlantSettings settings) throws CommandFailure {
        List<String> unreal =
                project.devices().values().stream()
                        .filter(device -> device.use() != Device.Use.REAL)
                        .map(device -> device.name() + " (" + device.use().word() + ")")
                        .toList();
        if (unreal.isEmpty()) {
            return;
        }
        for (String name : PlantOutlets.used(project)) {
            BrokerUrl url = url(project, settings, name);
            if (url != null && !url.isLoopback()) {
                throw CommandFailure.no(
                        file.text()
                                + ": not run, for values of "
                                + String.join(", ", unreal)
                                + " would go to "
                                + name
                                + " at "
                                + url.text(),
                        "Add --yes to publish them there");
            }
        }
    }

    private static BrokerUrl url(Project project, PlantSettings settings, String name) {
        BrokerUrl given = settings.brokerUrls().get(name);
        Broker design = project.brokers().get(name);
        if (given != null || design == null || name.equals(Broker.EMBEDDED)) {
            return given;
        }
        return BrokerUrl.parse(design.url());
    }
}
