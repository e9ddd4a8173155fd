package io.fieldloom.domain.connection;

/**
 * Who one is at a device, as the project says it; the secrets are elsewhere. At most a user or a
 * certificate with its key, which the project's rules see to.
 *
 * @param user user name, or null
 * @param certificate PEM or DER file with the user's certificate, relative to the project's file,
 *     or null
 * @param key file with the certificate's private key, or null
 */
public record DeviceLogin(String user, String certificate, String key) {
    public static final DeviceLogin ANONYMOUS = new DeviceLogin(null, null, null);

    public static DeviceLogin ofUser(String user) {
        return new DeviceLogin(user, null, null);
    }

    public static DeviceLogin ofCertificate(String certificate, String key) {
        return new DeviceLogin(null, certificate, key);
    }

    public boolean isAnonymous() {
        return user == null && certificate == null;
    }

    public boolean isCertificate() {
        return certificate != null;
    }

    /** What a password belongs to, the user or the key's file; null where there is none. */
    public String passwordOwner() {
        return isCertificate() ? key : user;
    }

    /** Who logs in, as one says it: {@code operator}, {@code certificate operator.crt}. */
    public String words() {
        if (isAnonymous()) {
            return "anonymous";
        }
        return isCertificate() ? "certificate " + certificate : user;
    }
}
