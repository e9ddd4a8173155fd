package io.fieldloom.engine.security;

/**
 * What a certificate has to fit.
 *
 * @param server whether it is shown by a server, for which OPC UA says what its key must be for
 * @param host the host that was typed; null where it does not matter
 * @param applicationUri what the server calls itself; null where it does not say
 * @param policy the security policy that it is used with; null where it is not known
 */
public record Expected(boolean server, String host, String applicationUri, String policy) {
    /** Nothing but what holds for every certificate. */
    public static final Expected ANYTHING = new Expected(false, null, null, null);

    public static Expected ofServer(String host, String applicationUri, String policy) {
        return new Expected(true, host, applicationUri, policy);
    }
}
