package io.fieldloom.domain.connection;

import java.util.Objects;

/**
 * One broker of the project. Passwords are never part of it.
 *
 * @param name its key in the file
 * @param url see {@link BrokerUrl}
 * @param user user name, or null
 * @param ca PEM file of trusted issuers, relative to the project file, or null for the system's
 * @param cert PEM file of the client's certificate, or null
 * @param key PEM file of the client's key, or null
 * @param clientId client id, or null for one made at random
 * @param mqtt 5 or 3 (3.1.1)
 * @param insecure do not verify the broker's certificate
 * @param statusTopic whether Fieldloom's own online topic is published
 */
public record Broker(
        String name,
        String url,
        String user,
        String ca,
        String cert,
        String key,
        String clientId,
        int mqtt,
        boolean insecure,
        boolean statusTopic) {
    /** The name of the broker that Fieldloom starts; it exists without being listed. */
    public static final String EMBEDDED = "embedded";

    public Broker {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
    }

    /** A broker with nothing but its URL. */
    public static Broker of(String name, String url) {
        return new Broker(name, url, null, null, null, null, null, 5, false, true);
    }

    public Broker withUrl(String other) {
        return new Broker(name, other, user, ca, cert, key, clientId, mqtt, insecure, statusTopic);
    }

    public Broker withName(String other) {
        return new Broker(other, url, user, ca, cert, key, clientId, mqtt, insecure, statusTopic);
    }
}
