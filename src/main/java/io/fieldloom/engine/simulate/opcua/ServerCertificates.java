package io.fieldloom.engine.simulate.opcua;

import io.fieldloom.engine.security.OwnCertificate;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;

/**
 * A simulated server's certificate for the server library. Any client's certificate is good enough:
 * what is simulated is the plant, not its trust.
 */
final class ServerCertificates {
    private ServerCertificates() {}

    static CertificateManager of(OwnCertificate.Identity identity) throws Exception {
        DefaultApplicationGroup group =
                DefaultApplicationGroup.createAndInitialize(
                        new MemoryTrustListManager(),
                        new MemoryCertificateStore(),
                        new RsaSha256CertificateFactory() {
                            @Override
                            protected KeyPair createRsaSha256KeyPair() {
                                return identity.keys();
                            }

                            @Override
                            protected X509Certificate[] createRsaSha256CertificateChain(
                                    KeyPair keys) {
                                return new X509Certificate[] {identity.certificate()};
                            }
                        },
                        (chain, applicationUri, hosts) -> {});
        return new DefaultCertificateManager(new MemoryCertificateQuarantine(), group);
    }
}
