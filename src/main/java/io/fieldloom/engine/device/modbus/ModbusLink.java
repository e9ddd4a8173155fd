package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP connection to one Modbus unit, and the place where a late answer is kept from becoming
 * another register's value:
 *
 * <ul>
 *   <li>each request has a transaction id that no other of the last 65,535 had, retries included;
 *   <li>an answer counts only when its transaction is open and unit, function and length fit;
 *   <li>after a time-out, or an answer that does not fit, the connection is closed and a new one
 *       opened, so that what is still on its way has nowhere to arrive.
 * </ul>
 *
 * <p>j2mod's own transactions do none of the three, so only its messages are used. Not thread-safe
 * but for {@link #close()}, which may come from any thread and ends what is going on.
 */
final class ModbusLink {
    private static final Logger LOG = LoggerFactory.getLogger(ModbusLink.class);

    /** A Modbus frame has 260 bytes at most: 7 of header, 253 of function code and data. */
    private static final int LARGEST_LENGTH = 254;

    private static final int HEADER = 6;
    private static final Duration LEAST_CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /**
     * After so many calls without an answer in a row, the rest is not even asked; and after the
     * first such call the next ones are not repeated.
     */
    private static final int SILENT_ENOUGH = 2;

    /** So many connections that broke one after the other without a single answer are a loss. */
    private static final int BROKEN_ENOUGH = 3;

    private final Endpoint endpoint;
    private final long timeoutNanos;
    private final byte[] input = new byte[4096];
    private int filled;
    private int lastTransaction = ThreadLocalRandom.current().nextInt(0x10000);
    private volatile Socket socket;
    private volatile boolean closed;
    private int brokenInRow;

    ModbusLink(Endpoint endpoint) {
        this.endpoint = endpoint;
        timeoutNanos = endpoint.timeout().toNanos();
    }

    /** Opens the connection, or a new one in its place. */
    void open() throws IOException {
        drop();
        String host = endpoint.host();
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        InetSocketAddress address = new InetSocketAddress(host, endpoint.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        Socket fresh = new Socket();
        try {
            socket = fresh;
            if (closed) {
                throw new IOException("closed");
            }
            fresh.setTcpNoDelay(true);
            fresh.setKeepAlive(true);
            Duration timeout = endpoint.timeout();
            if (timeout.compareTo(LEAST_CONNECT_TIMEOUT) < 0) {
                timeout = LEAST_CONNECT_TIMEOUT;
            }
            fresh.connect(address, (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
        } catch (IOException e) {
            drop();
            throw e;
        }
    }

    /** Ends the link for good. Idempotent, from any thread. */
    void close() {
        closed = true;
        closeSocket();
    }

    private void drop() {
        filled = 0;
        closeSocket();
    }

    private void closeSocket() {
        Socket old = socket;
        socket = null;
        if (old != null) {
            try {
                old.close();
            } catch (IOException e) {
                LOG.debug("closing the connection to {}", endpoint.authority(), e);
            }
        }
    }

    /**
     * Asks all calls, as many at once as the endpoint allows, and returns their outcomes in the
     * same order.
     *
     * @throws IOException when the connection is gone and cannot be opened again at once
     */
    List<Outcome> exchange(List<Call> calls) throws IOException {
        Round round = new Round(calls);
        while (!round.isDone()) {
            try {
                if (socket == null) {
                    open();
                    round.askAgain();
                }
                round.send();
                round.receive();
            } catch (Broken e) {
                drop();
                round.broken(e);
            }
        }
        return round.outcomes();
    }

    /**
     * Whether the other side has closed the connection while nothing was asked. Also drops a
     * connection on which bytes arrive that nobody asked for; the next exchange opens a new one.
     */
    boolean isLostWhileIdle() {
        Socket current = socket;
        if (current == null) {
            return true;
        }
        try {
            current.setSoTimeout(1);
            int stray = current.getInputStream().read();
            LOG.debug("{} while nothing was asked", stray < 0 ? "closed" : "an answer came");
        } catch (SocketTimeoutException nothing) {
            return false;
        } catch (IOException gone) {
            drop();
            return true;
        }
        drop();
        return true;
    }

    /** The connection broke, as opposed to: it could not be opened. */
    private static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;

        Broken(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** One call on its way. */
    private static final class Open {
        final int index;
        final Call call;
        int attempts;
        int breaks;
        long deadline;

        Open(int index, Call call) {
            this.index = index;
            this.call = call;
        }
    }

    /** The state of one exchange. */
    private final class Round {
        private final Outcome[] outcomes;
        private final Deque<Open> waiting = new ArrayDeque<>();
        private final Map<Integer, Open> asked = new LinkedHashMap<>();
        private int silentInRow;

        Round(List<Call> calls) {
            outcomes = new Outcome[calls.size()];
            for (int i = 0; i < outcomes.length; i++) {
                waiting.add(new Open(i, calls.get(i)));
            }
        }

        boolean isDone() {
            return waiting.isEmpty() && asked.isEmpty();
        }

        List<Outcome> outcomes() {
            return Collections.unmodifiableList(Arrays.asList(outcomes));
        }

        /** What was open on the old connection goes to the front of the line, oldest first. */
        void askAgain() {
            List<Open> again = new ArrayList<>(asked.values());
            asked.clear();
            Collections.reverse(again);
            again.forEach(waiting::addFirst);
        }

        void send() throws Broken {
            while (asked.size() < endpoint.inFlight() && !waiting.isEmpty()) {
                Open open = waiting.poll();
                int transaction = lastTransaction = lastTransaction + 1 & 0xFFFF;
                open.deadline = System.nanoTime() + timeoutNanos;
                asked.put(transaction, open);
                try {
                    Socket current = connected();
                    current.getOutputStream().write(open.call.frame(transaction, endpoint.unit()));
                } catch (IOException e) {
                    throw new Broken(e);
                }
            }
        }

        /** Waits until one answer has come or the oldest open call is out of time. */
        void receive() throws Broken {
            if (asked.isEmpty()) {
                return;
            }
            Map.Entry<Integer, Open> oldest = asked.entrySet().iterator().next();
            while (true) {
                if (takeFrame()) {
                    return;
                }
                long left = oldest.getValue().deadline - System.nanoTime();
                if (left <= 0 || !fill(left)) {
                    drop();
                    fail(oldest.getKey(), new Outcome.Silent());
                    return;
                }
            }
        }

        /** Takes one whole frame off the input; false when there is none yet. */
        private boolean takeFrame() {
            if (filled < HEADER) {
                return false;
            }
            int length = word(4);
            if (word(2) != 0 || length < 3 || length > LARGEST_LENGTH) {
                drop();
                fail(
                        asked.keySet().iterator().next(),
                        new Outcome.Garbled("sent something that is no Modbus frame"));
                return true;
            }
            if (filled < HEADER + length) {
                return false;
            }
            int transaction = word(0);
            int unit = input[HEADER] & 0xFF;
            byte[] answer = Arrays.copyOfRange(input, HEADER + 1, HEADER + length);
            filled -= HEADER + length;
            System.arraycopy(input, HEADER + length, input, 0, filled);
            Open open = asked.get(transaction);
            if (open == null) {
                LOG.debug("threw away an answer to no open question ({})", transaction);
                return filled >= HEADER && takeFrame();
            }
            Outcome outcome =
                    unit == endpoint.unit()
                            ? open.call.outcome(answer)
                            : new Outcome.Garbled(
                                    "answered as unit "
                                            + unit
                                            + " where unit "
                                            + endpoint.unit()
                                            + " was asked");
            if (outcome instanceof Outcome.Garbled) {
                drop();
                fail(transaction, outcome);
            } else {
                asked.remove(transaction);
                outcomes[open.index] = outcome;
                silentInRow = 0;
                brokenInRow = 0;
            }
            return true;
        }

        /** Another try where one is left, else the end of it. */
        private void fail(int transaction, Outcome outcome) {
            Open open = asked.get(transaction);
            open.attempts++;
            boolean again =
                    open.call.isRepeatable()
                            && open.attempts <= endpoint.retries()
                            && silentInRow == 0;
            if (again) {
                return; // still among the asked, which the next connection takes up
            }
            asked.remove(transaction);
            outcomes[open.index] = outcome;
            if (outcome instanceof Outcome.Silent && ++silentInRow >= SILENT_ENOUGH) {
                giveUp();
            }
        }

        private void giveUp() {
            askAgain();
            for (Open open : waiting) {
                outcomes[open.index] = new Outcome.Silent();
            }
            waiting.clear();
        }

        void broken(Broken reason) throws Broken {
            brokenInRow++;
            boolean writing = asked.values().stream().anyMatch(o -> !o.call.isRepeatable());
            if (closed || writing || brokenInRow >= BROKEN_ENOUGH) {
                throw reason;
            }
            if (!asked.isEmpty()) {
                Map.Entry<Integer, Open> oldest = asked.entrySet().iterator().next();
                if (++oldest.getValue().breaks > 1) {
                    asked.remove(oldest.getKey());
                    outcomes[oldest.getValue().index] = new Outcome.Closed();
                }
            }
        }
    }

    private Socket connected() throws IOException {
        Socket current = socket;
        if (current == null) {
            throw new IOException("closed");
        }
        return current;
    }

    /** Reads what there is; false when nothing came in that time. */
    private boolean fill(long nanos) throws Broken {
        try {
            Socket current = connected();
            current.setSoTimeout((int) Math.max(1, Math.min(nanos / 1_000_000, 3_600_000)));
            InputStream in = current.getInputStream();
            int count = in.read(input, filled, input.length - filled);
            if (count < 0) {
                throw new EOFException("the device closed the connection");
            }
            filled += count;
            return true;
        } catch (SocketTimeoutException nothing) {
            return false;
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    private int word(int at) {
        return (input[at] & 0xFF) << 8 | input[at + 1] & 0xFF;
    }
}
