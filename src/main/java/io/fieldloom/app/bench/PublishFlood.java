package io.fieldloom.app.bench;

import io.fieldloom.domain.connection.BrokerUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One MQTT 3.1.1 client that does nothing but publish with QoS 0, from frames encoded beforehand:
 * the cheapest load there is, so that the broker and not the load generator is measured.
 */
final class PublishFlood implements AutoCloseable {
    private static final int ANSWER_MILLIS = 10_000;

    private final Socket socket;
    private final byte[] frames;
    private final int messagesInFrames;

    /**
     * @param topics what is published to, one after the other
     * @param payloads one for each topic
     */
    PublishFlood(BrokerUrl broker, String clientId, String[] topics, String[] payloads)
            throws IOException {
        frames = frames(topics, payloads);
        messagesInFrames = topics.length;
        socket = new Socket(broker.host(), broker.port());
        socket.setSoTimeout(ANSWER_MILLIS);
        socket.getOutputStream().write(connect(clientId));
        InputStream in = socket.getInputStream();
        byte[] answer = in.readNBytes(4);
        if (answer.length < 4 || answer[3] != 0) {
            throw new IOException("the broker refused " + clientId);
        }
    }

    /** Publishes all topics that many times, as fast as the broker reads. */
    long publish(int rounds) throws IOException {
        OutputStream out = socket.getOutputStream();
        for (int round = 0; round < rounds; round++) {
            out.write(frames);
        }
        out.flush();
        return (long) rounds * messagesInFrames;
    }

    @Override
    public void close() throws IOException {
        socket.getOutputStream().write(new byte[] {(byte) 0xe0, 0});
        socket.close();
    }

    private static byte[] connect(String clientId) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(4); // MQTT 3.1.1
        body.write(2); // clean session
        body.write(0); // no keep-alive
        body.write(0);
        text(body, clientId);
        return packet(0x10, body.toByteArray());
    }

    private static byte[] frames(String[] topics, String[] payloads) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < topics.length; at++) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            text(body, topics[at]);
            body.writeBytes(payloads[at].getBytes(StandardCharsets.UTF_8));
            all.writeBytes(packet(0x30, body.toByteArray()));
        }
        return all.toByteArray();
    }

    private static void text(ByteArrayOutputStream into, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        into.write(bytes.length >> 8);
        into.write(bytes.length);
        into.writeBytes(bytes);
    }

    private static byte[] packet(int type, byte[] body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(type);
        int left = body.length;
        do {
            int digit = left & 0x7f;
            left >>>= 7;
            packet.write(left > 0 ? digit | 0x80 : digit);
        } while (left > 0);
        packet.writeBytes(body);
        return packet.toByteArray();
    }
}
