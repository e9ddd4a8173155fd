package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.broker.BrokerPortTakenException;
import io.fieldloom.engine.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code broker}: only the embedded broker, on this computer alone. */
@Command(
        name = "broker",
        description = "Run the embedded broker, in memory, on this computer alone.")
final class BrokerCommand implements Callable<Integer> {
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(75);

    private final Shell shell;

    @Mixin private PortOption port;
    @Mixin private RunTime time;

    @Option(names = "--json", description = "Answer with a JSON line that says where it listens.")
    private boolean json;

    BrokerCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, Shell.Stopped, InterruptedException {
        Integer given = port.given();
        ExecutorService pool = DaemonThreads.pool();
        try (EmbeddedBroker broker = new EmbeddedBroker(shell.writableHome(), pool)) {
            BrokerUrl url = start(broker, given);
            broker.note().ifPresent(shell::note);
            List<String> listening = List.of(url.text());
            Listening.tell(shell, listening);
            if (json) {
                Listening.answer(shell, listening);
            }
            time.await(shell);
        } finally {
            pool.shutdown();
        }
        return 0;
    }

    private BrokerUrl start(EmbeddedBroker broker, Integer given)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        try {
            return shell.await(
                    broker.start(
                            given == null ? EmbeddedBroker.DEFAULT_PORT : given, given != null),
                    STARTED_WITHIN);
        } catch (TimeoutException e) {
            throw CommandFailure.noConnection(
                    "broker: it did not start within " + STARTED_WITHIN.toSeconds() + " s",
                    "Run it again with --debug",
                    e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static CommandFailure failure(Throwable cause) {
        String advice =
                cause instanceof BrokerPortTakenException taken
                        ? taken.advice()
                        : "Run it again with --debug";
        return CommandFailure.noConnection("broker: " + cause.getMessage(), advice, cause);
    }
}
