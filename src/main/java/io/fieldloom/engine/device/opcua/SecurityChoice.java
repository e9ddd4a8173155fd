package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.connection.Security;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Login;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;

/**
 * Which of a server's endpoints is taken. Without a wish: anonymous and unsecured where that is
 * offered, else the strongest; with a user always the strongest. A password travels unencrypted,
 * and a certificate without a signature, only where {@code None/None} was written out.
 */
final class SecurityChoice {
    /** From weak to strong. */
    private static final List<String> POLICIES =
            List.of("None", "Aes128_Sha256_RsaOaep", "Basic256Sha256", "Aes256_Sha256_RsaPss");

    /**
     * How a password or a user's signature alone is protected where the channel is safe already.
     */
    private static final List<String> TOKEN_POLICIES =
            List.of(
                    "None",
                    "Basic128Rsa15",
                    "Basic256",
                    "Aes128_Sha256_RsaOaep",
                    "Basic256Sha256",
                    "Aes256_Sha256_RsaPss");

    private static final Comparator<EndpointDescription> STRENGTH =
            Comparator.<EndpointDescription>comparingInt(
                            endpoint -> endpoint.getSecurityMode().getValue())
                    .thenComparingInt(endpoint -> POLICIES.indexOf(policyName(endpoint)))
                    .thenComparingInt(endpoint -> endpoint.getSecurityLevel().intValue());

    private final Failures failures;
    private final Security wished;
    private final Login login;

    SecurityChoice(Failures failures, Security wished, Login login) {
        this.failures = failures;
        this.wished = wished;
        this.login = login;
    }

    /**
     * @param token how the password travels or the certificate is proven; null for an anonymous
     *     session
     */
    record Chosen(EndpointDescription endpoint, UserTokenPolicy token) {
        boolean isSecured() {
            return !policyName(endpoint).equals("None");
        }

        /** Whether anything is encrypted for the server's certificate, which then must be known. */
        boolean needsServerCertificate() {
            return isSecured()
                    || (token != null
                            && token.getTokenType() == UserTokenType.UserName
                            && protects(endpoint, token));
        }
    }

    Chosen from(List<EndpointDescription> offered) throws DeviceException {
        List<EndpointDescription> spoken = offered.stream().filter(SecurityChoice::speaks).toList();
        List<EndpointDescription> fitting =
                wished == null
                        ? spoken
                        : spoken.stream().filter(e -> security(e).equals(wished)).toList();
        if (fitting.isEmpty()) {
            throw failures.failed(
                    Kind.SECURITY,
                    (wished == null
                                    ? "the server offers no security that Fieldloom speaks"
                                    : "the server does not offer " + wished.text())
                            + "; it offers "
                            + offers(offered),
                    "Choose one of these.",
                    null);
        }
        if (login instanceof Login.Anonymous) {
            return anonymous(fitting);
        }
        return login instanceof Login.Certificate
                ? identified(
                        fitting,
                        spoken,
                        UserTokenType.Certificate,
                        "the server would take the user certificate without a signature, or with an"
                                + " outdated one, only")
                : identified(
                        fitting,
                        spoken,
                        UserTokenType.UserName,
                        "the server would take the password unencrypted, or by an outdated encryption,"
                                + " only");
    }

    private Chosen anonymous(List<EndpointDescription> fitting) throws DeviceException {
        List<EndpointDescription> open =
                fitting.stream().filter(e -> has(e, UserTokenType.Anonymous)).toList();
        Optional<EndpointDescription> unsecured =
                open.stream().filter(e -> security(e).isNone()).findFirst();
        Optional<EndpointDescription> taken =
                unsecured.isPresent() ? unsecured : open.stream().max(STRENGTH);
        return new Chosen(
                taken.orElseThrow(
                        () ->
                                failures.failed(
                                        Kind.NOT_AUTHORISED,
                                        "the server takes no anonymous session" + but(fitting),
                                        "Log in as a user.",
                                        null)),
                null);
    }

    private Chosen identified(
            List<EndpointDescription> fitting,
            List<EndpointDescription> spoken,
            UserTokenType type,
            String unprotected)
            throws DeviceException {
        List<EndpointDescription> taking = taking(fitting, type);
        if (taking.isEmpty()) {
            List<EndpointDescription> others = taking(spoken, type);
            throw failures.failed(
                    Kind.NOT_AUTHORISED,
                    "the server takes no "
                            + words(type)
                            + (wished == null ? "" : " with " + wished.text())
                            + but(fitting),
                    others.isEmpty()
                            ? "Log in in another way, or let the server take one."
                            : "Choose " + offers(others) + ", which takes one.",
                    null);
        }
        for (EndpointDescription endpoint : taking) {
            Optional<UserTokenPolicy> token = token(endpoint, type);
            if (token.isPresent()) {
                return new Chosen(endpoint, token.get());
            }
        }
        throw failures.failed(
                Kind.SECURITY,
                unprotected,
                "Switch its security on, or write None/None as security if the network is safe.",
                null);
    }

    /** Those that take users of that type, the strongest first. */
    private static List<EndpointDescription> taking(
            List<EndpointDescription> endpoints, UserTokenType type) {
        return endpoints.stream()
                .filter(endpoint -> has(endpoint, type))
                .sorted(STRENGTH.reversed())
                .toList();
    }

    /**
     * The token policy for a user, the strongest. Many servers ask for an outdated encryption of
     * the password, or signature of the user, whatever the channel, which does no harm on one that
     * is encrypted itself.
     */
    private Optional<UserTokenPolicy> token(EndpointDescription endpoint, UserTokenType type) {
        boolean anyIsFine =
                endpoint.getSecurityMode() == MessageSecurityMode.SignAndEncrypt
                        || Security.NONE.equals(wished);
        return tokens(endpoint)
                .filter(token -> token.getTokenType() == type)
                .filter(token -> TOKEN_POLICIES.contains(policyName(endpoint, token)))
                .filter(token -> anyIsFine || protectsWell(endpoint, token))
                .max(
                        Comparator.comparingInt(
                                token -> TOKEN_POLICIES.indexOf(policyName(endpoint, token))));
    }

    private static boolean protectsWell(EndpointDescription endpoint, UserTokenPolicy token) {
        return protects(endpoint, token) && POLICIES.contains(policyName(endpoint, token));
    }

    /** What is taken instead. */
    private static String but(List<EndpointDescription> endpoints) {
        String taken =
                endpoints.stream()
                        .flatMap(SecurityChoice::tokens)
                        .map(token -> words(token.getTokenType()))
                        .distinct()
                        .collect(Collectors.joining(", "));
        return taken.isEmpty() ? "" : "; it takes: " + taken;
    }

    private static String words(UserTokenType type) {
        return switch (type) {
            case Anonymous -> "anonymous session";
            case UserName -> "user with a password";
            case Certificate -> "user certificate";
            case IssuedToken -> "token of an authorisation server";
        };
    }

    /** Whether Fieldloom speaks an endpoint's policy. */
    static boolean speaks(EndpointDescription endpoint) {
        return POLICIES.contains(policyName(endpoint));
    }

    static Security security(EndpointDescription endpoint) {
        return new Security(policyName(endpoint), endpoint.getSecurityMode().name());
    }

    static Comparator<EndpointDescription> byStrength() {
        return STRENGTH;
    }

    static boolean has(EndpointDescription endpoint, UserTokenType type) {
        return tokens(endpoint).anyMatch(token -> token.getTokenType() == type);
    }

    static Stream<UserTokenPolicy> tokens(EndpointDescription endpoint) {
        UserTokenPolicy[] tokens = endpoint.getUserIdentityTokens();
        return tokens == null ? Stream.empty() : Stream.of(tokens).filter(Objects::nonNull);
    }

    /** Whether the password is encrypted or the certificate signed, whatever the channel does. */
    static boolean protects(EndpointDescription endpoint, UserTokenPolicy token) {
        String policy = policyName(endpoint, token);
        return TOKEN_POLICIES.contains(policy) && !policy.equals("None");
    }

    private static String policyName(EndpointDescription endpoint, UserTokenPolicy token) {
        String uri = token.getSecurityPolicyUri();
        return uri == null || uri.isEmpty() ? policyName(endpoint) : shortName(uri);
    }

    static String policyName(EndpointDescription endpoint) {
        String uri = endpoint.getSecurityPolicyUri();
        return uri == null ? SecurityPolicy.None.name() : shortName(uri);
    }

    private static String shortName(String uri) {
        return uri.substring(uri.lastIndexOf('#') + 1);
    }

    private static String offers(List<EndpointDescription> offered) {
        return offered.isEmpty()
                ? "nothing"
                : offered.stream()
                        .map(endpoint -> security(endpoint).text())
                        .distinct()
                        .collect(Collectors.joining(", "));
    }
}
