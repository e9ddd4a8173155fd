package io.fieldloom.app.cli;

import picocli.CommandLine.Option;

/** {@code --qos}. */
final class QosOption {
    @Option(
            names = "--qos",
            paramLabel = "N",
            defaultValue = "1",
            description = "Quality of service 0, 1 or 2; ${DEFAULT-VALUE} without it.")
    private int qos;

    int level() throws CommandFailure {
        if (qos < 0 || qos > 2) {
            throw CommandFailure.usage("--qos " + qos + ": QoS is 0, 1 or 2", "Give one of them");
        }
        return qos;
    }
}
