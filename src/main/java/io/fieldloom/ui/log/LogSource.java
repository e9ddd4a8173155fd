package io.fieldloom.ui.log;

import java.util.List;
import java.util.Map;

/** Who wrote a line of the log, as an engineer would call it. */
final class LogSource {
    // the longer beginnings first
    private static final List<Map.Entry<String, String>> WORDS =
            List.of(
                    Map.entry("io.fieldloom.engine.device.opcua", "OPC UA"),
                    Map.entry("io.fieldloom.engine.device.modbus", "Modbus"),
                    Map.entry("io.fieldloom.engine.device", "Devices"),
                    Map.entry("io.fieldloom.engine.simulate", "Simulators"),
                    Map.entry("io.fieldloom.engine.mapping", "Mappings"),
                    Map.entry("io.fieldloom.engine.payload", "Mappings"),
                    Map.entry("io.fieldloom.engine.outlet", "Publishing"),
                    Map.entry("io.fieldloom.engine.mqtt", "MQTT"),
                    Map.entry("io.fieldloom.engine.broker", "Embedded broker"),
                    Map.entry("io.fieldloom.engine.traffic", "Traffic"),
                    Map.entry("io.fieldloom.engine.project", "Project"),
                    Map.entry("io.fieldloom.engine.security", "Security"),
                    Map.entry("io.fieldloom.engine.plant", "Plant"),
                    Map.entry("io.fieldloom.ui", "Window"),
                    Map.entry("io.fieldloom", "Fieldloom"),
                    Map.entry("com.hivemq", "Embedded broker"),
                    Map.entry("migrations", "Embedded broker"),
                    Map.entry("org.eclipse.milo", "OPC UA"),
                    Map.entry("com.ghgande.j2mod", "Modbus"),
                    Map.entry("org.eclipse.paho", "MQTT"));

    private LogSource() {}

    /** The words for a logger's name; a part we have no word for keeps its last two names. */
    static String of(String logger) {
        for (Map.Entry<String, String> entry : WORDS) {
            String begin = entry.getKey();
            if (logger.equals(begin) || logger.startsWith(begin + ".")) {
                return entry.getValue();
            }
        }
        int last = logger.lastIndexOf('.');
        int before = last <= 0 ? -1 : logger.lastIndexOf('.', last - 1);
        return logger.substring(before + 1);
    }
}
