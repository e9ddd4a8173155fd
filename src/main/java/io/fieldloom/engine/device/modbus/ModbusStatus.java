package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.value.Status;

/** The names of what a Modbus device may say (Modbus Application Protocol V1.1b3, section 7). */
final class ModbusStatus {
    static final int ILLEGAL_FUNCTION = 1;

    static final int ILLEGAL_DATA_ADDRESS = 2;
    static final int ILLEGAL_DATA_VALUE = 3;
    static final int DEVICE_FAILURE = 4;

    /** The device has begun, and needs longer than it may let the other side wait. */
    static final int ACKNOWLEDGE = 5;

    private static final int BUSY = 6;
    private static final int GATEWAY_PATH_UNAVAILABLE = 10;
    static final int GATEWAY_TARGET_NO_RESPONSE = 11;

    /** An answer that does not belong to the question: other unit, function or length. */
    static final Status UNEXPECTED_ANSWER = Status.named("BadUnexpectedAnswer");

    /** Bytes came, but no frame with a right checksum. */
    static final Status CHECKSUM = Status.named("BadChecksum");

    /** The device closes the connection whenever this is asked. */
    static final Status CONNECTION_CLOSED = Status.named("BadConnectionClosed");

    /** The address is no Modbus address. */
    static final Status ADDRESS_INVALID = Status.named("BadAddressInvalid");

    private ModbusStatus() {}

    /** The status for an exception code. */
    static Status exception(int code) {
        String name =
                switch (code) {
                    case ILLEGAL_FUNCTION -> "BadIllegalFunction";
                    case ILLEGAL_DATA_ADDRESS -> "BadIllegalDataAddress";
                    case ILLEGAL_DATA_VALUE -> "BadIllegalDataValue";
                    case DEVICE_FAILURE -> "BadDeviceFailure";
                    case ACKNOWLEDGE -> "BadAcknowledge";
                    case BUSY -> "BadDeviceBusy";
                    case 7 -> "BadNegativeAcknowledge";
                    case 8 -> "BadMemoryParityError";
                    case GATEWAY_PATH_UNAVAILABLE -> "BadGatewayPathUnavailable";
                    case GATEWAY_TARGET_NO_RESPONSE -> "BadGatewayTargetNoResponse";
                    default -> "BadModbusException";
                };
        return Status.named(name + " (" + code + ")");
    }

    /**
     * Whether the exception may be about one address of a block alone, so that its neighbours are
     * worth asking again. A function that is missing, a busy device and a gateway without its
     * target are about the whole device.
     */
    static boolean isAboutAddress(int code) {
        return switch (code) {
            case ILLEGAL_FUNCTION,
                    ACKNOWLEDGE,
                    BUSY,
                    GATEWAY_PATH_UNAVAILABLE,
                    GATEWAY_TARGET_NO_RESPONSE ->
                    false;
            default -> true;
        };
    }

    /** Whether it is still at something else, so that the same question may be answered soon. */
    static boolean isBusy(int code) {
        return code == ACKNOWLEDGE || code == BUSY;
    }

    /** Whether it is the gateway's word that the unit behind it does not answer. */
    static boolean isSilenceBehindGateway(int code) {
        return code == GATEWAY_PATH_UNAVAILABLE || code == GATEWAY_TARGET_NO_RESPONSE;
    }

    /** Whether it will stay so: an address or a size that the device does not have. */
    static boolean isLasting(int code) {
        return code == ILLEGAL_DATA_ADDRESS || code == ILLEGAL_DATA_VALUE;
    }
}
