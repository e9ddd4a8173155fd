package io.fieldloom.app.cli;

import io.fieldloom.engine.device.DeviceException;

/** What a device's failure means to whoever started the command. */
final class DeviceFailures {
    private DeviceFailures() {}

    static CommandFailure of(DeviceException failure) {
        int code =
                switch (failure.kind()) {
                    case BAD_ADDRESS, READ_ONLY, UNANSWERED -> CommandFailure.NO;
                    case UNREACHABLE,
                            REFUSED,
                            NOT_AUTHORISED,
                            UNTRUSTED,
                            SECURITY,
                            TIMEOUT,
                            LOST,
                            CLOSED ->
                            CommandFailure.NO_CONNECTION;
                };
        return new CommandFailure(code, failure.getMessage(), advice(failure), failure);
    }

    /** What to try is another thing here than in the window. */
    private static String advice(DeviceException failure) {
        return failure.certificate()
                .map(
                        shown ->
                                shown.before() == null
                                        ? "Compare it with the server's own certificate, then add"
                                                + " --trust-server"
                                        : "Find out why it changed, and compare it with the"
                                                + " server's own; --trust-server then takes it in"
                                                + " place of the old one")
                .orElse(failure.advice());
    }
}
