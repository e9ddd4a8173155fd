package io.fieldloom.engine.device.modbus;

/** The header of Modbus TCP (Modbus Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3). */
final class MbapFraming implements Framing {
    /** A frame has 260 bytes at most: 7 of header, 253 of function code and data. */
    private static final int LARGEST_LENGTH = 254;

    private static final int HEADER = 6;

    @Override
    public byte[] frame(int transaction, int unit, byte[] pdu) {
        byte[] frame = new byte[HEADER + 1 + pdu.length];
        int length = pdu.length + 1;
        frame[0] = (byte) (transaction >> 8);
        frame[1] = (byte) transaction;
        frame[4] = (byte) (length >> 8);
        frame[5] = (byte) length;
        frame[6] = (byte) unit;
        System.arraycopy(pdu, 0, frame, HEADER + 1, pdu.length);
        return frame;
    }

    @Override
    public Answer take(Input input) throws NoFrameException {
        if (input.size() < HEADER) {
            return null;
        }
        int length = input.word(4);
        if (input.word(2) != 0 || length < 3 || length > LARGEST_LENGTH) {
            throw new NoFrameException(input);
        }
        if (input.size() < HEADER + length) {
            return null;
        }
        Answer answer =
                new Answer(
                        input.word(0), input.at(HEADER), input.copy(HEADER + 1, HEADER + length));
        input.discard(HEADER + length);
        return answer;
    }

    @Override
    public String unfinished(Input input) {
        return input.size() < HEADER
                ? "sent " + input.size() + " bytes, where a header alone has " + HEADER
                : "announced "
                        + input.word(4)
                        + " bytes after the header and sent "
                        + (input.size() - HEADER);
    }

    @Override
    public boolean tellsTransactions() {
        return true;
    }

    @Override
    public int overhead() {
        return HEADER + 1;
    }
}
