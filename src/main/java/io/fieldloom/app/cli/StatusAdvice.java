package io.fieldloom.app.cli;

/** What to try when a value comes with a status that is not good. */
final class StatusAdvice {
    private StatusAdvice() {}

    static String of(String status) {
        String name = status.replaceFirst(" .*", "");
        return switch (name) {
            case "BadTimeout" ->
                    "Check the unit id and that the device is on; a slow one wants a longer"
                            + " ?timeout=";
            case "BadGatewayPathUnavailable", "BadGatewayTargetNoResponse" ->
                    "Check the unit id, and the line behind the gateway";
            case "BadUnexpectedAnswer" ->
                    "Check that this port speaks Modbus at all, and in this framing";
            case "BadChecksum" ->
                    "Check baud, parity, stop bits, wiring and termination of the serial line";
            case "BadDeviceBusy", "BadAcknowledge" ->
                    "The device is busy with something else; ask it again, and less often";
            case "BadOutOfRange" -> "What is there does not fit its type; check the type";
            case "BadConnectionClosed" ->
                    "The device hangs up when asked this; see how many clients it allows";
            case "BadIllegalFunction" -> "The device does not have this table; try another";
            case "BadIllegalDataAddress", "BadIllegalDataValue" ->
                    "Check address and type in the manual, or find what answers with 'fieldloom"
                            + " scan'";
            case "BadNodeIdUnknown", "BadNodeIdInvalid" ->
                    "Check the address with 'fieldloom browse'";
            case "BadAttributeIdInvalid" ->
                    "It is no variable; 'fieldloom browse' with --from lists what is below it";
            case "BadDecodingError" ->
                    "The server does not describe its type; what came is shown as it is";
            case "BadNotReadable" -> "The device does not let this be read, by anybody";
            case "BadUserAccessDenied" ->
                    "Log in as a user who may read it: --user NAME --password-file FILE";
            case "BadSecurityModeInsufficient" ->
                    "It is given over an encrypted connection only: --security"
                            + " Basic256Sha256/SignAndEncrypt";
            default -> "The device says so; see the device and its sensor";
        };
    }
}
