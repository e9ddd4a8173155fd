package io.fieldloom.app.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A Modbus TCP server that does as little as one can: it knows function 3, and each register's
 * value is its address. With a delay it is a device that takes that long to answer, and takes the
 * next question meanwhile.
 */
final class BareModbusServer implements AutoCloseable {
    private static final int HEADER = 7;

    private final ServerSocket server;
    private final Duration delay;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final LongAdder requests = new LongAdder();

    BareModbusServer(Duration delay) throws IOException {
        this.delay = delay;
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    long requests() {
        return requests.sum();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                daemon(() -> serve(client));
            }
        } catch (IOException closed) {
            clock.shutdownNow();
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(client.getInputStream()));
            OutputStream out = client.getOutputStream();
            byte[] request = new byte[HEADER + 5];
            while (true) {
                in.readFully(request);
                requests.increment();
                byte[] answer = answer(ByteBuffer.wrap(request));
                if (delay.isZero()) {
                    out.write(answer);
                } else {
                    clock.schedule(
                            () -> {
                                out.write(answer);
                                return null;
                            },
                            delay.toNanos(),
                            TimeUnit.NANOSECONDS);
                }
            }
        } catch (IOException gone) {
            Thread.currentThread().interrupt(); // the client has finished
        }
    }

    private static byte[] answer(ByteBuffer request) {
        int from = request.getShort(HEADER + 1) & 0xFFFF;
        int count = request.getShort(HEADER + 3) & 0xFFFF;
        ByteBuffer answer = ByteBuffer.allocate(HEADER + 2 + 2 * count);
        answer.putShort(request.getShort(0)).putShort((short) 0).putShort((short) (3 + 2 * count));
        answer.put(request.get(HEADER - 1)).put((byte) 3).put((byte) (2 * count));
        for (int i = 0; i < count; i++) {
            answer.putShort((short) (from + i));
        }
        return answer.array();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "bare modbus server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
