package io.fieldloom.engine.device.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A device behind a transparent serial gateway: what it sends, however late, comes out of whatever
 * connection is open then. Each register's honest value is its own address. Functions 1 to 6 only.
 */
final class FakeRtu implements AutoCloseable {
    private final ServerSocket server;
    private final Behaviour behaviour;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile OutputStream line;
    private volatile boolean closed;

    /** What the device does with a request; called by one thread at a time. */
    @FunctionalInterface
    interface Behaviour {
        void on(Request request, FakeRtu device) throws IOException;
    }

    record Request(int number, int unit, int function, int address, int count) {
        byte[] honest() {
            int words = function <= 2 ? 0 : count;
            int data = function <= 2 ? (count + 7) / 8 : 2 * count;
            ByteBuffer pdu = ByteBuffer.allocate(2 + data);
            pdu.put((byte) function).put((byte) data);
            for (int i = 0; i < words; i++) {
                pdu.putShort((short) (address + i));
            }
            return new RtuFraming().frame(0, unit, pdu.array());
        }

        byte[] exception(int code) {
            return new RtuFraming()
                    .frame(0, unit, new byte[] {(byte) (function | 0x80), (byte) code});
        }
    }

    FakeRtu(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        start(
                () -> {
                    while (!closed) {
                        Socket client = server.accept();
                        line = client.getOutputStream();
                        start(() -> serve(client.getInputStream()));
                    }
                });
    }

    /** On a serial line. */
    FakeRtu(InputStream in, OutputStream out, Behaviour behaviour) {
        this.behaviour = behaviour;
        server = null;
        line = out;
        start(() -> serve(in));
    }

    String endpoint(String query) {
        return "modbus-rtu-tcp://127.0.0.1:" + server.getLocalPort() + "?" + query;
    }

    int port() {
        return server.getLocalPort();
    }

    List<Request> requests() {
        return requests;
    }

    private void serve(InputStream bytes) throws IOException {
        DataInputStream in = new DataInputStream(bytes);
        while (!closed) {
            byte[] frame = new byte[8];
            in.readFully(frame);
            ByteBuffer at = ByteBuffer.wrap(frame);
            Request request =
                    new Request(
                            requests.size() + 1,
                            at.get() & 0xFF,
                            at.get() & 0xFF,
                            at.getShort() & 0xFFFF,
                            at.getShort() & 0xFFFF);
            requests.add(request);
            behaviour.on(request, this);
        }
    }

    synchronized void send(byte[] bytes) throws IOException {
        line.write(bytes);
        line.flush();
    }

    /** The clock is one thread, so that answers keep their order, as a device's do. */
    void later(Duration delay, byte[] bytes) {
        clock.schedule(
                () -> {
                    send(bytes);
                    return null;
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** One after the other, each taking that long, as a busy device does. */
    void slowly(Duration delay, byte[] bytes) {
        clock.execute(
                () -> {
                    try {
                        Thread.sleep(delay.toMillis());
                        send(bytes);
                    } catch (IOException | InterruptedException e) {
                        // the client has gone, which is what is tested
                    }
                });
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                task.run();
                            } catch (IOException e) {
                                Thread.currentThread().interrupt(); // the end of the connection
                            }
                        },
                        "fake rtu");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        clock.shutdownNow();
        if (server != null) {
            server.close();
        }
    }
}
