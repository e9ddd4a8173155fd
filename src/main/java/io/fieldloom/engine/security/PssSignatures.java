package io.fieldloom.engine.security;

import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Signatures of the policy Aes256_Sha256_RsaPss, by the name under which the OPC UA library asks
 * for them; the JDK has them under another name only.
 */
public final class PssSignatures {
    private PssSignatures() {}

    /** Adds the provider behind all others, so that nothing else changes. Idempotent. */
    public static void provide() {
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
    }
}
