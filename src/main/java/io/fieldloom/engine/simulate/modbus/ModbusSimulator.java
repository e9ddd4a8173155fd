package io.fieldloom.engine.simulate.modbus;

import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.simulate.SimulatedDevice;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulated Modbus TCP device. It listens on the design's address alone.
 *
 * <p>It answers exception 2 for an address that it does not have and for a write to one that is not
 * writable, exception 4 while a signal is bad, exception 1 for a function that it does not have and
 * exception 11 for another unit. A written value stays where the signal is constant; elsewhere the
 * signal's next value takes its place.
 *
 * <p>The server is our own: j2mod's cannot answer exception 4, and keeps the process alive after it
 * was closed.
 */
public final class ModbusSimulator implements SimulatedDevice {
    private static final Logger LOG = LoggerFactory.getLogger(ModbusSimulator.class);
    private static final int DEFAULT_UNIT = 1;
    private static final int HEADER = 6;
    private static final int LARGEST_LENGTH = 254;
    private static final int MOST_CLIENTS = 64;
    private static final byte GATEWAY_TARGET_NO_RESPONSE = 11;
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration IDLE_CLIENT = Duration.ofMinutes(10);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final Simulator design;
    private final int unit;
    private final RegisterImage image;
    private final Responder responder;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private ScheduledExecutorService ticker;
    private Thread acceptor;
    private long begin;
    private volatile ServerSocket server;
    private volatile int port;

    /** A device that does not listen yet; a design that cannot be understood is malformed. */
    public ModbusSimulator(Simulator design) {
        this.design = design;
        unit = design.unit() == null ? DEFAULT_UNIT : design.unit();
        image = new RegisterImage(design);
        responder = new Responder(image);
        port = design.port() == null ? 0 : design.port();
    }

    @Override
    public Simulator design() {
        return design;
    }

    @Override
    public synchronized void start() throws IOException {
        if (server != null) {
            return;
        }
        ServerSocket fresh = bound();
        port = fresh.getLocalPort();
        server = fresh;
        acceptor = daemon(() -> accept(fresh), "accept");
        acceptor.start();
        ticker = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "signals"));
        // signals go on across a stop, as a device's clock does
        begin = begin == 0 ? System.nanoTime() : begin;
        long start = begin;
        ticker.scheduleAtFixedRate(
                () -> tick(Duration.ofNanos(System.nanoTime() - start)),
                TICK.toMillis(),
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void tick(Duration elapsed) {
        try {
            image.advance(elapsed);
        } catch (RuntimeException e) {
            LOG.error("The signals of simulator {} failed", design.name(), e);
        }
    }

    private ServerSocket bound() throws IOException {
        InetAddress address = InetAddress.getByName(design.bind());
        try {
            return new ServerSocket(port, MOST_CLIENTS, address);
        } catch (BindException e) {
            if (design.port() == null && port != 0) {
                // its free port of last time is somebody else's now
                return new ServerSocket(0, MOST_CLIENTS, address);
            }
            throw new IOException(
                    "simulator "
                            + design.name()
                            + ": port "
                            + port
                            + " on "
                            + design.bind()
                            + " cannot be opened ("
                            + e.getMessage()
                            + ")",
                    e);
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (clients.size() >= MOST_CLIENTS) {
                    LOG.warn("Simulator {} turned a client away: too many", design.name());
                    client.close();
                    continue;
                }
                clients.add(client);
                if (listening.isClosed()) {
                    client.close();
                }
                daemon(() -> serve(listening, client), "client").start();
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    LOG.warn("Simulator {} could not take a client", design.name(), e);
                }
            }
        }
    }

    private void serve(ServerSocket listening, Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            client.setSoTimeout((int) IDLE_CLIENT.toMillis());
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(client.getInputStream()));
            while (!listening.isClosed()) {
                byte[] header = in.readNBytes(HEADER);
                if (header.length < HEADER || !answer(client, in, ByteBuffer.wrap(header))) {
                    return;
                }
            }
        } catch (SocketTimeoutException | EOFException e) {
            LOG.debug("A client of simulator {} went silent", design.name(), e);
        } catch (IOException e) {
            LOG.debug("A client of simulator {} is gone", design.name(), e);
        } finally {
            clients.remove(client);
        }
    }

    /** Answers one frame; false for something that is no Modbus frame. */
    private boolean answer(Socket client, DataInputStream in, ByteBuffer header)
            throws IOException {
        int length = header.getShort(4) & 0xFFFF;
        if (header.getShort(2) != 0 || length < 2 || length > LARGEST_LENGTH) {
            LOG.debug("A client of simulator {} does not speak Modbus TCP", design.name());
            return false;
        }
        int asked = in.readUnsignedByte();
        byte[] request = new byte[length - 1];
        in.readFully(request);
        byte[] answer =
                asked == unit
                        ? responder.answer(request)
                        : new byte[] {(byte) (request[0] | 0x80), GATEWAY_TARGET_NO_RESPONSE};
        ByteBuffer frame = ByteBuffer.allocate(HEADER + 1 + answer.length);
        frame.putShort(header.getShort(0)).putShort((short) 0);
        frame.putShort((short) (1 + answer.length)).put((byte) asked).put(answer);
        client.getOutputStream().write(frame.array());
        return true;
    }

    private Thread daemon(Runnable task, String role) {
        Thread thread = new Thread(task, "simulator " + design.name() + " " + role);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public String endpoint() {
        String host = design.bind().contains(":") ? "[" + design.bind() + "]" : design.bind();
        String query = unit == DEFAULT_UNIT ? "" : "?unit=" + unit;
        return "modbus-tcp://" + host + ":" + port + query;
    }

    @Override
    public State state() {
        return new State(server != null, image.points(), image.changes(), clients.size());
    }

    @Override
    public synchronized void close() {
        ServerSocket listening = server;
        if (listening == null) {
            return;
        }
        server = null;
        ticker.shutdownNow();
        closeQuietly(listening);
        clients.forEach(this::closeQuietly);
        try {
            acceptor.join(CLOSE_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeQuietly(java.io.Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing simulator {}", design.name(), e);
        }
    }
}
