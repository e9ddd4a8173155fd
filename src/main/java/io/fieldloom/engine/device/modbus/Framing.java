package io.fieldloom.engine.device.modbus;

import java.util.HexFormat;

/** How requests and answers are wrapped on a wire. Stateless. */
interface Framing {
    /** The bytes of a request. */
    byte[] frame(int transaction, int unit, byte[] pdu);

    /**
     * Takes the first whole answer off the input.
     *
     * @return null where there is none yet
     * @throws NoFrameException when what has come can never become one
     */
    Answer take(Input input) throws NoFrameException;

    /** What lies there, or was skipped, where bytes have come that make no answer. */
    String unfinished(Input input);

    /** Whether an answer says which question it belongs to. */
    boolean tellsTransactions();

    /** How many bytes it adds to a request or an answer of unit, function and data. */
    int overhead();

    /**
     * One answer.
     *
     * @param transaction the question's; 0 where the framing has none
     * @param pdu function code and what follows it
     */
    record Answer(int transaction, int unit, byte[] pdu) {}

    /** What came is no Modbus frame. */
    final class NoFrameException extends Exception {
        private static final long serialVersionUID = 1L;
        private static final int MOST_SHOWN = 8;

        NoFrameException(Input input) {
            super("sent something that is no Modbus frame (" + begin(input) + ")");
        }

        private static String begin(Input input) {
            byte[] first = input.copy(0, Math.min(MOST_SHOWN, input.size()));
            return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(first);
        }
    }
}
