package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.broker.LiveBrokers;
import io.fieldloom.engine.mqtt.BrokerLogin;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** BROKER and how to get in, the same on every command that takes a broker. */
final class BrokerOptions {
    @Parameters(
            index = "0",
            paramLabel = "BROKER",
            description =
                    "mqtt://, mqtts://, ws:// or wss:// with host and port; or embedded, the newest"
                            + " live one of a Fieldloom on this computer.")
    private String broker;

    @Mixin private LoginOptions login;

    @Option(
            names = "--ca",
            paramLabel = "F",
            description = "PEM file of trusted issuers; the system's without it.")
    private String ca;

    @Option(names = "--cert", paramLabel = "F", description = "PEM file of the own certificate.")
    private String cert;

    @Option(names = "--key", paramLabel = "F", description = "PEM file of the own key.")
    private String key;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "Client id; one made at random without it.")
    private String clientId;

    @Option(
            names = "--mqtt",
            paramLabel = "3|5",
            defaultValue = "5",
            description = "MQTT version, ${DEFAULT-VALUE} without it.")
    private int mqtt;

    @Option(names = "--insecure", description = "Do not verify the broker's certificate.")
    private boolean insecure;

    /** As it was typed. */
    String text() {
        return broker;
    }

    /** Whether the password is read from standard input. */
    boolean takesStandardInput() {
        return login.takesStandardInput();
    }

    /** Whether the broker is on this computer, where publishing asks nobody. */
    boolean isLoopback() {
        return isEmbedded() || BrokerUrl.parse(broker).isLoopback();
    }

    private boolean isEmbedded() {
        return broker.equals(Broker.EMBEDDED);
    }

    /** What a connection is opened with; wrong options are told before anything connects. */
    BrokerLogin login(Shell shell) throws CommandFailure {
        BrokerUrl url = isEmbedded() ? null : BrokerUrl.parse(broker);
        check(url);
        char[] password = login.password(shell);
        BrokerUrl reached = url == null ? newest(shell) : url;
        return new BrokerLogin(
                reached.text(),
                reached,
                login.user(),
                password,
                path("--ca", ca),
                path("--cert", cert),
                path("--key", key),
                clientId,
                mqtt,
                insecure);
    }

    private void check(BrokerUrl url) throws CommandFailure {
        if (mqtt != 3 && mqtt != 5) {
            throw CommandFailure.usage("--mqtt " + mqtt + ": MQTT is 3 or 5", "Give one of them");
        }
        if ((cert == null) != (key == null)) {
            throw CommandFailure.usage(
                    "--cert and --key belong together", "Give both, or leave out both");
        }
        boolean encrypted = url != null && url.isEncrypted();
        if (!encrypted && (ca != null || cert != null)) {
            throw CommandFailure.usage(
                    broker + " is not encrypted, so no certificate is used",
                    "Write mqtts:// or wss://, or leave out --ca, --cert and --key");
        }
    }

    private static BrokerUrl newest(Shell shell) throws CommandFailure {
        try {
            return new LiveBrokers(shell.home())
                    .newest()
                    .orElseThrow(
                            () ->
                                    CommandFailure.noConnection(
                                            "embedded: no Fieldloom on this computer runs its"
                                                    + " broker",
                                            "Start one with 'fieldloom broker' or 'fieldloom"
                                                    + " demo'",
                                            null));
        } catch (IOException e) {
            throw CommandFailure.noConnection(
                    "embedded: "
                            + shell.home().brokerRegistry()
                            + " cannot be read: "
                            + e.getMessage(),
                    "Name the broker by its URL",
                    e);
        }
    }

    private static Path path(String option, String file) throws CommandFailure {
        try {
            return file == null ? null : Path.of(file);
        } catch (InvalidPathException e) {
            throw CommandFailure.usage(
                    option + " " + file + ": not a file name: " + e.getReason(), "Check the name");
        }
    }
}
