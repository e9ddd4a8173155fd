package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.connection.Security;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.DeviceTrial;
import io.fieldloom.engine.device.Diagnosis;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.Login;
import io.fieldloom.engine.device.NetworkLayers;
import io.fieldloom.engine.device.SelfDescription;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.security.OwnCertificate;
import io.fieldloom.engine.security.TrustList;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;

/**
 * Name, port, hello, endpoints, certificate, session, user: which of them does not work, and why.
 */
final class OpcUaDiagnosis implements Diagnosis {
    private static final String STATE = "i=2259";

    /** Discovery, channel, session, identity: each may take the time of one answer. */
    private static final int STEPS = 5;

    private static final Duration CLOCKS_AGREE = Duration.ofSeconds(5);

    /** What tells one server from another at a glance. */
    private static final List<String> SAID =
            List.of("Product", "Version", "Manufacturer", "State", "Running since");

    private final Driver driver;
    private final OwnCertificate own;
    private final TrustList trust;

    OpcUaDiagnosis(Driver driver, OwnCertificate own, TrustList trust) {
        this.driver = driver;
        this.own = own;
        this.trust = trust;
    }

    @Override
    public boolean walk(SessionRequest request, Consumer<Layer> told) throws InterruptedException {
        Optional<Socket> socket = NetworkLayers.walk(request.endpoint(), told);
        if (socket.isEmpty()) {
            return false;
        }
        Layer hello;
        try {
            hello = Hello.on(socket.get(), ServerEndpoints.url(request.endpoint()));
        } finally {
            NetworkLayers.close(socket.get());
        }
        told.accept(hello);
        if (!hello.ok()) {
            return false;
        }
        Optional<SecurityChoice.Chosen> chosen = endpoints(request, told);
        return chosen.isPresent()
                && certificate(request, chosen.get(), told)
                && login(request, chosen.get(), told)
                && session(request, chosen.get(), told);
    }

    private Optional<SecurityChoice.Chosen> endpoints(SessionRequest request, Consumer<Layer> told)
            throws InterruptedException {
        Failures failures = new Failures(request, own.file());
        try {
            List<EndpointDescription> announced =
                    waited(ServerEndpoints.announced(request.endpoint()), request, 2);
            List<String> notes = new ArrayList<>();
            List<EndpointDescription> reachable =
                    ServerEndpoints.reachable(announced, request.endpoint(), notes::add);
            String offered =
                    announced.stream()
                            .sorted(SecurityChoice.byStrength().reversed())
                            .map(endpoint -> SecurityChoice.security(endpoint).text())
                            .distinct()
                            .collect(Collectors.joining(", "));
            try {
                SecurityChoice.Chosen chosen =
                        new SecurityChoice(failures, request.security(), request.login())
                                .from(reachable);
                notes.add(0, "The server offers " + offered + ".");
                told.accept(
                        Layer.good(
                                "endpoints",
                                String.join(" ", notes)
                                        + " Taken: "
                                        + SecurityChoice.security(chosen.endpoint()).text()
                                        + "."));
                return Optional.of(chosen);
            } catch (DeviceException e) {
                boolean aboutUser = e.kind() == Kind.NOT_AUTHORISED;
                if (aboutUser) {
                    told.accept(Layer.good("endpoints", "The server offers " + offered + "."));
                }
                told.accept(bad(aboutUser ? "identity" : "endpoints", e));
            }
        } catch (ExecutionException | TimeoutException e) {
            told.accept(bad("endpoints", failures.explained(e).join()));
        }
        return Optional.empty();
    }

    private boolean certificate(
            SessionRequest request, SecurityChoice.Chosen chosen, Consumer<Layer> told) {
        if (!chosen.needsServerCertificate()) {
            told.accept(
                    Layer.good(
                            "certificate", "Nothing is encrypted, so no certificate is needed."));
            return true;
        }
        try {
            TrustCheck check = new TrustCheck(trust);
            Optional<TrustCheck.Shown> shown = check.shown(chosen.endpoint(), request.endpoint());
            if (shown.isEmpty()) {
                told.accept(
                        Layer.bad(
                                "certificate",
                                "The server shows no certificate, though its endpoint needs one.",
                                "Give the server one, or choose None/None."));
                return false;
            }
            boolean trusted = check.isTrusted(shown.get().certificate(), shown.get().chain());
            told.accept(
                    trusted
                            ? Layer.good(
                                    "certificate", "Trusted: " + check.words(shown.get()) + ".")
                            : Layer.bad(
                                    "certificate",
                                    capital(check.refusal(shown.get())) + ".",
                                    "Compare the thumbprint with the server's own certificate,"
                                            + " then trust it (--trust-server)."));
            return trusted;
        } catch (UaException e) {
            told.accept(
                    Layer.bad(
                            "certificate",
                            "The server's certificate cannot be read: " + e.getMessage() + ".",
                            "Make the server create a new one."));
            return false;
        }
    }

    /** Whether what is to be shown as the user is at hand; tells only where it is not. */
    private boolean login(
            SessionRequest request, SecurityChoice.Chosen chosen, Consumer<Layer> told) {
        try {
            new Identities(new Failures(request, own.file()), trust).of(request.login(), chosen);
            return true;
        } catch (DeviceException e) {
            told.accept(bad("identity", e));
            return false;
        }
    }

    private boolean session(
            SessionRequest request, SecurityChoice.Chosen chosen, Consumer<Layer> told)
            throws InterruptedException {
        try {
            String opened =
                    waited(
                            DeviceTrial.use(
                                    driver,
                                    request,
                                    session -> opened(chosen, session),
                                    Stack.sharedExecutor()),
                            request,
                            STEPS);
            told.accept(Layer.good("session", opened));
            told.accept(Layer.good("identity", who(request.login()) + " is accepted."));
            return true;
        } catch (TimeoutException e) {
            told.accept(bad("session", new Failures(request, own.file()).notOpened(e)));
        } catch (ExecutionException e) {
            DeviceException failure = new Failures(request, own.file()).notOpened(e);
            if (failure.kind() == Kind.NOT_AUTHORISED) {
                told.accept(Layer.good("session", "The server opens a session."));
                told.accept(bad("identity", failure));
            } else {
                told.accept(bad("session", failure));
            }
        }
        return false;
    }

    private static String who(Login login) {
        if (login instanceof Login.Password user) {
            return "User " + user.user();
        }
        return login instanceof Login.Certificate user
                ? "The user certificate " + user.certificate()
                : "An anonymous session";
    }

    private static CompletionStage<String> opened(
            SecurityChoice.Chosen chosen, DeviceSession session) {
        return session.read(List.of(STATE))
                .thenCombine(
                        SelfDescription.of(session),
                        (state, described) ->
                                opened(chosen, state.get(0))
                                        + SelfDescription.words(described, "Server", SAID));
    }

    private static String opened(SecurityChoice.Chosen chosen, Sample state) {
        Security security = SecurityChoice.security(chosen.endpoint());
        String text = "A session opens with " + security.text() + ".";
        if (state.serverTime() != null && state.receivedAt() != null) {
            Duration ahead = Duration.between(state.receivedAt(), state.serverTime());
            if (ahead.abs().compareTo(CLOCKS_AGREE) > 0) {
                text +=
                        " Its clock is "
                                + ahead.abs().toSeconds()
                                + " s "
                                + (ahead.isNegative() ? "behind" : "ahead of")
                                + " this computer's.";
            }
        }
        return text;
    }

    private static <T> T waited(CompletionStage<T> stage, SessionRequest request, int steps)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture()
                .get(steps * request.endpoint().timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static Layer bad(String layer, DeviceException failure) {
        return Layer.bad(layer, failure.getMessage() + ".", failure.advice());
    }
}
