package io.fieldloom.engine.device;

import io.fieldloom.domain.connection.Security;
import io.fieldloom.engine.security.PresentedCertificate;
import java.util.Objects;

/**
 * One way to connect that a server offers.
 *
 * @param url what the server announces
 * @param server what the server calls itself
 * @param security policy and mode
 * @param anonymous whether it takes a session without a user
 * @param userPassword whether it takes a user with a password
 * @param passwordEncrypted whether a password would travel encrypted
 * @param userCertificate whether it takes a user with a certificate
 * @param issuedToken whether it takes a token of an authorisation server, which Fieldloom cannot
 *     give
 * @param level the server's own ranking, higher is safer
 * @param recommended the one that Fieldloom would take for a user with a password: the strongest
 * @param supported whether Fieldloom speaks this policy
 * @param certificate what the server shows; null for an unsecured endpoint without one
 * @param trusted whether that certificate is trusted already
 */
public record OfferedEndpoint(
        String url,
        String server,
        Security security,
        boolean anonymous,
        boolean userPassword,
        boolean passwordEncrypted,
        boolean userCertificate,
        boolean issuedToken,
        int level,
        boolean recommended,
        boolean supported,
        PresentedCertificate certificate,
        boolean trusted) {
    public OfferedEndpoint {
        Objects.requireNonNull(security, "security");
    }
}
