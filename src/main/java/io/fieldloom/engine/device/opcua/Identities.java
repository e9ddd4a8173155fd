package io.fieldloom.engine.device.opcua;

import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Login;
import io.fieldloom.engine.security.KeyedCertificate;
import io.fieldloom.engine.security.LockedKeyException;
import io.fieldloom.engine.security.PssSignatures;
import io.fieldloom.engine.security.TrustList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;

/** Turns a login into what the library shows to a server as the user. */
final class Identities {
    private final Failures failures;
    private final TrustList trust;

    Identities(Failures failures, TrustList trust) {
        this.failures = failures;
        this.trust = trust;
    }

    IdentityProvider of(Login login, SecurityChoice.Chosen chosen) throws DeviceException {
        if (login instanceof Login.Password user) {
            return new UsernameProvider(
                    user.user(),
                    () -> utf8(user.password()),
                    new TrustCheck(trust),
                    tokens -> chosen.token());
        }
        return login instanceof Login.Certificate user
                ? certificate(user, chosen)
                : AnonymousProvider.INSTANCE;
    }

    private static byte[] utf8(char[] password) {
        if (password == null) {
            return new byte[0];
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private IdentityProvider certificate(Login.Certificate user, SecurityChoice.Chosen chosen)
            throws DeviceException {
        KeyedCertificate identity;
        try {
            identity = KeyedCertificate.read(user.certificate(), user.key(), user.password());
        } catch (LockedKeyException e) {
            throw failures.failed(
                    Kind.NOT_AUTHORISED,
                    "the user's key " + e.getMessage(),
                    "Give the key's password.",
                    e);
        } catch (IOException e) {
            throw failures.failed(
                    Kind.NOT_AUTHORISED,
                    "the user certificate cannot be shown: " + e.getMessage(),
                    "Check both files, certificate and key.",
                    e);
        }
        EndpointDescription endpoint = chosen.endpoint();
        boolean nothingToSign =
                endpoint.getServerCertificate() == null
                        || endpoint.getServerCertificate().isNullOrEmpty();
        if (nothingToSign && SecurityChoice.protects(endpoint, chosen.token())) {
            throw failures.failed(
                    Kind.SECURITY,
                    "the server shows no certificate, which a user's signature is made for",
                    "Give the server one.",
                    null);
        }
        PssSignatures.provide();
        X509IdentityProvider signing =
                new X509IdentityProvider(identity.certificate(), identity.key());
        // The library takes the first token policy for certificates, whatever its algorithm.
        return (any, nonce) -> signing.getIdentityToken(only(endpoint, chosen.token()), nonce);
    }

    private static EndpointDescription only(EndpointDescription endpoint, UserTokenPolicy token) {
        return new EndpointDescription(
                endpoint.getEndpointUrl(),
                endpoint.getServer(),
                endpoint.getServerCertificate(),
                endpoint.getSecurityMode(),
                endpoint.getSecurityPolicyUri(),
                new UserTokenPolicy[] {token},
                endpoint.getTransportProfileUri(),
                endpoint.getSecurityLevel());
    }
}
