package io.fieldloom.ui.publish;

import io.fieldloom.ui.kit.Tone;
import java.time.Instant;

/**
 * One message that was sent by hand.
 *
 * @param number counts up from 1
 * @param time when
 * @param broker where to
 * @param topic its topic
 * @param payload what was typed
 * @param qos 0, 1 or 2
 * @param retain whether the broker was asked to keep it
 * @param result what the broker said, in words
 * @param tone how good that is
 */
record Sent(
        int number,
        Instant time,
        String broker,
        String topic,
        String payload,
        int qos,
        boolean retain,
        String result,
        Tone tone) {

    Sent with(String words, Tone how) {
        return new Sent(number, time, broker, topic, payload, qos, retain, words, how);
    }
}
