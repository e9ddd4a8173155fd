package io.fieldloom.engine.project;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.DeviceLogin;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.mapping.PayloadFormat;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Defaults;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Deadband;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.WatchEntry;
import io.fieldloom.domain.value.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.pcollections.OrderedPMap;

/** Makes up edits that somebody could make next; some of them are refused. */
final class EditScripts {
    private static final String[] TEXTS = {
        "value - 273.15",
        "no",
        "on",
        "1e3",
        "12:30",
        "007",
        "~",
        "null",
        "y",
        "=",
        "<<",
        "true",
        "",
        " padded ",
        "a: b",
        "a #b",
        "it's",
        "\"quoted\"",
        "two\nlines\n",
        "tab\there",
        "°C",
        "%",
        "[x]",
        "{x}",
        "x, y",
        "- dash",
        "-",
        "? q",
        "|",
        "> x",
        "\u0007bell",
        "\uD83D\uDE00 smile",
        "back\\slash",
        "ends:",
        "2026-01-01",
        "0x1F",
        ".5",
        "\u2028",
        "\u00a0",
        "@at",
        "`tick",
        "!tag",
        "&anchor",
        "*alias",
        "#hash",
        "---",
        "...",
        "key: [a, b]",
        "plain",
        "1_000",
        "+1",
        "Infinity"
    };
    private static final String[] NAMES = {
        "filler", "boiler", "no", "on", "007", "1e3", "12", "x.y", "a_b", "y", "null", "Ä1", "-",
        ".", "true", "0x1F", "zz"
    };
    private static final String[] LEVELS = {
        "acme",
        "prague",
        "line-1",
        "boiler",
        "a b",
        "no",
        "007",
        "it's",
        "x: y",
        "#1",
        "ünï",
        "\uD83D\uDE00",
        "[1]",
        "k,v",
        "\"q\"",
        "12:30",
        "{b}",
        "- d",
        "?",
        "%",
        "~"
    };

    private final Random random;

    EditScripts(long seed) {
        this.random = new Random(seed);
    }

    Edit next(Project project) {
        return switch (random.nextInt(22)) {
            case 0, 1, 2 -> new Edit.PutMapping(mapping(newTopic(project)));
            case 3, 4, 5 -> new Edit.PutMapping(changed(project));
            case 6 -> new Edit.RemoveMapping(mappingTopic(project));
            case 7 -> new Edit.MoveBranch(branch(project), newTopic(project));
            case 8 ->
                    random.nextInt(4) == 0
                            ? new Edit.RemoveBranch(branch(project))
                            : new Edit.MoveBranch(
                                    branch(project), branch(project) + "/" + pick(LEVELS));
            case 9 ->
                    new Edit.PutLevel(
                            new Level(newTopic(project), random.nextBoolean() ? null : "cell"));
            case 10 ->
                    random.nextBoolean()
                            ? new Edit.RemoveLevel(key(project.levels().keySet(), "none"))
                            : new Edit.SetLevelNames(some(LEVELS));
            case 11, 12 -> new Edit.PutDevice(device(project));
            case 13 ->
                    random.nextBoolean()
                            ? new Edit.RenameDevice(
                                    key(project.devices().keySet(), "none"), pick(NAMES))
                            : new Edit.RemoveDevice(key(project.devices().keySet(), "none"));
            case 14 -> renameTag(project);
            case 15 -> new Edit.PutBroker(broker());
            case 16 ->
                    random.nextBoolean()
                            ? new Edit.RenameBroker(
                                    key(project.brokers().keySet(), "none"), pick(NAMES))
                            : new Edit.RemoveBroker(key(project.brokers().keySet(), "none"));
            case 17 -> new Edit.PutSimulator(simulator(project));
            case 18 ->
                    random.nextBoolean()
                            ? new Edit.RenameSimulator(
                                    key(project.simulators().keySet(), "none"), pick(NAMES))
                            : new Edit.RemoveSimulator(key(project.simulators().keySet(), "none"));
            case 19, 20 ->
                    random.nextInt(3) > 0
                            ? new Edit.PutWatch(watched(project))
                            : new Edit.RemoveWatch(key(project.watch().keySet(), "none"));
            default ->
                    switch (random.nextInt(3)) {
                        case 0 -> new Edit.SetName(pick(TEXTS));
                        case 1 ->
                                new Edit.SetDefaults(
                                        new Defaults(
                                                pick(NAMES),
                                                pick(PayloadFormat.values()),
                                                random.nextInt(3),
                                                random.nextBoolean()));
                        default ->
                                new Edit.Batch(
                                        "several",
                                        List.of(
                                                new Edit.PutMapping(mapping(newTopic(project))),
                                                new Edit.MoveBranch(
                                                        branch(project), newTopic(project)),
                                                new Edit.PutMapping(changed(project))));
                    };
        };
    }

    private WatchEntry watched(Project project) {
        return new WatchEntry(
                random.nextBoolean() ? pick(NAMES) : key(project.watch().keySet(), "first"),
                new TagRef(
                        key(project.devices().keySet(), pick(NAMES)),
                        random.nextBoolean() ? pick(NAMES) : "nsu=urn:a:b;s=x, y"),
                duration(),
                monitoring());
    }

    private Edit renameTag(Project project) {
        String device = key(project.devices().keySet(), "none");
        Device found = project.devices().get(device);
        String tag = found == null ? "none" : key(found.tags().keySet(), "none");
        return new Edit.RenameTag(device, tag, pick(NAMES));
    }

    private <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }

    private String key(Collection<String> keys, String otherwise) {
        return keys.isEmpty() ? otherwise : List.copyOf(keys).get(random.nextInt(keys.size()));
    }

    private List<String> some(String[] from) {
        List<String> list = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            list.add(pick(from));
        }
        return list;
    }

    private String text() {
        return random.nextInt(3) == 0 ? null : pick(TEXTS);
    }

    private String mappingTopic(Project project) {
        return key(project.mappings().keySet(), "none");
    }

    private String branch(Project project) {
        String topic =
                random.nextInt(4) == 0
                        ? key(project.levels().keySet(), "none")
                        : mappingTopic(project);
        for (int up = random.nextInt(3); up > 0 && topic.contains("/"); up--) {
            topic = Topic.parent(topic);
        }
        return topic;
    }

    private String newTopic(Project project) {
        StringBuilder topic = new StringBuilder();
        if (random.nextBoolean()) {
            topic.append(branch(project));
        }
        for (int n = random.nextInt(3); n >= 0; n--) {
            topic.append(topic.length() == 0 ? "" : "/").append(pick(LEVELS));
        }
        if (random.nextInt(30) == 0) {
            topic.append("/").append("'x".repeat(400));
        }
        return topic.toString();
    }

    private Mapping changed(Project project) {
        Mapping old = project.mappings().get(mappingTopic(project));
        if (old == null) {
            return mapping("acme/new");
        }
        return switch (random.nextInt(6)) {
            case 0 -> old.withTransform(text());
            case 1 -> old.withUnit(text()).withQos(random.nextInt(3));
            case 2 -> old.withEnabled(!old.enabled());
            case 3 -> old.withRound(random.nextBoolean() ? null : random.nextInt(16));
            case 4 -> old.withPayload(random.nextBoolean() ? null : PayloadFormat.PLAIN);
            default -> mapping(old.topic());
        };
    }

    private Mapping mapping(String topic) {
        return new Mapping(
                topic,
                new TagRef(pick(NAMES), pick(NAMES)),
                text(),
                random.nextBoolean() ? null : 2,
                text(),
                random.nextBoolean() ? null : PayloadFormat.PLAIN,
                random.nextBoolean() ? null : random.nextInt(3),
                random.nextBoolean() ? null : random.nextBoolean(),
                random.nextBoolean() ? null : pick(NAMES),
                random.nextInt(4) > 0,
                text());
    }

    private Device device(Project project) {
        Device old = project.devices().get(key(project.devices().keySet(), "none"));
        boolean modbus = random.nextBoolean();
        OrderedPMap<String, TagSpec> tags = OrderedPMap.empty();
        if (old != null && old.isOpcUa() != modbus) {
            tags = tags.plusAll(old.tags());
        }
        if (random.nextInt(3) == 0 && !tags.isEmpty()) {
            tags = tags.minus(key(tags.keySet(), "none"));
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            String name = pick(NAMES);
            tags = tags.plus(name, tag(name, modbus));
        }
        return new Device(
                old != null && random.nextBoolean() ? old.name() : pick(NAMES),
                modbus ? "modbus-tcp://10.0.0.9:502?unit=3" : "opc.tcp://[::1]:4840/x",
                modbus || random.nextBoolean() ? null : "None/None",
                random.nextBoolean() && !modbus
                        ? DeviceLogin.ofCertificate("users/o, p.crt", "no")
                        : DeviceLogin.ofUser(text()),
                duration(),
                tags,
                random.nextBoolean() ? null : pick(NAMES),
                pick(Device.Use.values()),
                text());
    }

    private Duration duration() {
        return random.nextInt(3) == 0 ? null : Duration.ofMillis(1 + random.nextInt(100_000));
    }

    private TagSpec tag(String name, boolean modbus) {
        return new TagSpec(
                name,
                modbus ? "holding:" + random.nextInt(1000) + ":float32:CDAB" : "nsu=urn:a:b;s=x, y",
                random.nextBoolean() ? null : new BigDecimal("1E+3"),
                random.nextBoolean() ? null : new BigDecimal("-0.50"),
                text(),
                duration(),
                monitoring(),
                text());
    }

    private Monitoring monitoring() {
        return new Monitoring(
                random.nextBoolean() ? null : 10,
                random.nextBoolean() ? null : Monitoring.Discard.NEWEST,
                random.nextBoolean()
                        ? null
                        : new Deadband(random.nextDouble() / 1e9, random.nextBoolean()),
                random.nextBoolean() ? null : Monitoring.Trigger.TIMESTAMP);
    }

    private Broker broker() {
        return new Broker(
                pick(NAMES),
                "mqtts://broker:" + (1 + random.nextInt(60_000)),
                text(),
                text(),
                text(),
                text(),
                text(),
                random.nextBoolean() ? 5 : 3,
                random.nextBoolean(),
                random.nextBoolean());
    }

    private Simulator simulator(Project project) {
        Simulator old = project.simulators().get(key(project.simulators().keySet(), "none"));
        boolean modbus = random.nextBoolean();
        OrderedPMap<String, Signal> points = OrderedPMap.empty();
        if (old != null && old.isOpcUa() != modbus) {
            points = points.plusAll(old.points());
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            points =
                    modbus
                            ? points.plus("holding:" + 10 * random.nextInt(90), signal(null))
                            : points.plus(pick(LEVELS) + "/" + pick(LEVELS), signal("Double"));
        }
        return new Simulator(
                old != null && random.nextBoolean() ? old.name() : pick(NAMES),
                modbus ? Simulator.MODBUS : Simulator.OPC_UA,
                random.nextBoolean() ? null : "127.0.0.2",
                random.nextBoolean() ? null : 5020,
                random.nextBoolean() ? null : random.nextLong(),
                modbus || random.nextBoolean() ? null : "urn:x",
                modbus && random.nextBoolean() ? Integer.valueOf(7) : null,
                points);
    }

    private Signal signal(String type) {
        boolean states = random.nextBoolean();
        return new Signal(
                type,
                states ? Signal.Shape.STATES : Signal.Shape.WALK,
                random.nextBoolean() ? null : "3",
                random.nextBoolean() ? null : Double.valueOf(-random.nextInt(1000) / 8.0),
                random.nextBoolean() ? null : Double.valueOf(1e9 * random.nextDouble()),
                duration(),
                random.nextBoolean() ? null : Double.valueOf(1e-7),
                states ? List.of("A", pick(TEXTS) + "x", "no") : null,
                duration(),
                text(),
                random.nextBoolean(),
                random.nextBoolean()
                        ? null
                        : new Signal.Bad(
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(2),
                                Status.named(random.nextBoolean() ? "BadX" : "BadSensorFailure")));
    }
}
