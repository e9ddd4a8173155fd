package io.fieldloom.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Hands a port of the loopback on to another one, as a router or a container does. */
final class PortMap implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final int target;

    PortMap(int target) throws IOException {
        this.target = target;
        daemon(this::accept);
    }

    String authority() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void accept() throws IOException {
        while (!socket.isClosed()) {
            Socket client = socket.accept();
            Socket server = new Socket(InetAddress.getByName("127.0.0.1"), target);
            daemon(() -> copy(client, server));
            daemon(() -> copy(server, client));
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                // closed by one of the two sides: the talk is over
                            }
                        },
                        "port-map");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
