package io.fieldloom.engine.project;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.project.Defaults;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.project.Section;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.WatchEntry;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Says how each part of a project is spelled in the file, keys in their order. */
final class Specs {
    private Specs() {}

    /** An entry of a section; null where there is none. */
    static Spec.Keys of(Project project, Section section, String key) {
        return switch (section) {
            case BROKERS -> map(project.brokers().get(key), Specs::of);
            case DEVICES -> map(project.devices().get(key), Specs::of);
            case SIMULATORS -> map(project.simulators().get(key), Specs::of);
            case LEVELS -> map(project.levels().get(key), Specs::of);
            case MAPPINGS -> map(project.mappings().get(key), Specs::of);
            case WATCH -> map(project.watch().get(key), Specs::of);
        };
    }

    private static <T> Spec.Keys map(T entry, java.util.function.Function<T, Spec.Keys> spec) {
        return entry == null ? null : spec.apply(entry);
    }

    /** The root's keys that are not sections of entries. */
    static Spec.Keys settings(Project project) {
        return new Spec.Builder()
                .text("name", project.name())
                .text("description", project.description())
                .put("defaults", defaults(project.defaults()))
                .put("namespace", new Spec.Builder().items("levels", project.levelNames()).open())
                .open();
    }

    private static Spec.Keys defaults(Defaults defaults) {
        Defaults standard = Defaults.STANDARD;
        return new Spec.Builder()
                .put(
                        "broker",
                        new Spec.Scalar(
                                defaults.broker(),
                                Scalars.Meaning.TEXT,
                                defaults.broker().equals(standard.broker())))
                .bare("payload", defaults.payload().word(), standard.payload().word())
                .bare("qos", defaults.qos(), standard.qos())
                .bare("retain", defaults.retain(), standard.retain())
                .compact();
    }

    private static Spec.Keys of(Broker broker) {
        return new Spec.Builder()
                .text("url", broker.url())
                .text("user", broker.user())
                .text("ca", broker.ca())
                .text("cert", broker.cert())
                .text("key", broker.key())
                .text("clientId", broker.clientId())
                .bare("mqtt", broker.mqtt(), 5)
                .bare("insecure", broker.insecure(), false)
                .bare("status", broker.statusTopic() ? "online" : "none", "online")
                .compact();
    }

    private static Spec.Keys of(Device device) {
        Spec.Builder tags = new Spec.Builder();
        for (Map.Entry<String, TagSpec> tag : device.tags().entrySet()) {
            tags.put(tag.getKey(), of(tag.getValue()));
        }
        return new Spec.Builder()
                .text("endpoint", device.endpoint())
                .text("security", device.security())
                .text("user", device.login().user())
                .text("userCert", device.login().certificate())
                .text("userKey", device.login().key())
                .bare("interval", device.interval(), Device.DEFAULT_INTERVAL)
                .text("simulator", device.simulator())
                .bare("use", device.use().word(), Device.Use.REAL.word())
                .text("description", device.description())
                .put("tags", tags.named())
                .open();
    }

    private static Spec.Keys of(TagSpec tag) {
        Spec.Builder spec =
                new Spec.Builder()
                        .text("address", tag.address())
                        .bare("scale", tag.scale(), BigDecimal.ONE)
                        .bare("offset", tag.offset(), BigDecimal.ZERO)
                        .text("unit", tag.unit())
                        .bare("interval", tag.interval());
        return monitored(spec, tag.monitoring()).text("description", tag.description()).compact();
    }

    private static Spec.Builder monitored(Spec.Builder spec, Monitoring item) {
        return spec.bare("queue", item.queue())
                .bare("discard", item.discard() == null ? null : item.discard().word())
                .bare("deadband", item.deadband())
                .bare("trigger", item.trigger() == null ? null : item.trigger().word());
    }

    private static Spec.Keys of(Simulator simulator) {
        Spec.Builder points = new Spec.Builder();
        for (Map.Entry<String, Signal> point : simulator.points().entrySet()) {
            points.put(point.getKey(), of(point.getValue()));
        }
        return new Spec.Builder()
                .bare("protocol", simulator.protocol())
                .put(
                        "bind",
                        new Spec.Scalar(
                                simulator.bind(),
                                Scalars.Meaning.TEXT,
                                simulator.bind().equals("127.0.0.1")))
                .bare("port", simulator.port())
                .bare("seed", simulator.seed())
                .text("namespace", simulator.isOpcUa() ? simulator.namespace() : null)
                .bare("unit", simulator.isOpcUa() ? null : simulator.unit())
                .put(simulator.isOpcUa() ? "nodes" : "registers", points.named())
                .open();
    }

    private static Spec.Keys of(Signal signal) {
        return new Spec.Builder()
                .text("type", signal.type())
                .bare("signal", signal.shape().word())
                .value("value", signal.value())
                .bare("min", signal.min())
                .bare("max", signal.max())
                .bare("period", signal.period())
                .bare("step", signal.step())
                .items("states", signal.states())
                .bare("each", signal.each())
                .text("unit", signal.unit())
                .bare("writable", signal.writable(), false)
                .put("bad", signal.bad() == null ? null : of(signal.bad()))
                .compact();
    }

    private static Spec.Keys of(Signal.Bad bad) {
        String status = bad.status().name();
        return new Spec.Builder()
                .bare("every", bad.every())
                .bare("for", bad.duration())
                .put(
                        "status",
                        new Spec.Scalar(
                                status,
                                Scalars.Meaning.TEXT,
                                status.equals(SimulatorReader.USUAL_BAD_STATUS)))
                .compact();
    }

    private static Spec.Keys of(Level level) {
        return new Spec.Builder().text("level", level.level()).compact();
    }

    private static Spec.Keys of(Mapping mapping) {
        return new Spec.Builder()
                .text("device", mapping.source().device())
                .text("tag", mapping.source().tag())
                .text("transform", mapping.transform())
                .bare("round", mapping.round())
                .text("unit", mapping.unit())
                .bare("payload", mapping.payload() == null ? null : mapping.payload().word())
                .bare("qos", mapping.qos())
                .bare("retain", mapping.retain())
                .text("broker", mapping.broker())
                .bare("enabled", mapping.enabled(), true)
                .text("description", mapping.description())
                .compact();
    }

    private static Spec.Keys of(WatchEntry entry) {
        Spec.Builder spec =
                new Spec.Builder()
                        .text("device", entry.source().device())
                        .text("tag", entry.source().tag())
                        .bare("interval", entry.interval());
        return monitored(spec, entry.monitoring()).compact();
    }

    /** Keys of the root in the order of the file's description, for a section that is new. */
    static final List<String> ROOT_ORDER =
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
}
