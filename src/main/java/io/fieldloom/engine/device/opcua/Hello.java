package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.Diagnosis.Layer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first words of OPC UA over TCP, said by hand: who answers something else than Acknowledge is
 * not an OPC UA server, and a server's Error message says more than a broken connection (Part 6,
 * 7.1.2).
 */
final class Hello {
    private static final Logger LOG = LoggerFactory.getLogger(Hello.class);
    static final String SILENT = "The port is open, but nothing answers the OPC UA hello.";

    private static final int BUFFER = 65_535;
    private static final int HEADER = 8;
    private static final int LONGEST_REASON = 4_096;
    private static final int AGAIN_WITHIN_MILLIS = 1_000;

    private Hello() {}

    /** Says hello on a fresh connection, whose read time-out bounds the wait. */
    static Layer on(Socket socket, String url) {
        byte[] head = new byte[HEADER];
        int got = 0;
        try {
            socket.getOutputStream().write(message(url));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (got < HEADER) {
                int next = in.read(head, got, HEADER - got);
                if (next < 0) {
                    return got == 0 ? closed() : stranger(head, got);
                }
                got += next;
            }
            return answer(in, head);
        } catch (SocketTimeoutException e) {
            return got == 0
                    ? Layer.bad(
                            "hello",
                            SILENT,
                            "Another protocol may listen there, or the server hangs: check the"
                                    + " port, restart the server.")
                    : stranger(head, got);
        } catch (IOException e) {
            return closed();
        }
    }

    /** Says hello once more to who took a connection and then answered strangely, or not at all. */
    static Optional<Layer> again(Endpoint endpoint) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(endpoint.host(), endpoint.port()), AGAIN_WITHIN_MILLIS);
            socket.setSoTimeout(AGAIN_WITHIN_MILLIS);
            return Optional.of(on(socket, ServerEndpoints.url(endpoint)));
        } catch (IOException e) {
            LOG.debug("{} does not take another connection", endpoint.text(), e);
            return Optional.empty();
        }
    }

    private static byte[] message(String url) {
        byte[] text = url.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out =
                ByteBuffer.allocate(HEADER + 24 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("HELF".getBytes(StandardCharsets.US_ASCII)).putInt(out.capacity());
        out.putInt(0).putInt(BUFFER).putInt(BUFFER).putInt(0).putInt(0);
        return out.putInt(text.length).put(text).array();
    }

    private static Layer answer(DataInputStream in, byte[] head) throws IOException {
        String type = new String(head, 0, 3, StandardCharsets.US_ASCII);
        if (type.equals("ACK")) {
            return Layer.good("hello", "It speaks OPC UA.");
        }
        return type.equals("ERR") ? error(in) : stranger(head, HEADER);
    }

    private static Layer error(DataInputStream in) throws IOException {
        ByteBuffer fixed = ByteBuffer.wrap(in.readNBytes(8)).order(ByteOrder.LITTLE_ENDIAN);
        if (fixed.remaining() < 8) {
            return closed();
        }
        StatusCode code = new StatusCode(fixed.getInt());
        int length = fixed.getInt();
        String reason =
                length <= 0 || length > LONGEST_REASON
                        ? ""
                        : ": " + new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return Layer.bad(
                "hello",
                "An OPC UA server answers, but turns the connection away ("
                        + Statuses.name(code)
                        + reason
                        + ").",
                "Check the path of the endpoint; a server that is busy or starting takes it later.");
    }

    private static Layer closed() {
        return Layer.bad(
                "hello",
                "The port is open, but the connection is closed at the OPC UA hello.",
                "Another protocol listens there, or a firewall or an allow-list on the device turns"
                        + " this computer away.");
    }

    private static Layer stranger(byte[] head, int length) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < length; i++) {
            shown.append(head[i] >= 32 && head[i] < 127 ? (char) head[i] : '.');
        }
        return Layer.bad(
                "hello",
                "Something else than OPC UA answers there: \""
                        + shown
                        + "\"…"
                        + (shown.toString().startsWith("HTTP") ? " (a web server)." : "."),
                "Check the port: OPC UA's usual one is 4840.");
    }
}
