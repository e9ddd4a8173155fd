package io.fieldloom.engine.project;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.mapping.PayloadFormat;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.project.Defaults;
import io.fieldloom.domain.project.Misfit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.project.Rules;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.WatchEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * Turns a parsed file into a project and finds all its faults. With faults the project holds what
 * could be read.
 */
final class ProjectReader {
    /** The format this program reads and writes. */
    static final int FORMAT = 1;

    static final Map<String, PayloadFormat> PAYLOADS = payloads();

    private static final List<String> TOP =
            List.of(
                    "fieldloom",
                    "name",
                    "description",
                    "defaults",
                    "brokers",
                    "devices",
                    "simulators",
                    "namespace",
                    "mappings",
                    "watch");
    private static final List<String> DEFAULTS = List.of("broker", "payload", "qos", "retain");
    private static final List<String> BROKER =
            List.of("url", "user", "ca", "cert", "key", "clientId", "mqtt", "insecure", "status");
    private static final List<String> MAPPING =
            List.of(
                    "device",
                    "tag",
                    "transform",
                    "round",
                    "unit",
                    "payload",
                    "qos",
                    "retain",
                    "broker",
                    "enabled",
                    "description");

    private static final List<String> WATCH =
            List.of("device", "tag", "interval", "queue", "discard", "deadband", "trigger");

    private static final Map<String, Boolean> STATUS =
            new TreeMap<>(Map.of("online", true, "none", false));

    private final FaultList faults;

    ProjectReader(FaultList faults) {
        this.faults = faults;
    }

    Project read(YamlNode root) {
        if (!root.isMap()) {
            faults.add(
                    root,
                    "",
                    "a project file begins with fieldloom: " + FORMAT + " and holds keys");
            return Project.EMPTY;
        }
        if (isNewer(root)) {
            return Project.EMPTY;
        }
        Fields top = new Fields(root, "", faults, TOP);
        if (!top.has("fieldloom")) {
            faults.add(
                    root.line(),
                    1,
                    "fieldloom",
                    "'fieldloom' is missing; write fieldloom: " + FORMAT + " in the first line");
        } else {
            Integer format = top.whole("fieldloom");
            if (format != null && format != FORMAT) {
                top.fault(
                        top.value("fieldloom"),
                        "fieldloom",
                        "there is no format " + format + "; write fieldloom: " + FORMAT);
            }
        }
        YamlNode namespaceNode = top.value("namespace");
        Fields namespace =
                new Fields(
                        namespaceNode == null ? nothing(root) : namespaceNode,
                        "namespace",
                        faults,
                        List.of("levels", "topics"));
        return new Project(
                top.text("name"),
                top.text("description"),
                defaults(top),
                brokers(top),
                devices(top),
                simulators(top),
                levelNames(namespace),
                levels(namespace),
                mappings(top),
                watch(top));
    }

    /** A newer format has keys that nobody here knows: the one fault says it all. */
    private boolean isNewer(YamlNode root) {
        int at = root.find("fieldloom");
        if (at < 0 || !root.valueOf(at).isPlain()) {
            return false;
        }
        String text = root.valueOf(at).value();
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) <= FORMAT) {
            return false;
        }
        faults.add(
                root.valueOf(at),
                "fieldloom",
                "format "
                        + text
                        + " is newer than this Fieldloom, which reads format "
                        + FORMAT
                        + ". Update Fieldloom; the file stays as it is");
        return true;
    }

    private static YamlNode nothing(YamlNode at) {
        return new YamlNode(
                YamlNode.Kind.MAP,
                YamlNode.BLOCK,
                "",
                at.start(),
                at.start(),
                at.line(),
                at.column(),
                List.of());
    }

    private Defaults defaults(Fields top) {
        YamlNode node = top.value("defaults");
        if (node == null) {
            return Defaults.STANDARD;
        }
        Fields fields = new Fields(node, "defaults", faults, DEFAULTS);
        String broker = fields.text("broker");
        PayloadFormat payload = fields.word("payload", PAYLOADS);
        Integer qos = fields.whole("qos");
        Boolean retain = fields.flag("retain");
        Defaults standard = Defaults.STANDARD;
        Defaults defaults =
                new Defaults(
                        broker == null ? standard.broker() : broker,
                        payload == null ? standard.payload() : payload,
                        qos == null ? standard.qos() : qos,
                        retain == null ? standard.retain() : retain);
        report(Rules.of(defaults), fields.node(), fields);
        return defaults;
    }

    private PMap<String, Broker> brokers(Fields top) {
        OrderedPMap<String, Broker> brokers = OrderedPMap.empty();
        for (Fields.Entry entry : entries(top, "brokers")) {
            Fields fields = fields(entry, "brokers", BROKER);
            String url = fields.required("url", entry.key(), "mqtts://host:8883");
            Integer mqtt = fields.whole("mqtt");
            Boolean online = fields.word("status", STATUS);
            Broker broker =
                    new Broker(
                            entry.name(),
                            url,
                            fields.text("user"),
                            fields.text("ca"),
                            fields.text("cert"),
                            fields.text("key"),
                            fields.text("clientId"),
                            mqtt == null ? 5 : mqtt,
                            Boolean.TRUE.equals(fields.flag("insecure")),
                            !Boolean.FALSE.equals(online));
            report(Rules.of(broker), entry.key(), fields);
            brokers = brokers.plus(entry.name(), broker);
        }
        return brokers;
    }

    private PMap<String, Device> devices(Fields top) {
        DeviceReader reader = new DeviceReader(this, faults);
        OrderedPMap<String, Device> devices = OrderedPMap.empty();
        for (Fields.Entry entry : entries(top, "devices")) {
            devices = devices.plus(entry.name(), reader.read(entry));
        }
        return devices;
    }

    private PMap<String, Simulator> simulators(Fields top) {
        SimulatorReader reader = new SimulatorReader(this, faults);
        OrderedPMap<String, Simulator> simulators = OrderedPMap.empty();
        for (Fields.Entry entry : entries(top, "simulators")) {
            simulators = simulators.plus(entry.name(), reader.read(entry));
        }
        return simulators;
    }

    private List<String> levelNames(Fields namespace) {
        List<String> names = namespace.texts("levels");
        return names == null ? List.of() : names;
    }

    private TreePMap<String, Level> levels(Fields namespace) {
        TreeMap<String, Level> levels = new TreeMap<>();
        YamlNode topics = namespace.value("topics");
        if (topics != null) {
            for (Fields.Entry entry : Fields.entries(topics, "namespace.topics", faults)) {
                Fields fields = fields(entry, "namespace.topics", List.of("level"));
                Level level = new Level(entry.name(), fields.text("level"));
                report(Rules.of(level), entry.key(), fields);
                levels.put(level.topic(), level);
            }
        }
        return TreePMap.fromSortedMap(levels);
    }

    private TreePMap<String, Mapping> mappings(Fields top) {
        TreeMap<String, Mapping> mappings = new TreeMap<>();
        for (Fields.Entry entry : entries(top, "mappings")) {
            Fields fields = fields(entry, "mappings", MAPPING);
            Mapping mapping = mapping(entry, fields);
            report(mapping.source(), Rules.of(mapping), entry, fields);
            mappings.put(mapping.topic(), mapping);
        }
        return TreePMap.fromSortedMap(mappings);
    }

    private static Mapping mapping(Fields.Entry entry, Fields fields) {
        return new Mapping(
                entry.name(),
                source(entry, fields),
                fields.text("transform"),
                fields.whole("round"),
                fields.text("unit"),
                fields.word("payload", PAYLOADS),
                fields.whole("qos"),
                fields.flag("retain"),
                fields.text("broker"),
                !Boolean.FALSE.equals(fields.flag("enabled")),
                fields.text("description"));
    }

    private PMap<String, WatchEntry> watch(Fields top) {
        OrderedPMap<String, WatchEntry> watch = OrderedPMap.empty();
        for (Fields.Entry entry : entries(top, "watch")) {
            Fields fields = fields(entry, "watch", WATCH);
            WatchEntry watched =
                    new WatchEntry(
                            entry.name(),
                            source(entry, fields),
                            fields.duration("interval"),
                            DeviceReader.monitoring(fields));
            report(watched.source(), Rules.of(watched), entry, fields);
            watch = watch.plus(entry.name(), watched);
        }
        return watch;
    }

    private static TagRef source(Fields.Entry entry, Fields fields) {
        return new TagRef(
                fields.required("device", entry.key(), "NAME"),
                fields.required("tag", entry.key(), "NAME or nsu=URI;s=NAME"));
    }

    private void report(TagRef source, List<Misfit> misfits, Fields.Entry entry, Fields fields) {
        // What is missing was said already.
        if (!source.device().isEmpty() && !source.tag().isEmpty()) {
            report(misfits, entry.key(), fields);
        }
    }

    private List<Fields.Entry> entries(Fields top, String section) {
        YamlNode node = top.value(section);
        return node == null ? List.of() : Fields.entries(node, section, faults);
    }

    Fields fields(Fields.Entry entry, String section, List<String> known) {
        return new Fields(entry.value(), section + "." + entry.name(), faults, known);
    }

    /** Says where in the file each misfit of an entry is. */
    void report(List<Misfit> misfits, YamlNode owner, Fields fields) {
        for (Misfit misfit : misfits) {
            YamlNode at = owner;
            YamlNode map = fields.node();
            StringBuilder path = new StringBuilder(fields.path());
            for (String step : misfit.path()) {
                path.append('.').append(step);
                int place = map != null && map.isMap() ? map.find(step) : -1;
                if (place < 0) {
                    map = null;
                    continue;
                }
                map = map.valueOf(place);
                // The value if that is one word, else the key above it.
                at = map.isScalar() && !map.isMissing() ? map : keyOf(fields.node(), map, at);
            }
            faults.add(at, path.toString(), misfit.message());
        }
    }

    private static YamlNode keyOf(YamlNode map, YamlNode value, YamlNode otherwise) {
        for (int i = 0; i < map.size(); i++) {
            if (map.valueOf(i) == value) {
                return map.key(i);
            }
            if (map.valueOf(i).isMap()) {
                YamlNode found = keyOf(map.valueOf(i), value, null);
                if (found != null) {
                    return found;
                }
            }
        }
        return otherwise;
    }

    private static Map<String, PayloadFormat> payloads() {
        Map<String, PayloadFormat> words = new LinkedHashMap<>();
        for (PayloadFormat format : PayloadFormat.values()) {
            words.put(format.word(), format);
        }
        return words;
    }
}
