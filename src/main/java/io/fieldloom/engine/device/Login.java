package io.fieldloom.engine.device;

import java.nio.file.Path;
import java.util.Objects;

/** Who one is at a device, and what proves it. */
public sealed interface Login {
    Login ANONYMOUS = new Anonymous();

    /** A user of that name; null for nobody. */
    static Login of(String user, char[] password) {
        return user == null ? ANONYMOUS : new Password(user, password);
    }

    /** Nobody. */
    record Anonymous() implements Login {}

    /**
     * A user with a password.
     *
     * @param password or null for an empty one; never logged
     */
    record Password(String user, char[] password) implements Login {
        public Password {
            Objects.requireNonNull(user, "user");
            password = password == null ? null : password.clone();
        }

        @Override
        public String toString() {
            return "Password[" + user + "]";
        }
    }

    /**
     * Whoever has the private key of a certificate. Both files are read at each connecting, so that
     * a renewed certificate counts from then on.
     *
     * @param certificate PEM or DER file
     * @param key PEM or DER file
     * @param password what the key is encrypted with, or null; never logged
     */
    record Certificate(Path certificate, Path key, char[] password) implements Login {
        public Certificate {
            Objects.requireNonNull(certificate, "certificate");
            Objects.requireNonNull(key, "key");
            password = password == null ? null : password.clone();
        }

        @Override
        public String toString() {
            return "Certificate[" + certificate + "]";
        }
    }
}
