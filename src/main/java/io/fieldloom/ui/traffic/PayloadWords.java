package io.fieldloom.ui.traffic;

import io.fieldloom.engine.payload.PayloadDecoder;
import java.util.Base64;

/** Payloads as text for other programs. Pure. */
final class PayloadWords {
    private PayloadWords() {}

    /** The text of a payload as it came; bytes in base64. */
    static String copied(byte[] payload) {
        return PayloadDecoder.text(payload)
                .orElseGet(() -> Base64.getEncoder().encodeToString(payload));
    }

    static String copied(HistoryList.Entry entry) {
        return copied(entry.message().payload());
    }
}
