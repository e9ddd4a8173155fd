package io.fieldloom.app.cli;

import io.fieldloom.engine.Cause;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.MqttConnection;
import io.fieldloom.engine.mqtt.MqttFailure;
import io.fieldloom.engine.mqtt.MqttListener;
import io.fieldloom.engine.mqtt.SessionSettings;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;

/** The connection to the broker that the command line names, and the waiting for its answers. */
final class BrokerConnection implements AutoCloseable {
    private final Shell shell;
    private final BrokerLogin login;
    private final ScheduledExecutorService pool;
    private final MqttConnection connection;

    private BrokerConnection(Shell shell, BrokerLogin login, MqttListener listener) {
        this.shell = shell;
        this.login = login;
        this.pool = DaemonThreads.scheduled();
        this.connection = new MqttConnection(login, SessionSettings.DEFAULT, listener, pool);
    }

    /** Connects, or fails within ten seconds. */
    static BrokerConnection open(Shell shell, BrokerOptions options, MqttListener listener)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        BrokerConnection made = new BrokerConnection(shell, options.login(shell), listener);
        boolean connected = false;
        try {
            made.answer(made.connection.open());
            connected = true;
            return made;
        } finally {
            if (!connected) {
                made.close();
            }
        }
    }

    MqttConnection connection() {
        return connection;
    }

    /** Waits for the broker's answer. */
    <T> T answer(CompletionStage<T> stage)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        try {
            // The connection has the same limit and knows better why it was not kept.
            return shell.await(stage, Shell.REACHED_WITHIN.plusSeconds(2));
        } catch (TimeoutException e) {
            throw CommandFailure.noConnection(
                    login.name() + " does not answer", "Check that the broker works", e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static CommandFailure failure(ExecutionException failure) {
        Throwable cause = Cause.of(failure);
        if (cause instanceof MqttFailure known) {
            return BrokerFailures.onCommandLine(known);
        }
        throw new IllegalStateException("not an expected failure of a broker", cause);
    }

    @Override
    public void close() {
        connection.close();
        pool.shutdown();
    }
}
