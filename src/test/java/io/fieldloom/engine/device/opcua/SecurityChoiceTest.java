package io.fieldloom.engine.device.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.Login;
import io.fieldloom.engine.device.SessionRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.junit.jupiter.api.Test;

class SecurityChoiceTest {
    private static final UserTokenPolicy ANONYMOUS =
            new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null);
    private static final UserTokenPolicy AS_THE_CHANNEL = password(null);
    private static final UserTokenPolicy PLAIN = password(SecurityPolicy.None);
    private static final UserTokenPolicy ENCRYPTED = password(SecurityPolicy.Basic256Sha256);

    private static final Login CERTIFICATE =
            new Login.Certificate(Path.of("operator.crt"), Path.of("operator.key"), null);

    private final EndpointDescription open =
            endpoint(SecurityPolicy.None, MessageSecurityMode.None, ANONYMOUS, AS_THE_CHANNEL);
    private final EndpointDescription signed =
            endpoint(
                    SecurityPolicy.Basic256Sha256,
                    MessageSecurityMode.Sign,
                    ANONYMOUS,
                    AS_THE_CHANNEL);
    private final EndpointDescription sealed =
            endpoint(
                    SecurityPolicy.Basic256Sha256,
                    MessageSecurityMode.SignAndEncrypt,
                    ANONYMOUS,
                    AS_THE_CHANNEL);
    private final EndpointDescription strongest =
            endpoint(
                    SecurityPolicy.Aes256_Sha256_RsaPss,
                    MessageSecurityMode.SignAndEncrypt,
                    ANONYMOUS,
                    AS_THE_CHANNEL);

    @Test
    void takesNoSecurityForAnAnonymousSessionWhereOffered() throws Exception {
        assertThat(choose(null, Login.ANONYMOUS, strongest, open, signed).endpoint())
                .isEqualTo(open);
        assertThat(choose(null, Login.ANONYMOUS, signed, strongest, sealed).endpoint())
                .isEqualTo(strongest);
    }

    @Test
    void takesTheStrongestForAUser() throws Exception {
        SecurityChoice.Chosen chosen = choose(null, "operator", open, signed, strongest, sealed);
        assertThat(chosen.endpoint()).isEqualTo(strongest);
        assertThat(chosen.needsServerCertificate()).isTrue();
    }

    // A default must never send a password that anybody on the network can read.
    @Test
    void refusesToSendAPasswordInTheClear() throws Exception {
        assertThatThrownBy(() -> choose(null, "operator", open))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("unencrypted")
                .extracting(failure -> ((DeviceException) failure).kind())
                .isEqualTo(DeviceException.Kind.SECURITY);
        EndpointDescription onlySigned =
                endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, PLAIN);
        assertThatThrownBy(
                        () -> choose(Security.parse("Basic256Sha256/Sign"), "operator", onlySigned))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("unencrypted");
        assertThat(choose(Security.NONE, "operator", open).token())
                .as("unless it was written out")
                .isEqualTo(AS_THE_CHANNEL);
    }

    @Test
    void prefersATokenThatEncryptsThePassword() throws Exception {
        EndpointDescription both =
                endpoint(SecurityPolicy.None, MessageSecurityMode.None, PLAIN, ENCRYPTED);
        SecurityChoice.Chosen chosen = choose(null, "operator", both);
        assertThat(chosen.token()).isEqualTo(ENCRYPTED);
        assertThat(chosen.needsServerCertificate())
                .as("what encrypts for the server must be the server")
                .isTrue();
    }

    // Milo 0.6 asks for Basic256 on each endpoint, and with it the servers built on it.
    @Test
    void takesAnOutdatedPolicyOfAUserOnAnEncryptedChannelOnly() throws Exception {
        UserTokenPolicy outdated = password(SecurityPolicy.Basic256);
        UserTokenPolicy signing = certificate(SecurityPolicy.Basic256);
        EndpointDescription plain =
                endpoint(SecurityPolicy.None, MessageSecurityMode.None, outdated, signing);
        EndpointDescription safe =
                endpoint(
                        SecurityPolicy.Basic256Sha256,
                        MessageSecurityMode.SignAndEncrypt,
                        outdated,
                        signing);

        SecurityChoice.Chosen chosen = choose(null, "operator", plain, safe);
        assertThat(chosen.endpoint()).isEqualTo(safe);
        assertThat(chosen.token()).isEqualTo(outdated);
        assertThat(choose(null, CERTIFICATE, plain, safe).token()).isEqualTo(signing);
        assertThatThrownBy(() -> choose(null, "operator", plain))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("outdated");
        assertThatThrownBy(() -> choose(null, CERTIFICATE, plain))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("outdated");
        chosen = choose(Security.NONE, "operator", plain, safe);
        assertThat(chosen.token()).as("written out").isEqualTo(outdated);
        assertThat(chosen.needsServerCertificate()).isTrue();
    }

    @Test
    void passesOverPoliciesThatItDoesNotSpeak() throws Exception {
        EndpointDescription old =
                endpoint(
                        SecurityPolicy.Basic128Rsa15,
                        MessageSecurityMode.SignAndEncrypt,
                        ANONYMOUS);
        assertThatThrownBy(() -> choose(null, Login.ANONYMOUS, old))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("Basic128Rsa15/SignAndEncrypt");
        assertThat(choose(null, Login.ANONYMOUS, old, signed).endpoint()).isEqualTo(signed);
    }

    // The library itself would take the first, whose algorithm nobody speaks any more.
    @Test
    void aCertificateIsSignedByTheStrongestPolicyThatItSpeaks() throws Exception {
        UserTokenPolicy old = certificate(SecurityPolicy.Basic256);
        UserTokenPolicy better = certificate(SecurityPolicy.Basic256Sha256);
        EndpointDescription unsecured =
                endpoint(
                        SecurityPolicy.None,
                        MessageSecurityMode.None,
                        old,
                        certificate(SecurityPolicy.Aes128_Sha256_RsaOaep),
                        better);
        SecurityChoice.Chosen chosen = choose(null, CERTIFICATE, unsecured, sealed);
        assertThat(chosen.endpoint()).as("the only one that takes it").isEqualTo(unsecured);
        assertThat(chosen.token()).isEqualTo(better);
        assertThat(chosen.needsServerCertificate())
                .as("a signature keeps no secret from the server")
                .isFalse();
        EndpointDescription encrypted =
                endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, old);
        assertThat(choose(null, CERTIFICATE, encrypted).token())
                .as("all that many servers take, and fine where the channel is encrypted")
                .isEqualTo(old);
    }

    @Test
    void aCertificateWithoutASignatureMustBeAskedFor() throws Exception {
        UserTokenPolicy unsigned = certificate(null);
        EndpointDescription unsecured =
                endpoint(SecurityPolicy.None, MessageSecurityMode.None, unsigned);
        assertThatThrownBy(() -> choose(null, CERTIFICATE, unsecured))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("without a signature,");
        assertThat(choose(Security.NONE, CERTIFICATE, unsecured).token()).isEqualTo(unsigned);
    }

    @Test
    void namesWhatIsTakenInsteadOfACertificateAndWhereOneIs() {
        assertThatThrownBy(() -> choose(null, CERTIFICATE, sealed, open))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining(
                        "takes no user certificate; it takes: anonymous session, user with a"
                                + " password")
                .extracting(failure -> ((DeviceException) failure).kind())
                .isEqualTo(DeviceException.Kind.NOT_AUTHORISED);
        EndpointDescription taking =
                endpoint(
                        SecurityPolicy.Aes256_Sha256_RsaPss,
                        MessageSecurityMode.SignAndEncrypt,
                        certificate(null));
        assertThatThrownBy(
                        () ->
                                choose(
                                        Security.parse("Basic256Sha256/Sign"),
                                        CERTIFICATE,
                                        signed,
                                        taking))
                .hasMessageContaining("takes no user certificate with Basic256Sha256/Sign")
                .extracting(failure -> ((DeviceException) failure).advice())
                .isEqualTo("Choose Aes256_Sha256_RsaPss/SignAndEncrypt, which takes one.");
    }

    @Test
    void saysThatAnonymousIsNotTaken() {
        EndpointDescription users =
                endpoint(SecurityPolicy.None, MessageSecurityMode.None, ENCRYPTED);
        assertThatThrownBy(() -> choose(null, Login.ANONYMOUS, users))
                .isInstanceOf(DeviceException.class)
                .extracting(failure -> ((DeviceException) failure).kind())
                .isEqualTo(DeviceException.Kind.NOT_AUTHORISED);
    }

    private static SecurityChoice.Chosen choose(
            Security wished, String user, EndpointDescription... offered) throws DeviceException {
        return choose(wished, Login.of(user, null), offered);
    }

    private static SecurityChoice.Chosen choose(
            Security wished, Login login, EndpointDescription... offered) throws DeviceException {
        Failures failures =
                new Failures(
                        new SessionRequest(
                                "filler", Endpoint.parse("opc.tcp://plc"), wished, login),
                        Path.of("own.der"));
        return new SecurityChoice(failures, wished, login).from(List.of(offered));
    }

    private static UserTokenPolicy password(SecurityPolicy policy) {
        return token(UserTokenType.UserName, policy);
    }

    private static UserTokenPolicy certificate(SecurityPolicy policy) {
        return token(UserTokenType.Certificate, policy);
    }

    private static UserTokenPolicy token(UserTokenType type, SecurityPolicy policy) {
        return new UserTokenPolicy(
                type + "-" + policy, type, null, null, policy == null ? null : policy.getUri());
    }

    private static EndpointDescription endpoint(
            SecurityPolicy policy, MessageSecurityMode mode, UserTokenPolicy... tokens) {
        return new EndpointDescription(
                "opc.tcp://plc:4840",
                null,
                ByteString.NULL_VALUE,
                mode,
                policy.getUri(),
                Stream.of(tokens).toArray(UserTokenPolicy[]::new),
                null,
                ubyte(0));
    }
}
