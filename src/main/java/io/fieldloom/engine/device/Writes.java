package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import java.util.concurrent.CompletionStage;

/** Capability: values can be written. The caller confirms, reads back and keeps the audit. */
public interface Writes {
    /**
     * Makes a value of the node's own type from text ({@code true}, {@code 42.5}, a state's
     * number). Fails with BAD_ADDRESS where the node is unknown or the text is out of the type's
     * range, with READ_ONLY where the node may not be written.
     */
    CompletionStage<Value> parse(String address, String text);

    /**
     * Writes one value; completes with the device's own status. Fails where nothing was sent; an
     * answer that never comes is a result.
     */
    CompletionStage<WriteResult> write(String address, Value value);

    /**
     * @param status the device's answer
     * @param how what was sent where that is not obvious (function 22, read-modify-write), or null
     * @param answered false where nobody knows whether the device has written
     */
    record WriteResult(Status status, String how, boolean answered) {
        /** The device's answer; {@code BadTimeout} is one of a server that got none itself. */
        public static WriteResult answered(Status status, String how) {
            return new WriteResult(status, how, !status.equals(Status.BAD_TIMEOUT));
        }

        public static WriteResult unanswered(Status status, String how) {
            return new WriteResult(status, how, false);
        }
    }
}
