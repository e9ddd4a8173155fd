package io.fieldloom.engine.device.modbus;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.StringJoiner;

/** What a frame says, in words. Pure; reads what is too short as far as it goes. */
final class FrameText {
    /** A line for a person; the bytes are beside it. */
    private static final int MOST_VALUES = 16;

    private FrameText() {}

    /** {@code unit 1: read 10 holding registers from 100 (function 3)}. */
    static String request(int unit, byte[] pdu) {
        int function = pdu[0] & 0xFF;
        String what =
                switch (function) {
                    case 1, 2, 3, 4 ->
                            "read "
                                    + word(pdu, 3)
                                    + " "
                                    + table(function)
                                    + " from "
                                    + word(pdu, 1);
                    case 5 -> "set coil " + word(pdu, 1) + (word(pdu, 3) == 0 ? " off" : " on");
                    case 6 -> "write " + word(pdu, 3) + " to holding register " + word(pdu, 1);
                    case 15 -> "write " + word(pdu, 3) + " coils from " + word(pdu, 1);
                    case 16 ->
                            "write "
                                    + word(pdu, 3)
                                    + " holding registers from "
                                    + word(pdu, 1)
                                    + ": "
                                    + words(pdu, 6);
                    case 22 ->
                            String.format(
                                    Locale.ROOT,
                                    "mask holding register %d: and %04X, or %04X",
                                    word(pdu, 1),
                                    word(pdu, 3),
                                    word(pdu, 5));
                    case Identification.FUNCTION -> "read device identification";
                    default -> "something";
                };
        return "unit " + unit + ": " + what + " (function " + function + ")";
    }

    /**
     * {@code unit 1: 100 to 101 = 17 42}.
     *
     * @param question what was asked, or null where nobody asked
     */
    static String answer(int unit, byte[] pdu, byte[] question) {
        String who = "unit " + unit + ": ";
        int function = pdu[0] & 0xFF;
        if (question == null) {
            return who + "an answer to no open question (function " + function + "), thrown away";
        }
        if ((function & 0x80) != 0) {
            int code = pdu.length > 1 ? pdu[1] & 0xFF : 0;
            return who + "refused: " + spoken(code) + " (exception " + code + ")";
        }
        if (function != (question[0] & 0xFF)) {
            return who + "an answer to function " + function + ", which was not asked";
        }
        return switch (function) {
            case 1, 2 -> who + range(question) + " = " + bits(pdu, word(question, 3));
            case 3, 4 -> who + range(question) + " = " + words(pdu, 2);
            case 5, 6, 15, 16, 22 -> who + "done";
            default -> who + (pdu.length - 1) + " bytes";
        };
    }

    private static String table(int function) {
        return switch (function) {
            case 1 -> "coils";
            case 2 -> "discrete inputs";
            case 3 -> "holding registers";
            default -> "input registers";
        };
    }

    private static String range(byte[] question) {
        int from = word(question, 1);
        int count = word(question, 3);
        return count == 1 ? String.valueOf(from) : from + " to " + (from + count - 1);
    }

    private static String spoken(int code) {
        String name = ModbusStatus.exception(code).name();
        return name.substring("Bad".length(), name.indexOf(' '))
                .replaceAll("([a-z])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT);
    }

    private static String words(byte[] pdu, int from) {
        StringJoiner out = new StringJoiner(" ");
        for (int at = from; at + 1 < pdu.length; at += 2) {
            if ((at - from) / 2 == MOST_VALUES) {
                return out.add("…").toString();
            }
            out.add(String.valueOf(word(pdu, at)));
        }
        return out.toString();
    }

    private static String bits(byte[] pdu, int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count && 2 + i / 8 < pdu.length; i++) {
            if (i == 4 * MOST_VALUES) {
                return out.append(" …").toString();
            }
            out.append(i > 0 && i % 8 == 0 ? " " : "").append(pdu[2 + i / 8] >> i % 8 & 1);
        }
        return out.toString();
    }

    private static int word(byte[] bytes, int at) {
        return at + 1 < bytes.length ? ByteBuffer.wrap(bytes).getShort(at) & 0xFFFF : 0;
    }
}
