package io.fieldloom.app.window;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Change;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.device.ArmedDevices;
import io.fieldloom.engine.mapping.Transforms;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.plant.Consent;
import io.fieldloom.engine.plant.HandPublisher;
import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.plant.Plant;
import io.fieldloom.engine.plant.PlantSettings;
import io.fieldloom.engine.plant.RememberedPasswords;
import io.fieldloom.engine.plant.TrafficWatch;
import io.fieldloom.engine.project.LiveLint;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.project.UnsavedWork;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The project that is open in the window: its editor, its plant, its traffic. An edit reaches the
 * plant at once. Thread-safe.
 */
final class OpenProject implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenProject.class);

    private final ProjectEditor editor;
    private final UnsavedWork unsaved;
    private final Plant plant;
    private final TrafficWatch traffic;
    private final HandPublisher byHand;
    private final RememberedPasswords passwords;
    private final ArmedDevices armed = new ArmedDevices();
    private final LiveLint lint;
    private volatile Mappings mappings = Mappings.STOPPED;

    /** What the mappings do. */
    enum Mappings {
        STOPPED,
        STARTING,
        RUNNING,
        STOPPING
    }

    OpenProject(Loaded loaded, Consent consent, Executor background) {
        Parts parts = loaded.parts();
        this.editor = loaded.editor();
        this.unsaved = loaded.unsaved();
        this.plant = parts.newPlant();
        this.traffic = new TrafficWatch(plant);
        this.byHand = new HandPublisher(plant);
        this.passwords = new RememberedPasswords(parts.secrets());
        this.lint = new LiveLint(new Transforms()::fault, background);
        lint.open(editor.project());
        plant.ask(consent);
        plant.open(
                editor.project(),
                new PlantSettings(
                        editor.fileStem(),
                        folder().orElse(Path.of("")),
                        Map.of(),
                        passwords,
                        editor::firstMapping));
        editor.addListener(this::follow);
        editor.onSaved(this::renamed);
    }

    /** What the project is called on the brokers follows the file that it is saved in. */
    private void renamed() {
        plant.renamed(editor.fileStem(), folder().orElse(Path.of("")))
                .exceptionally(
                        failure -> {
                            LOG.error("The online topic did not follow the file's name", failure);
                            return null;
                        });
    }

    /** What paths in the project are relative to. */
    /** What paths in the project are relative to; empty while it is in no file. */
    Optional<Path> folder() {
        return editor.file().map(Path::toAbsolutePath).map(Path::getParent);
    }

    private void follow(Change change) {
        lint.apply(change);
        plant.apply(change)
                .thenRun(() -> watchChosen(change))
                .exceptionally(
                        failure -> {
                            LOG.error("An edit did not reach the running plant", failure);
                            return null;
                        });
    }

    /** The traffic shown is that of the broker which the project chose, after undo too. */
    private void watchChosen(Change change) {
        String chosen = change.after().defaults().broker();
        boolean another = !chosen.equals(change.before().defaults().broker());
        if (another || change.touched().brokers().contains(chosen)) {
            traffic.watch(chosen);
        } else {
            traffic.apply(change);
        }
    }

    /** What is connected as that user logs in again; a password is no change of the project. */
    void passwordChanged(BrokerUrl url, String user) {
        plant.passwordChanged(url.host(), url.port(), user);
        TrafficWatch.State watched = traffic.state();
        boolean refused = watched.link() != OutletState.Link.UP;
        if (refused && watched.address().equals(url.host() + ":" + url.port())) {
            traffic.watch(watched.broker());
        }
    }

    /**
     * Starts the broker and the simulators, connects the devices and watches the default broker's
     * traffic. What does not start is told in the log and in the window; the rest runs.
     */
    CompletionStage<Void> start() {
        return plant.startBroker(EmbeddedBroker.DEFAULT_PORT, false)
                .handle(this::brokerStarted)
                .thenCompose(unused -> plant.startUsedSimulators())
                .handle(OpenProject::simulatorsStarted)
                .thenRun(plant::connectDevices)
                .thenRun(() -> traffic.watch(editor.project().defaults().broker()));
    }

    private Void brokerStarted(BrokerUrl url, Throwable failure) {
        if (failure != null) {
            LOG.error("The embedded broker did not start: {}", words(failure));
        } else {
            plant.broker().note().ifPresent(LOG::info);
        }
        return null;
    }

    private static Void simulatorsStarted(Void unused, Throwable failure) {
        if (failure != null) {
            LOG.error("A simulator did not start: {}", words(failure));
        }
        return null;
    }

    private static String words(Throwable failure) {
        return Cause.of(failure).getMessage();
    }

    CompletionStage<Void> startMappings() {
        mappings = Mappings.STARTING;
        return plant.startMappings()
                .whenComplete(
                        (done, failure) ->
                                // A stop may have overtaken it meanwhile.
                                mappings =
                                        plant.mappings().stats().running()
                                                ? Mappings.RUNNING
                                                : Mappings.STOPPED);
    }

    CompletionStage<Void> stopMappings() {
        mappings = Mappings.STOPPING;
        return plant.stopMappings().whenComplete((done, failure) -> mappings = Mappings.STOPPED);
    }

    Mappings mappings() {
        return mappings;
    }

    ProjectEditor editor() {
        return editor;
    }

    /** What is kept of edits that are not saved. */
    UnsavedWork unsaved() {
        return unsaved;
    }

    Plant plant() {
        return plant;
    }

    TrafficWatch traffic() {
        return traffic;
    }

    /** Messages that a person sends. */
    HandPublisher byHand() {
        return byHand;
    }

    /** The devices that may be written to in this session. */
    ArmedDevices armed() {
        return armed;
    }

    LiveLint lint() {
        return lint;
    }

    RememberedPasswords passwords() {
        return passwords;
    }

    /** Ends everything; waits ten seconds at most. */
    @Override
    public void close() {
        unsaved.close();
        traffic.close();
        byHand.close();
        plant.close();
    }
}
