package io.fieldloom.app.cli;

import picocli.CommandLine.Option;

/** {@code --port}: where the embedded broker listens. */
final class PortOption {
    private static final int LAST = 65_535;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "Port of the broker; 1883, or the next free one, without it.")
    private Integer port;

    /** The port that was given, or null. */
    Integer given() throws CommandFailure {
        if (port != null && (port < 1 || port > LAST)) {
            throw CommandFailure.usage(
                    "--port " + port + ": a port is 1 to 65535", "Choose another");
        }
        return port;
    }
}
