package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.broker.BrokerPortTakenException;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.MqttFailure;
import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.plant.Plant;
import io.fieldloom.engine.plant.PlantOutlets;
import io.fieldloom.engine.plant.PlantSettings;
import io.fieldloom.engine.plant.PlantSummary;
import io.fieldloom.engine.security.LockedKeyException;
import io.fieldloom.engine.simulate.SimulatedDevice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A project at work without a window, from its start to its summary. */
final class PlantRun implements AutoCloseable {
    private static final Duration BROKER_STARTED_WITHIN = Duration.ofSeconds(75);
    private static final Duration SIMULATORS_STARTED_WITHIN = Duration.ofSeconds(60);
    private static final Duration FIRST_VALUES_WITHIN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(15);
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(15);

    private final Shell shell;
    private final Plant plant;

    PlantRun(Shell shell) throws CommandFailure {
        this.shell = shell;
        this.plant = Parts.of(shell.writableHome()).newPlant();
        plant.warnTo(shell::note);
        plant.wordDeviceFailures(this::deviceFailure);
    }

    /** Takes a project. */
    void open(Project project, PlantSettings settings)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        await(plant.open(project, settings), ANSWERED_WITHIN);
    }

    /**
     * Starts the broker that comes with Fieldloom.
     *
     * @param port null for the default, or the next free one
     */
    void startBroker(Integer port) throws CommandFailure, Shell.Stopped, InterruptedException {
        int wanted = port == null ? EmbeddedBroker.DEFAULT_PORT : port;
        await(plant.startBroker(wanted, port != null), BROKER_STARTED_WITHIN);
        plant.broker().note().ifPresent(shell::note);
    }

    /** Starts the simulators that stand in for devices. */
    void startUsedSimulators() throws CommandFailure, Shell.Stopped, InterruptedException {
        await(plant.startUsedSimulators(), SIMULATORS_STARTED_WITHIN);
    }

    /** Starts one simulator and gives its endpoint. */
    String startSimulator(String name) throws CommandFailure, Shell.Stopped, InterruptedException {
        await(plant.startSimulator(name), SIMULATORS_STARTED_WITHIN);
        return plant.simulators().running(name).orElseThrow().endpoint();
    }

    /** Where this run listens: its broker, then its simulators in file order. */
    List<String> listening() {
        List<String> urls = new ArrayList<>();
        plant.broker().url().map(BrokerUrl::text).ifPresent(urls::add);
        for (String name : plant.project().simulators().keySet()) {
            Optional<SimulatedDevice> device = plant.simulators().running(name);
            device.map(SimulatedDevice::endpoint).ifPresent(urls::add);
        }
        return urls;
    }

    /**
     * Starts devices and mappings; returns when every broker is connected and every device has
     * answered or failed once.
     */
    void startMappings() throws CommandFailure, Shell.Stopped, InterruptedException {
        plant.connectDevices();
        await(plant.startMappings(), ANSWERED_WITHIN);
        await(plant.outlets().reached(), ANSWERED_WITHIN);
        try {
            shell.await(plant.devicesAnswered(), ANSWERED_WITHIN);
            awaitFirstValues();
        } catch (TimeoutException e) {
            shell.note("not every device has answered yet; the others run meanwhile");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
        for (Device device : plant.project().devices().values()) {
            plant.devices()
                    .fault(device.name())
                    .ifPresent(fault -> shell.note(device.name() + ": " + fault));
        }
        plant.everythingRuns();
    }

    /**
     * A device that is there has answered when its values came; an OPC UA server takes its time.
     */
    private void awaitFirstValues()
            throws ExecutionException, TimeoutException, Shell.Stopped, InterruptedException {
        long end = System.nanoTime() + FIRST_VALUES_WITHIN.toNanos();
        while (System.nanoTime() < end
                && !shell.await(plant.mappings().hasHeardOfAll(), ANSWERED_WITHIN)) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    /** A signal in the middle of the start ends the run as one later would. */
    void interrupted() {
        shell.note("stopped before everything was running");
    }

    /** Whether mappings of the project go to the broker that Fieldloom starts. */
    static boolean needsBroker(Project project, PlantSettings settings) {
        return PlantOutlets.used(project).contains(Broker.EMBEDDED)
                && !settings.brokerUrls().containsKey(Broker.EMBEDDED);
    }

    /** Stops the mappings, lets what is queued arrive, and says what has happened. */
    PlantSummary finish() throws CommandFailure, InterruptedException {
        try {
            shell.undisturbed().await(plant.stopMappings(), DRAINED_WITHIN);
        } catch (TimeoutException e) {
            shell.note("not everything was delivered before the end");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (Shell.Stopped e) {
            throw new IllegalStateException("nobody can stop the end", e);
        }
        return plant.summary();
    }

    private void await(CompletionStage<?> stage, Duration atMost)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        try {
            shell.await(stage, atMost);
        } catch (TimeoutException e) {
            throw CommandFailure.noConnection(
                    "it did not start within " + atMost.toSeconds() + " s",
                    "Run it again with --debug",
                    e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private CommandFailure failure(Throwable failure) {
        Throwable cause = Cause.of(failure);
        if (cause instanceof MqttFailure broker) {
            return BrokerFailures.inProject(broker, passwordAdvice(broker));
        }
        if (cause instanceof BrokerPortTakenException taken) {
            return CommandFailure.noConnection(
                    "broker: " + taken.getMessage(), taken.advice(), taken);
        }
        if (cause instanceof IOException listening) {
            return CommandFailure.noConnection(
                    String.valueOf(listening.getMessage()),
                    "Choose another port, or stop the program that has it",
                    listening);
        }
        throw new IllegalStateException("not an expected failure of a plant", cause);
    }

    /** What to try with a broker that turned this user away. */
    private String passwordAdvice(MqttFailure failure) {
        String name =
                plant.outlets().states().entrySet().stream()
                        .filter(each -> each.getValue().reason().equals(failure.sentence()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("NAME");
        Optional<BrokerLogin> login = plant.outlets().login(name);
        String option = "--password-file " + name + "=FILE";
        if (login.map(BrokerLogin::password).isPresent()) {
            return "Check the user in the file, and the password of " + option;
        }
        return login.map(BrokerLogin::user)
                .map(user -> unknownPassword(user, name))
                .orElse("Give its user in the file, and the password with " + option);
    }

    private static String unknownPassword(String user, String name) {
        return "No password is known for " + user + ": add --password-file " + name + "=FILE";
    }

    /** A device may turn a user away for more than the password, so its own advice stays. */
    private String deviceFailure(Device device, DeviceException why) {
        boolean needsPassword =
                device.login().user() != null || why.getCause() instanceof LockedKeyException;
        boolean lacksPassword =
                why.kind() == DeviceException.Kind.NOT_AUTHORISED
                        && needsPassword
                        && plant.passwordOf(device) == null;
        String sentence = why.sentence(device.name());
        return lacksPassword
                ? sentence + " " + unknownPassword(device.login().passwordOwner(), device.name())
                : sentence;
    }

    @Override
    public void close() {
        plant.close();
    }
}
