package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.engine.device.Login;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.security.KeyedCertificate;
import io.fieldloom.engine.security.LockedKeyException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** ENDPOINT and how to get in, the same on every command that takes a device. */
final class EndpointOptions {
    @Parameters(
            index = "0",
            paramLabel = "ENDPOINT",
            description =
                    "opc.tcp://host:port/path, modbus-tcp://host:port?unit=1 (also modbus-rtu-tcp"
                            + " and modbus-udp) or modbus-rtu:/dev/ttyUSB0?baud=19200&unit=1")
    private String endpoint;

    @Option(
            names = "--security",
            paramLabel = "POLICY/MODE",
            description =
                    "OPC UA security, such as Basic256Sha256/SignAndEncrypt or None/None. Without"
                            + " it: anonymous None where offered, else the strongest; with a user"
                            + " the strongest.")
    private String security;

    @Mixin private LoginOptions login;

    @Option(
            names = "--user-cert",
            paramLabel = "F",
            description =
                    "Log in to an OPC UA server with this user certificate, PEM or DER, instead of a"
                            + " user; the password is then the one of its key.")
    private Path userCertificate;

    @Option(
            names = "--user-key",
            paramLabel = "F",
            description = "The private key of --user-cert, PEM or DER.")
    private Path userKey;

    @Option(
            names = "--password",
            paramLabel = "P",
            description = "The password itself, for tests: the process list shows it.")
    private String password;

    @Option(
            names = "--trust-server",
            description = "Show the certificate that the server presents, trust and remember it.")
    private boolean trustServer;

    Endpoint endpoint() {
        return Endpoint.parse(endpoint);
    }

    boolean trustServer() {
        return trustServer;
    }

    /** What a session is opened with; wrong options are told before anything connects. */
    SessionRequest request(Shell shell) throws CommandFailure {
        Endpoint where = endpoint();
        Security wanted = security == null ? null : Security.parse(security);
        boolean anyOfOpcUa =
                wanted != null
                        || login.user() != null
                        || userCertificate != null
                        || userKey != null
                        || trustServer;
        if (!where.isOpcUa() && anyOfOpcUa) {
            throw CommandFailure.usage(
                    where.authority() + ": Modbus has no users, passwords or certificates",
                    "Leave out --security, --user, --user-cert, --user-key and --trust-server");
        }
        return new SessionRequest(where.authority(), where, wanted, login(shell));
    }

    private Login login(Shell shell) throws CommandFailure {
        if (userCertificate == null && userKey == null) {
            return Login.of(login.user(), password(shell, login.user()));
        }
        if (login.user() != null) {
            throw CommandFailure.usage("--user and --user-cert are both given", "Give one");
        }
        if (userCertificate == null || userKey == null) {
            throw CommandFailure.usage(
                    "a user certificate comes with its private key",
                    "Give both --user-cert and --user-key");
        }
        char[] password = password(shell, userKey.toString());
        try {
            KeyedCertificate.read(userCertificate, userKey, password);
        } catch (LockedKeyException e) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    e.getMessage(),
                    "Give the key's password with --password-file or " + PasswordSource.VARIABLE,
                    e);
        } catch (IOException e) {
            throw new CommandFailure(
                    CommandFailure.USAGE, e.getMessage(), "Check --user-cert and --user-key", e);
        }
        return new Login.Certificate(userCertificate, userKey, password);
    }

    /**
     * @param owner whom a password belongs to; null for nobody
     */
    private char[] password(Shell shell, String owner) throws CommandFailure {
        if (password == null) {
            return login.password(shell, owner);
        }
        shell.note("--password: the process list shows it to everybody. Use --password-file");
        if (login.hasPasswordFile()) {
            throw CommandFailure.usage("--password and --password-file are both given", "Give one");
        }
        if (owner == null) {
            throw CommandFailure.usage(
                    "--password: a password belongs to a user", "Add --user NAME");
        }
        return password.toCharArray();
    }
}
