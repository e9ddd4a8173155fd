package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.SessionListener;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.engine.security.TrustList;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session to the device that the command line names, and the waiting for its answers. */
final class DeviceConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceConnection.class);

    /** The drivers limit each request; this only keeps a fault of theirs from lasting forever. */
    private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(2);

    private static final Duration SEARCHED_WITHIN = Duration.ofDays(1);

    private static final long LOOKED_EACH = 100_000_000;

    private final Shell shell;
    private final Endpoint endpoint;
    private final DeviceSession session;
    private final CompletableFuture<DeviceException> loss;

    private DeviceConnection(
            Shell shell,
            Endpoint endpoint,
            DeviceSession session,
            CompletableFuture<DeviceException> loss) {
        this.shell = shell;
        this.endpoint = endpoint;
        this.session = session;
        this.loss = loss;
    }

    /** Connects, or fails within ten seconds. */
    static DeviceConnection open(Shell shell, EndpointOptions options)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        SessionRequest request = options.request(shell);
        Driver driver = Drivers.forEndpoint(request.endpoint(), shell.home());
        try {
            return connect(shell, driver, request);
        } catch (DeviceException e) {
            Optional<PresentedCertificate> shown = e.certificate();
            if (e.kind() != Kind.UNTRUSTED || shown.isEmpty() || !options.trustServer()) {
                throw DeviceFailures.of(e);
            }
            trust(shell, request, shown.get());
        }
        try {
            return connect(shell, driver, request);
        } catch (DeviceException e) {
            throw DeviceFailures.of(e);
        }
    }

    private static DeviceConnection connect(Shell shell, Driver driver, SessionRequest request)
            throws DeviceException, CommandFailure, Shell.Stopped, InterruptedException {
        CompletableFuture<DeviceException> loss = new CompletableFuture<>();
        DeviceSession session = driver.open(request, new Listener(request.device(), loss));
        DeviceConnection connection =
                new DeviceConnection(shell, request.endpoint(), session, loss);
        boolean connected = false;
        try {
            connection.answer(session.connect(), Shell.REACHED_WITHIN);
            connected = true;
            return connection;
        } finally {
            if (!connected) {
                connection.close();
            }
        }
    }

    private static void trust(Shell shell, SessionRequest request, PresentedCertificate shown)
            throws CommandFailure {
        shown.change()
                .ifPresent(
                        change ->
                                shell.note(
                                        request.device()
                                                + " shows "
                                                + change
                                                + ", which is no longer trusted from now on"));
        shell.note(request.device() + " presents the certificate of " + shown.words(""));
        try {
            new TrustList(shell.home()).trust(shown);
        } catch (IOException e) {
            throw CommandFailure.noConnection(
                    request.device() + ": its certificate cannot be remembered: " + e.getMessage(),
                    "Check that " + shell.home().pki() + " can be written",
                    e);
        }
        shell.note(request.device() + ": this certificate is trusted from now on");
    }

    Endpoint endpoint() {
        return endpoint;
    }

    DeviceSession session() {
        return session;
    }

    /** A capability of the session. */
    <T> Optional<T> capability(Class<T> kind) {
        return session.capability(kind);
    }

    /** Waits for an answer; a device that goes away meanwhile ends the wait. */
    <T> T answer(CompletionStage<T> stage)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        try {
            return answer(stage, ANSWERED_WITHIN);
        } catch (DeviceException e) {
            throw DeviceFailures.of(e);
        }
    }

    /** The same, for who tells the kinds of failure apart. */
    <T> T answerOf(CompletionStage<T> stage)
            throws DeviceException, CommandFailure, Shell.Stopped, InterruptedException {
        return answer(stage, ANSWERED_WITHIN);
    }

    /**
     * The same for what neither a signal nor a loss may break off: whether a write arrived must be
     * told.
     */
    <T> T answerWhateverComes(CompletionStage<T> stage)
            throws DeviceException, CommandFailure, Shell.Stopped, InterruptedException {
        CompletableFuture<DeviceException> noLoss = new CompletableFuture<>();
        return new DeviceConnection(shell.undisturbed(), endpoint, session, noLoss).answerOf(stage);
    }

    /** Stays for that time, or until the wish to stop; a device that goes away ends it. */
    void stay(RunTime time) throws CommandFailure, InterruptedException {
        long end = time.isLimited() ? System.nanoTime() + time.atMost().toNanos() : Long.MAX_VALUE;
        long left = Long.MAX_VALUE;
        while (left > 0 && !shell.stop().await(Duration.ofNanos(Math.min(left, LOOKED_EACH)))) {
            if (loss.isDone()) {
                throw DeviceFailures.of(loss.join());
            }
            left = time.isLimited() ? end - System.nanoTime() : Long.MAX_VALUE;
        }
    }

    /** The same for a search, which takes as long as it takes. */
    <T> T answerAtLast(CompletionStage<T> stage)
            throws DeviceException, CommandFailure, Shell.Stopped, InterruptedException {
        return answer(stage, SEARCHED_WITHIN);
    }

    private <T> T answer(CompletionStage<T> stage, Duration atMost)
            throws DeviceException, CommandFailure, Shell.Stopped, InterruptedException {
        CompletableFuture<T> first = stage.toCompletableFuture().copy();
        loss.thenAccept(first::completeExceptionally);
        try {
            return shell.await(first, atMost);
        } catch (TimeoutException e) {
            throw CommandFailure.noConnection(
                    endpoint.authority()
                            + " does not answer: "
                            + atMost.toSeconds()
                            + " s are over",
                    "Check host and port, and that the device is on",
                    e);
        } catch (ExecutionException e) {
            throw deviceException(e);
        }
    }

    private DeviceException deviceException(ExecutionException failure) {
        Throwable cause = Cause.of(failure);
        if (cause instanceof DeviceException known) {
            return known;
        }
        if (cause instanceof RuntimeException fault) {
            throw fault;
        }
        throw new IllegalStateException("not an expected failure of a device", cause);
    }

    @Override
    public void close() {
        session.close();
    }

    private record Listener(String device, CompletableFuture<DeviceException> loss)
            implements SessionListener {
        @Override
        public void lost(DeviceException reason) {
            loss.complete(reason);
        }

        @Override
        public void note(String message) {
            // Only with --debug: beside an answer or a failure it is noise.
            LOG.info("{}: {}", device, message);
        }
    }
}
