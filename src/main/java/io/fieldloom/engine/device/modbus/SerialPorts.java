package io.fieldloom.engine.device.modbus;

import com.fazecast.jSerialComm.SerialPort;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The serial ports of this computer. */
public final class SerialPorts {
    private SerialPorts() {}

    /**
     * One port.
     *
     * @param path as an endpoint names it: {@code /dev/ttyUSB0}, {@code COM3}
     * @param about what the system says it is: {@code FT232R USB UART}
     */
    public record Port(String path, String about) {}

    /** Those that are there now; asks the operating system, so not on a thread that paints. */
    public static List<Port> present() {
        return Arrays.stream(SerialPort.getCommPorts())
                .map(port -> new Port(port.getSystemPortPath(), port.getPortDescription()))
                .sorted(Comparator.comparing(Port::path))
                .toList();
    }
}
