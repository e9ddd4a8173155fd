package io.fieldloom.engine.mqtt;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Everything that opens a connection to one broker.
 *
 * @param name the broker's name in the project, or its URL where there is no project; for messages
 * @param url where it listens
 * @param user user name, or null
 * @param password or null; never logged
 * @param ca PEM file of trusted issuers, or null for the system's
 * @param cert PEM file with the client's certificate and its chain, or null
 * @param key PEM file with the client's unencrypted key, or null
 * @param clientId client id, or null for one made at random
 * @param mqtt 5 or 3 (3.1.1)
 * @param insecure do not verify the broker's certificate
 */
public record BrokerLogin(
        String name,
        BrokerUrl url,
        String user,
        char[] password,
        Path ca,
        Path cert,
        Path key,
        String clientId,
        int mqtt,
        boolean insecure) {
    public BrokerLogin {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        if (mqtt != 3 && mqtt != 5) {
            throw new IllegalArgumentException("mqtt is 3 or 5");
        }
        password = password == null ? null : password.clone();
    }

    /** Anonymous, MQTT 5, a client id made at random. */
    public static BrokerLogin of(String name, BrokerUrl url) {
        return new BrokerLogin(name, url, null, null, null, null, null, null, 5, false);
    }

    /**
     * A broker of a project.
     *
     * @param broker the design
     * @param url its URL, or the one that replaces it on the command line
     * @param folder what the design's paths are relative to
     * @param password or null
     */
    public static BrokerLogin of(Broker broker, BrokerUrl url, Path folder, char[] password) {
        return new BrokerLogin(
                broker.name(),
                url,
                broker.user(),
                password,
                path(folder, broker.ca()),
                path(folder, broker.cert()),
                path(folder, broker.key()),
                broker.clientId(),
                broker.mqtt(),
                broker.insecure());
    }

    private static Path path(Path folder, String relative) {
        return relative == null ? null : folder.resolve(relative);
    }

    /** A client id that nobody else has. */
    public static String randomClientId() {
        return "fieldloom-"
                + String.format(Locale.ROOT, "%08x", ThreadLocalRandom.current().nextInt());
    }

    /** Whether a person chose the client id, so that another client may have it too. */
    boolean hasChosenClientId() {
        return clientId != null && !clientId.matches("fieldloom-[0-9a-f]{8}");
    }

    public BrokerLogin withClientId(String other) {
        return new BrokerLogin(name, url, user, password, ca, cert, key, other, mqtt, insecure);
    }

    public BrokerLogin withPassword(String otherUser, char[] other) {
        return new BrokerLogin(
                name, url, otherUser, other, ca, cert, key, clientId, mqtt, insecure);
    }

    @Override
    public String toString() {
        return "BrokerLogin[" + name + ", " + url.text() + "]";
    }
}
