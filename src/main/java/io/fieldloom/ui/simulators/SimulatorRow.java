package io.fieldloom.ui.simulators;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Device;
import java.util.stream.Collectors;

/**
 * One simulator as it is shown.
 *
 * @param design its entry in the project
 * @param phase what it does
 * @param endpoint where it listens, or what keeps it from that; empty while it is stopped
 * @param points nodes or registers
 * @param changesPerSecond value changes a second
 * @param clients connected clients
 * @param devices the devices that it stands in for now, and in brackets those that name it but use
 *     the real device
 */
record SimulatorRow(
        Simulator design,
        Phase phase,
        String endpoint,
        int points,
        double changesPerSecond,
        int clients,
        String devices) {

    /** What a simulator does. */
    enum Phase {
        STOPPED("Start"),
        STARTING("Starting…"),
        RUNNING("Stop"),
        STOPPING("Stopping…"),
        FAILED("Start");

        private final String action;

        Phase(String action) {
            this.action = action;
        }

        /** What its button says. */
        String action() {
            return action;
        }
    }

    String name() {
        return design.name();
    }

    boolean canStart() {
        return phase == Phase.STOPPED || phase == Phase.FAILED;
    }

    String protocol() {
        return design.isOpcUa() ? "OPC UA" : "Modbus TCP";
    }

    /** What the brackets mean, or null where there are none. */
    String devicesHint() {
        return devices.contains("(")
                ? devices + "\nIn brackets: names this simulator, but uses the real device now"
                : null;
    }

    /** The devices of a project that a simulator stands in for. */
    static String devicesOf(Project project, String simulator) {
        return project.devices().values().stream()
                .filter(device -> simulator.equals(device.simulator()))
                .map(
                        device ->
                                device.use() == Device.Use.SIMULATED
                                        ? device.name()
                                        : "(" + device.name() + ")")
                .collect(Collectors.joining(", "));
    }
}
