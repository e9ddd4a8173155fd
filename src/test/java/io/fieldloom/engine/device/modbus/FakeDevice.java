package io.fieldloom.engine.device.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A Modbus TCP server that does what a test tells it, right or wrong. Each register's honest value
 * is its own address, so that a value in the wrong place gives itself away.
 */
final class FakeDevice implements AutoCloseable {
    private final ServerSocket server;
    private final Behaviour behaviour;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private volatile int connections;

    /** What the device does with a request. */
    @FunctionalInterface
    interface Behaviour {
        void on(Request request, Reply reply) throws IOException;
    }

    /** A request as it came; number counts from 1, connection too. */
    record Request(
            int number, int connection, int tid, int unit, int function, int address, int count) {}

    /** The way back to the client. */
    final class Reply {
        private final Socket client;
        private final Request request;

        private Reply(Socket client, Request request) {
            this.client = client;
            this.request = request;
        }

        void honestly() throws IOException {
            send(honest());
        }

        byte[] honest() {
            if (request.function > 4) {
                return frame(
                        request.tid,
                        request.unit,
                        ByteBuffer.allocate(5)
                                .put((byte) request.function)
                                .putShort((short) request.address)
                                .putShort((short) request.count)
                                .array());
            }
            ByteBuffer pdu = ByteBuffer.allocate(2 + 2 * request.count);
            pdu.put((byte) request.function).put((byte) (2 * request.count));
            for (int i = 0; i < request.count; i++) {
                pdu.putShort((short) (request.address + i));
            }
            return frame(request.tid, request.unit, pdu.array());
        }

        void exception(int code) throws IOException {
            send(
                    frame(
                            request.tid,
                            request.unit,
                            new byte[] {(byte) (request.function | 0x80), (byte) code}));
        }

        void send(byte[] bytes) throws IOException {
            client.getOutputStream().write(bytes);
        }

        void later(Duration delay) {
            byte[] bytes = honest();
            clock.schedule(
                    () -> {
                        try {
                            send(bytes);
                        } catch (IOException e) {
                            // the client has dropped the connection, which is what is tested
                            requests.size();
                        }
                    },
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
        }

        void close() throws IOException {
            client.close();
        }

        void reset() throws IOException {
            client.setSoLinger(true, 0);
            client.close();
        }
    }

    FakeDevice(Behaviour behaviour) throws IOException {
        this(0, behaviour);
    }

    FakeDevice(int port, Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    static byte[] frame(int tid, int unit, byte[] pdu) {
        return ByteBuffer.allocate(7 + pdu.length)
                .putShort((short) tid)
                .putShort((short) 0)
                .putShort((short) (pdu.length + 1))
                .put((byte) unit)
                .put(pdu)
                .array();
    }

    int port() {
        return server.getLocalPort();
    }

    String endpoint(String query) {
        return "modbus-tcp://127.0.0.1:" + port() + "?" + query;
    }

    List<Request> requests() {
        return requests;
    }

    /** Its own memory is not what is measured. */
    void forget() {
        requests.clear();
        clients.clear();
    }

    int connections() {
        return connections;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                int connection = ++connections;
                clients.add(client);
                if (server.isClosed()) {
                    client.close(); // killed in between
                }
                start(() -> serve(client, connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client, int connection) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            while (true) {
                int tid = in.readUnsignedShort();
                in.readUnsignedShort();
                byte[] rest = new byte[in.readUnsignedShort()];
                in.readFully(rest);
                ByteBuffer pdu = ByteBuffer.wrap(Arrays.copyOf(rest, Math.max(6, rest.length)));
                Request request =
                        new Request(
                                requests.size() + 1,
                                connection,
                                tid,
                                pdu.get() & 0xFF,
                                pdu.get() & 0xFF,
                                pdu.getShort() & 0xFFFF,
                                pdu.getShort() & 0xFFFF);
                requests.add(request);
                behaviour.on(request, new Reply(client, request));
            }
        } catch (IOException e) {
            // a client that goes is no failure of the fake
            clients.remove(client);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "fake device");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    /** Gone, as with the power cut. Idempotent. */
    void kill() throws IOException {
        server.close();
        clock.shutdownNow();
        for (Socket client : clients) {
            client.close();
        }
    }
}
