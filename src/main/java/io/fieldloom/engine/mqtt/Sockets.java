package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.security.CertificateFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes the sockets of a login: plain, or TLS with its trust and its client certificate. */
final class Sockets {
    private static final char[] NO_PASSWORD = {};

    private Sockets() {}

    static SocketFactory of(BrokerLogin login) throws IOException {
        if (!login.url().isEncrypted()) {
            return new Plain(login.url().scheme().equals("mqtt"));
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(login), trust(login), null);
            return new Encrypted(context.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up with these certificates", e);
        }
    }

    private static KeyManager[] keys(BrokerLogin login)
            throws IOException, GeneralSecurityException {
        if (login.cert() == null) {
            return null;
        }
        List<X509Certificate> chain = CertificateFiles.certificates(login.cert());
        PrivateKey key =
                CertificateFiles.clearKey(login.key() == null ? login.cert() : login.key());
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(BrokerLogin login)
            throws IOException, GeneralSecurityException {
        if (login.insecure()) {
            return new TrustManager[] {new TrustsAnybody()};
        }
        if (login.ca() == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (X509Certificate certificate : CertificateFiles.certificates(login.ca())) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** A small packet must not wait until the answer to the one before has come (Nagle). */
    private static Socket prompt(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static final class Plain extends SocketFactory {
        private final SocketFactory sockets = SocketFactory.getDefault();
        private final boolean isMqtt;

        /**
         * @param isMqtt whether MQTT follows, and no WebSocket
         */
        Plain(boolean isMqtt) {
            this.isMqtt = isMqtt;
        }

        @Override
        public Socket createSocket() throws IOException {
            return prompt(isMqtt ? new GreetedSocket() : sockets.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return prompt(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort)
                throws IOException {
            return prompt(sockets.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return prompt(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                throws IOException {
            return prompt(sockets.createSocket(host, port, local, localPort));
        }
    }

    private static final class Encrypted extends SSLSocketFactory {
        private final SSLSocketFactory sockets;

        Encrypted(SSLSocketFactory sockets) {
            this.sockets = sockets;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return sockets.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return sockets.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return prompt(sockets.createSocket());
        }

        @Override
        public Socket createSocket(Socket below, String host, int port, boolean autoClose)
                throws IOException {
            return prompt(sockets.createSocket(below, host, port, autoClose));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return prompt(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort)
                throws IOException {
            return prompt(sockets.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return prompt(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                throws IOException {
            return prompt(sockets.createSocket(host, port, local, localPort));
        }
    }

    /** What {@code insecure} asks for, written out in the project or on the command line. */
    private static final class TrustsAnybody extends X509ExtendedTrustManager {
        private static final X509Certificate[] NONE = {};

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return NONE;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // anybody
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // anybody
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // anybody
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // anybody
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // anybody
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // anybody
        }
    }
}
