package io.fieldloom.domain.value;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What the device said about one value.
 *
 * @param quality the severity alone, which is what is published
 * @param name the protocol's own word: an OPC UA symbolic name without underscore ({@code
 *     BadNodeIdUnknown}), a Modbus exception with its number ({@code BadIllegalDataAddress (2)})
 */
public record Status(Quality quality, String name) {
    public static final Status GOOD = new Status(Quality.GOOD, "Good");

    /** No link to the device: the value is the last one known, or none. */
    public static final Status BAD_NO_COMMUNICATION = new Status(Quality.BAD, "BadNoCommunication");

    /** The device did not answer in time. */
    public static final Status BAD_TIMEOUT = new Status(Quality.BAD, "BadTimeout");

    /** The value came, and the mapping's transform cannot be computed for it. */
    public static final Status BAD_TRANSFORM = new Status(Quality.BAD, "BadTransform");

    /** Asked for, not yet answered. */
    public static final Status BAD_WAITING_FOR_INITIAL_DATA =
            new Status(Quality.BAD, "BadWaitingForInitialData");

    private static final Set<String> SILENCE =
            Set.of("BadNoCommunication", "BadTimeout", "BadConnectionClosed", "BadChecksum");

    public Status {
        Objects.requireNonNull(quality, "quality");
        Objects.requireNonNull(name, "name");
    }

    /** A status by its name: {@code Bad...} and {@code Uncertain...} tell their own severity. */
    public static Status named(String name) {
        if (name.startsWith("Bad")) {
            return new Status(Quality.BAD, name);
        }
        return new Status(name.startsWith("Uncertain") ? Quality.UNCERTAIN : Quality.GOOD, name);
    }

    /** Whether it says that the device was not heard, and nothing about the value itself. */
    public boolean isSilence() {
        return SILENCE.contains(name);
    }

    /** Its name in small words: {@code BadOutOfService} is {@code out of service}. */
    public String words() {
        return name.replaceFirst("^(Bad|Uncertain|Good)(?=[A-Z])", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    public boolean isGood() {
        return quality == Quality.GOOD;
    }

    public boolean isBad() {
        return quality == Quality.BAD;
    }
}
