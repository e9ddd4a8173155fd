package io.fieldloom.engine.project;

import io.fieldloom.domain.connection.DeviceLogin;
import io.fieldloom.domain.project.Misfit;
import io.fieldloom.domain.project.Rules;
import io.fieldloom.domain.tag.Deadband;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.domain.tag.TagSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pcollections.OrderedPMap;

/** Reads one device with its tags. */
final class DeviceReader {
    private static final List<String> DEVICE =
            List.of(
                    "endpoint",
                    "security",
                    "user",
                    "userCert",
                    "userKey",
                    "interval",
                    "tags",
                    "simulator",
                    "use",
                    "description");
    private static final List<String> TAG =
            List.of(
                    "address",
                    "scale",
                    "offset",
                    "unit",
                    "interval",
                    "queue",
                    "discard",
                    "deadband",
                    "trigger",
                    "description");
    private static final Map<String, Device.Use> USES =
            words(Device.Use.values(), Device.Use::word);
    private static final Map<String, Monitoring.Discard> DISCARDS =
            words(Monitoring.Discard.values(), Monitoring.Discard::word);
    private static final Map<String, Monitoring.Trigger> TRIGGERS =
            words(Monitoring.Trigger.values(), Monitoring.Trigger::word);

    private final ProjectReader reader;
    private final FaultList faults;

    DeviceReader(ProjectReader reader, FaultList faults) {
        this.reader = reader;
        this.faults = faults;
    }

    Device read(Fields.Entry entry) {
        Fields fields = reader.fields(entry, "devices", DEVICE);
        OrderedPMap<String, TagSpec> tags = OrderedPMap.empty();
        YamlNode tagsNode = fields.value("tags");
        if (tagsNode != null) {
            for (Fields.Entry tag : Fields.entries(tagsNode, fields.child("tags"), faults)) {
                tags = tags.plus(tag.name(), tag(tag, fields.child("tags")));
            }
        }
        Device device =
                new Device(
                        entry.name(),
                        fields.required(
                                "endpoint",
                                entry.key(),
                                "opc.tcp://host:4840 or modbus-tcp://host"),
                        fields.text("security"),
                        new DeviceLogin(
                                fields.text("user"),
                                fields.text("userCert"),
                                fields.text("userKey")),
                        fields.duration("interval"),
                        tags,
                        fields.text("simulator"),
                        fields.word("use", USES),
                        fields.text("description"));
        List<Misfit> misfits =
                Rules.of(device).stream().filter(misfit -> !saidAlready(misfit, device)).toList();
        reader.report(misfits, entry.key(), fields);
        return device;
    }

    /** A text that is missing was a fault when it was read; its grammar is not another one. */
    private static boolean saidAlready(Misfit misfit, Device device) {
        List<String> path = misfit.path();
        if (path.equals(List.of("endpoint"))) {
            return device.endpoint().isEmpty();
        }
        return path.size() == 3
                && path.get(2).equals("address")
                && device.tags().get(path.get(1)).address().isEmpty();
    }

    private TagSpec tag(Fields.Entry entry, String path) {
        Fields fields = reader.fields(entry, path, TAG);
        return new TagSpec(
                entry.name(),
                fields.required("address", entry.key(), "holding:0:float32 or nsu=URI;s=NAME"),
                fields.decimal("scale"),
                fields.decimal("offset"),
                fields.text("unit"),
                fields.duration("interval"),
                monitoring(fields),
                fields.text("description"));
    }

    /** What a tag and an entry of the watch list both may say of their monitored item. */
    static Monitoring monitoring(Fields fields) {
        return new Monitoring(
                fields.whole("queue"),
                fields.word("discard", DISCARDS),
                fields.parsed("deadband", "a number such as 0.5 or 5%", Deadband::parse),
                fields.word("trigger", TRIGGERS));
    }

    private static <T> Map<String, T> words(T[] all, Function<T, String> word) {
        Map<String, T> words = new LinkedHashMap<>();
        for (T one : all) {
            words.put(word.apply(one), one);
        }
        return words;
    }
}
