package io.fieldloom.engine.project;

import io.fieldloom.domain.project.Rules;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.value.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;

/** Reads one simulator with its nodes or registers. */
final class SimulatorReader {
    /** What a signal says while it is bad and the file names no status. */
    static final String USUAL_BAD_STATUS = "BadSensorFailure";

    private static final List<String> OPC_UA_ONLY = List.of("namespace", "nodes");
    private static final List<String> MODBUS_ONLY = List.of("unit", "registers");
    private static final List<String> SIMULATOR =
            List.of("protocol", "bind", "port", "seed", "namespace", "nodes", "unit", "registers");
    private static final List<String> SIGNAL =
            List.of(
                    "type",
                    "signal",
                    "value",
                    "min",
                    "max",
                    "period",
                    "step",
                    "states",
                    "each",
                    "unit",
                    "writable",
                    "bad");
    private static final Map<String, String> PROTOCOLS = protocols();
    private static final Map<String, Signal.Shape> SHAPES = shapes();

    private final ProjectReader reader;
    private final FaultList faults;

    SimulatorReader(ProjectReader reader, FaultList faults) {
        this.reader = reader;
        this.faults = faults;
    }

    Simulator read(Fields.Entry entry) {
        boolean modbus = isModbus(entry.value());
        Fields fields = reader.fields(entry, "simulators", SIMULATOR);
        for (String other : modbus ? OPC_UA_ONLY : MODBUS_ONLY) {
            if (fields.has(other)) {
                fields.fault(
                        fields.value(other),
                        other,
                        modbus
                                ? "'" + other + "' is for opcua; a modbus simulator has registers"
                                : "'" + other + "' is for modbus; an opcua simulator has nodes");
            }
        }
        fields.required("protocol", entry.key(), "opcua or modbus");
        YamlNode written = fields.value("protocol");
        String protocol =
                written == null || written.isMissing() ? null : fields.word("protocol", PROTOCOLS);
        String section = modbus ? "registers" : "nodes";
        Simulator simulator =
                new Simulator(
                        entry.name(),
                        protocol == null ? Simulator.OPC_UA : protocol,
                        fields.text("bind"),
                        fields.whole("port"),
                        fields.wholeLong("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                        modbus ? null : fields.text("namespace"),
                        modbus ? fields.whole("unit") : null,
                        points(fields.value(section), fields.child(section)));
        reader.report(Rules.of(simulator), entry.key(), fields);
        return simulator;
    }

    private static boolean isModbus(YamlNode map) {
        int at = map.isMap() ? map.find("protocol") : -1;
        return at >= 0 && map.valueOf(at).value().equals(Simulator.MODBUS);
    }

    private PMap<String, Signal> points(YamlNode node, String path) {
        OrderedPMap<String, Signal> points = OrderedPMap.empty();
        if (node != null) {
            for (Fields.Entry point : Fields.entries(node, path, faults)) {
                points = points.plus(point.name(), signal(point, path));
            }
        }
        return points;
    }

    private Signal signal(Fields.Entry entry, String path) {
        Fields fields = reader.fields(entry, path, SIGNAL);
        Signal.Shape shape = fields.word("signal", SHAPES);
        return new Signal(
                fields.text("type"),
                shape == null ? Signal.Shape.CONSTANT : shape,
                fields.text("value"),
                fields.number("min"),
                fields.number("max"),
                fields.duration("period"),
                fields.number("step"),
                fields.texts("states"),
                fields.duration("each"),
                fields.text("unit"),
                Boolean.TRUE.equals(fields.flag("writable")),
                bad(fields));
    }

    private Signal.Bad bad(Fields signal) {
        YamlNode node = signal.value("bad");
        if (node == null || node.isNull()) {
            return null;
        }
        Fields fields =
                new Fields(node, signal.child("bad"), faults, List.of("every", "for", "status"));
        fields.required("every", node, "60s");
        fields.required("for", node, "2s");
        Duration every = present(fields, "every");
        Duration lasts = present(fields, "for");
        String status = fields.text("status");
        return every == null || lasts == null
                ? null
                : new Signal.Bad(
                        every, lasts, Status.named(status == null ? USUAL_BAD_STATUS : status));
    }

    private static Duration present(Fields fields, String key) {
        YamlNode value = fields.value(key);
        return value == null || !value.isScalar() || value.isMissing()
                ? null
                : fields.duration(key);
    }

    private static Map<String, String> protocols() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put(Simulator.OPC_UA, Simulator.OPC_UA);
        words.put(Simulator.MODBUS, Simulator.MODBUS);
        return words;
    }

    private static Map<String, Signal.Shape> shapes() {
        Map<String, Signal.Shape> words = new LinkedHashMap<>();
        for (Signal.Shape shape : Signal.Shape.values()) {
            words.put(shape.word(), shape);
        }
        return words;
    }
}
