package io.fieldloom.app.cli;

import picocli.CommandLine.Option;

/** Who logs in and with what, the same for brokers and devices. */
final class LoginOptions {
    @Option(names = "--user", paramLabel = "U", description = "User name; anonymous without it.")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "F",
            description =
                    "File whose first line is the password; - is standard input. Else"
                            + " FIELDLOOM_PASSWORD.")
    private String passwordFile;

    /** Null for nobody. */
    String user() {
        return user;
    }

    boolean hasPasswordFile() {
        return passwordFile != null;
    }

    /** Whether the password is read from standard input. */
    boolean takesStandardInput() {
        return PasswordSource.STANDARD_INPUT.equals(passwordFile);
    }

    /** The user's password; null where there is none. */
    char[] password(Shell shell) throws CommandFailure {
        return password(shell, user);
    }

    /** The password of a user or of a user's key; null where there is none. */
    char[] password(Shell shell, String owner) throws CommandFailure {
        return new PasswordSource(shell).password(owner, passwordFile);
    }
}
