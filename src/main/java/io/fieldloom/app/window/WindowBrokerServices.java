package io.fieldloom.app.window;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.BrokerProbe;
import io.fieldloom.engine.plant.RememberedPasswords;
import io.fieldloom.ui.brokers.BrokerServices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/** The broker dialogs' way into the open project. */
final class WindowBrokerServices implements BrokerServices {
    private final OpenProject open;
    private final RememberedPasswords passwords;
    private final ScheduledExecutorService pool;

    /**
     * @param pool runs trial connections
     */
    WindowBrokerServices(
            OpenProject open, RememberedPasswords passwords, ScheduledExecutorService pool) {
        this.open = open;
        this.passwords = passwords;
        this.pool = pool;
    }

    @Override
    public Project project() {
        return open.editor().project();
    }

    @Override
    public Optional<Path> folder() {
        return open.folder();
    }

    @Override
    public void apply(Edit edit) {
        open.editor().apply(edit);
    }

    @Override
    public void keepPassword(BrokerUrl url, String user, char[] password, boolean remember)
            throws IOException {
        passwords.use(url.host(), url.port(), user, password, remember);
        open.passwordChanged(url, user);
    }

    @Override
    public boolean knowsPassword(BrokerUrl url, String user) {
        return passwords.find(url.host(), url.port(), user) != null;
    }

    @Override
    public CompletionStage<String> test(Broker broker, char[] password) {
        BrokerUrl url = BrokerUrl.parse(broker.url());
        Path folder = folder().orElse(Path.of(""));
        return CompletableFuture.supplyAsync(
                        () -> password == null ? passwords.of(broker) : password, pool)
                .thenCompose(
                        secret ->
                                BrokerProbe.test(
                                        BrokerLogin.of(broker, url, folder, secret), pool));
    }
}
