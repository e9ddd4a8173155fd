package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;

/**
 * Datagrams to and from one host. Each new opening is a new port of ours, where nothing that was
 * meant for the last one arrives.
 */
final class UdpWire extends SocketWire<DatagramSocket> {
    UdpWire(Endpoint endpoint) {
        super(endpoint);
    }

    @Override
    public void open() throws IOException {
        close();
        DatagramSocket fresh = new DatagramSocket();
        use(fresh);
        try {
            // only what comes from there is let in, and a refusal of that host is told
            fresh.connect(Hosts.resolved(endpoint));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        opened().send(new DatagramPacket(bytes, bytes.length));
    }

    @Override
    public int read(byte[] into, int at, long nanos) throws IOException {
        DatagramSocket current = opened();
        DatagramPacket packet = new DatagramPacket(into, at, into.length - at);
        try {
            current.setSoTimeout(Hosts.millis(nanos));
            current.receive(packet);
            return packet.getLength();
        } catch (SocketTimeoutException nothing) {
            return 0;
        }
    }
}
