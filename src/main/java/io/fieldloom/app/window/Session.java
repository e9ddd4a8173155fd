package io.fieldloom.app.window;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.plant.PlantOutlets;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.project.SettingsFile;
import io.fieldloom.ui.kit.FxGate;
import io.fieldloom.ui.kit.FxTicker;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.PublishGuard;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.log.LogMemory;
import io.fieldloom.ui.workbench.SearchHit;
import io.fieldloom.ui.workbench.WorkbenchWindow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import javafx.stage.Stage;

/**
 * One project in the window: an empty frame first, filled when the project has been read. FX thread
 * only, but for {@link #close()}.
 */
final class Session implements AutoCloseable {
    private final FxTicker ticker;
    private final UiKit kit;
    private final PublishGuard guard;
    private final SettingsFile settings;
    private final LogMemory log;
    private final ScheduledExecutorService background;
    private final ProjectCommands files;
    private final Recovery recovery;
    private final WorkbenchWindow window;
    private volatile OpenProject open;
    private volatile Finder finder;
    private Features features;
    private ProjectEdits edits;

    Session(
            Projects projects,
            Stage stage,
            FxGate gate,
            Theme theme,
            SettingsFile settings,
            LogMemory log,
            ScheduledExecutorService background) {
        ticker = new FxTicker(gate);
        // Nobody sees an iconified window.
        stage.iconifiedProperty()
                .addListener((observable, before, iconified) -> ticker.pause(iconified));
        kit = UiKit.create(gate, ticker, background, theme);
        guard =
                new PublishGuard(
                        kit.dialogs(),
                        () ->
                                Optional.ofNullable(open)
                                        .flatMap(project -> project.plant().broker().url()));
        this.settings = settings;
        this.log = log;
        this.background = background;
        files = new ProjectCommands(kit, projects, this, settings, stage);
        files.register();
        recovery =
                new Recovery(kit, projects.home(), Clock.systemDefaultZone(), projects::openLeft);
        new MappingCommands(kit, this).register();
        window =
                new WorkbenchWindow(
                        kit, new WindowModel(() -> open, this::chooseBroker, this::find));
    }

    /** Nothing is found before the project is open. */
    private List<SearchHit> find(String text, int most) {
        Finder now = finder;
        return now == null ? List.of() : now.find(text, most);
    }

    UiKit kit() {
        return kit;
    }

    WorkbenchWindow window() {
        return window;
    }

    /** The open project, or null while it is being read. */
    OpenProject project() {
        return open;
    }

    /**
     * Puts a project in and starts its plant; the demo's mappings run at once.
     *
     * @param free completes when the project before this one has let go of its ports
     */
    void fill(Loaded loaded, CompletionStage<Void> free) {
        ProjectEditor editor = loaded.editor();
        Parts parts = loaded.parts();
        boolean isDemo = loaded.isDemo();
        OpenProject next = new OpenProject(loaded, guard::isOpen, background);
        open = next;
        new TopicQuestion(kit, next.plant().topics());
        edits = new ProjectEdits(kit, editor);
        features = new Features(kit, this, next, parts, log, settings, background);
        features.fill(window, isDemo);
        finder = features.finder();
        editor.addListener(change -> kit.fx().execute(() -> askAnew(change)));
        recovery.offer(editor, loaded.unsaved());
        if (editor.readOnly()) {
            return; // a file with faults is shown, not run
        }
        kit.tasks()
                .follow(
                        "Start the plant",
                        free.thenCompose(unused -> next.start()),
                        done -> {
                            if (isDemo) {
                                next.startMappings();
                            }
                        });
    }

    /** Makes the edits of the open project. */
    ProjectEdits edits() {
        return edits;
    }

    /** Shows what a change is about. */
    void show(Change change) {
        features.show(change);
    }

    /** Lets the mappings go to another broker; {@link #askAnew} sees to what runs. */
    private void chooseBroker(String name) {
        Project now = open.editor().project();
        if (now.defaults().broker().equals(name)) {
            return;
        }
        edits.make(new Edit.SetDefaults(now.defaults().withBroker(name)));
    }

    /** A broker that running mappings may not use yet: they stop, and the question is put. */
    private void askAnew(Change change) {
        boolean elsewhere =
                change.touched().everything()
                        || !change.touched().brokers().isEmpty()
                        || !change.before().defaults().equals(change.after().defaults());
        if (!elsewhere || open.mappings() != OpenProject.Mappings.RUNNING) {
            return;
        }
        boolean agreed =
                PlantOutlets.used(change.after()).stream()
                        .allMatch(
                                name ->
                                        open.plant()
                                                .outlets()
                                                .url(name)
                                                .filter(guard::isOpen)
                                                .isPresent());
        if (!agreed) {
            kit.tasks().follow("Stop the mappings", open.stopMappings(), stopped -> runMappings());
        }
    }

    /** Starts the mappings, after the consent that each used broker needs. */
    void runMappings() {
        Project project = open.editor().project();
        askEach(project, PlantOutlets.used(project).iterator(), open::startMappings);
    }

    void stopMappings() {
        open.stopMappings();
    }

    private void askEach(Project project, Iterator<String> brokers, Runnable then) {
        if (!brokers.hasNext()) {
            then.run();
            return;
        }
        String name = brokers.next();
        Optional<BrokerUrl> url = open.plant().outlets().url(name);
        if (url.isEmpty()) {
            askEach(project, brokers, then);
            return;
        }
        List<String> topics =
                project.mappings().values().stream()
                        .filter(each -> each.enabled() && project.brokerOf(each).equals(name))
                        .map(Mapping::topic)
                        .toList();
        List<String> unreal =
                project.devices().values().stream()
                        .filter(device -> device.use() != Device.Use.REAL)
                        .map(Device::name)
                        .toList();
        // What is shown there is agreed to; the other topics are looked at before they flow.
        List<String> shown = new ArrayList<>();
        guard.ask(
                new PublishGuard.Step(
                        "Run mappings",
                        "Running the mappings publishes to " + topics.size() + " topics",
                        name,
                        url.get(),
                        () -> {
                            shown.addAll(inUse(name, topics));
                            return shown;
                        },
                        unreal),
                () -> {
                    open.plant().topics().agree(url.get(), shown);
                    askEach(project, brokers, then);
                });
    }

    private List<String> inUse(String broker, List<String> topics) {
        if (!open.traffic().state().broker().equals(broker)) {
            return List.of();
        }
        return topics.stream()
                .filter(topic -> open.traffic().store().topic(topic).isPresent())
                .toList();
    }

    PublishGuard guard() {
        return guard;
    }

    /** Goes on at once, or after the person has decided about unsaved work. */
    void askToLeave(Runnable then) {
        files.askToLeave(then);
    }

    /** The window shows another project from now on. */
    void leave() {
        ticker.close();
    }

    /** Ends the plant; waits ten seconds at most. Not on the FX thread. */
    @Override
    public void close() {
        OpenProject now = open;
        if (now != null) {
            now.close();
        }
    }
}
