package io.fieldloom.ui.log;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who wrote a line of the log, as an engineer would call it. */
final class LogSource {
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        // the longer beginnings first
        WORDS.put("io.fieldloom.engine.device.opcua", "OPC UA");
        WORDS.put("io.fieldloom.engine.device.modbus", "Modbus");
        WORDS.put("io.fieldloom.engine.device", "Devices");
        WORDS.put("io.fieldloom.engine.simulate", "Simulators");
        WORDS.put("io.fieldloom.engine.mapping", "Mappings");
        WORDS.put("io.fieldloom.engine.payload", "Mappings");
        WORDS.put("io.fieldloom.engine.outlet", "Publishing");
        WORDS.put("io.fieldloom.engine.mqtt", "MQTT");
        WORDS.put("io.fieldloom.engine.broker", "Embedded broker");
        WORDS.put("io.fieldloom.engine.traffic", "Traffic");
        WORDS.put("io.fieldloom.engine.project", "Project");
        WORDS.put("io.fieldloom.engine.security", "Security");
        WORDS.put("io.fieldloom.engine.plant", "Plant");
        WORDS.put("io.fieldloom.ui", "Window");
        WORDS.put("io.fieldloom", "Fieldloom");
        WORDS.put("com.hivemq", "Embedded broker");
        WORDS.put("migrations", "Embedded broker");
        WORDS.put("org.eclipse.milo", "OPC UA");
        WORDS.put("com.ghgande.j2mod", "Modbus");
        WORDS.put("org.eclipse.paho", "MQTT");
    }

    private LogSource() {}

    /** The words for a logger's name; a part we have no word for keeps its last two names. */
    static String of(String logger) {
        for (Map.Entry<String, String> entry : WORDS.entrySet()) {
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
