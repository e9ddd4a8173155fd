package io.fieldloom.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Listens on the loopback and gives to whatever it is asked the same answer, or none at all. */
final class StrangeServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final byte[] answer;

    private StrangeServer(String answer) throws IOException {
        this.answer = answer.getBytes(StandardCharsets.US_ASCII);
        daemon(this::accept);
    }

    static StrangeServer silent() throws IOException {
        return new StrangeServer("");
    }

    static StrangeServer web() throws IOException {
        return new StrangeServer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                daemon(() -> talk(client));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void talk(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            byte[] asked = new byte[1_000];
            while (in.read(asked) >= 0) {
                client.getOutputStream().write(answer);
            }
        } catch (IOException e) {
            // whoever asked has gone
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "strange-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url(String scheme) {
        return scheme + "://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
