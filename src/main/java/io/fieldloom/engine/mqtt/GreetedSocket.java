package io.fieldloom.engine.mqtt;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A socket that tells at the first byte whether a broker answers. The client library would take the
 * greeting of a web server for the beginning of a long packet, and wait for the rest of it.
 */
final class GreetedSocket extends Socket {
    private InputStream in;

    /** What answers is no MQTT broker. */
    static final class NotMqttException extends IOException {
        private static final long serialVersionUID = 1L;

        NotMqttException(int first) {
            super(String.format("the first byte is 0x%02X", first));
        }
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (in == null) {
            in = new Checked(super.getInputStream());
        }
        return in;
    }

    private static final class Checked extends FilterInputStream {
        private static final int CONNACK = 2;
        private static final int DISCONNECT = 14;
        private static final int AUTH = 15;

        private boolean isChecked;

        Checked(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            if (!isChecked && next >= 0) {
                check(next);
            }
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            if (!isChecked && count > 0) {
                check(into[offset] & 0xFF);
            }
            return count;
        }

        private void check(int first) throws NotMqttException {
            int type = first >> 4;
            boolean isFlagged = (first & 0x0F) != 0;
            if (isFlagged || type != CONNACK && type != DISCONNECT && type != AUTH) {
                throw new NotMqttException(first);
            }
            isChecked = true;
        }
    }
}
