package io.fieldloom.engine.device.modbus;

/**
 * Modbus RTU (Modbus over Serial Line V1.02, 2.5.1): unit, function, data and a checksum. An
 * answer's length is known from its function; whatever is no frame with the right checksum is noise
 * and skipped byte by byte, so that a frame after it is still found.
 */
final class RtuFraming implements Framing {
    private static final int CRC = 2;
    private static final int LARGEST = 256;
    private static final int UNKNOWN = -1;
    private static final int NOT_YET = 0;

    @Override
    public byte[] frame(int transaction, int unit, byte[] pdu) {
        byte[] frame = new byte[1 + pdu.length + CRC];
        frame[0] = (byte) unit;
        System.arraycopy(pdu, 0, frame, 1, pdu.length);
        int crc = 0xFFFF;
        for (int i = 0; i < frame.length - CRC; i++) {
            crc = crc(crc, frame[i] & 0xFF);
        }
        frame[frame.length - 2] = (byte) crc;
        frame[frame.length - 1] = (byte) (crc >> 8);
        return frame;
    }

    @Override
    public Answer take(Input input) {
        int keep = input.size();
        for (int at = 0; at < input.size(); at++) {
            int length = length(input, at);
            if (length == UNKNOWN || length > LARGEST) {
                continue;
            }
            if (length == NOT_YET || at + length > input.size()) {
                keep = Math.min(keep, at);
                continue;
            }
            if (isSound(input, at, length)) {
                Answer answer = new Answer(0, input.at(at), input.copy(at + 1, at + length - CRC));
                input.discard(at + length);
                return answer;
            }
        }
        input.discard(keep);
        return null;
    }

    /** How long the answer that would begin there is, checksum included. */
    private static int length(Input input, int at) {
        int have = input.size() - at;
        if (have < 3) {
            return NOT_YET;
        }
        int function = input.at(at + 1);
        if ((function & 0x80) != 0) {
            return 3 + CRC;
        }
        return switch (function) {
            case 1, 2, 3, 4, 23 -> 3 + input.at(at + 2) + CRC;
            case 5, 6, 15, 16 -> 6 + CRC;
            case 22 -> 8 + CRC;
            case Identification.FUNCTION -> identification(input, at, have);
            default -> UNKNOWN;
        };
    }

    /** The only answer that has to be read through to know where it ends. */
    private static int identification(Input input, int at, int have) {
        int length = 8;
        if (have < length) {
            return NOT_YET;
        }
        for (int object = input.at(at + 7); object > 0; object--) {
            if (have < length + 2) {
                return NOT_YET;
            }
            length += 2 + input.at(at + length + 1);
        }
        return length + CRC;
    }

    private static boolean isSound(Input input, int at, int length) {
        int crc = 0xFFFF;
        for (int i = at; i < at + length - CRC; i++) {
            crc = crc(crc, input.at(i));
        }
        return input.at(at + length - 2) == (crc & 0xFF) && input.at(at + length - 1) == crc >> 8;
    }

    private static int crc(int before, int next) {
        int crc = before ^ next;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc & 1) == 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
        }
        return crc;
    }

    @Override
    public String unfinished(Input input) {
        return "sent bytes, but no frame with a right checksum";
    }

    @Override
    public boolean tellsTransactions() {
        return false;
    }

    @Override
    public int overhead() {
        return 1 + CRC;
    }
}
