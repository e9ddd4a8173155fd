package io.fieldloom.domain.mapping;

import io.fieldloom.domain.tag.TagRef;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One mapping: a tag and the topic it is published to. A mapping is its topic. What is null is left
 * to the project's defaults.
 *
 * @param topic the topic, its key in the file
 * @param source the tag
 * @param transform an expression over {@code value}, or null
 * @param round decimals to round to, after the transform, or null
 * @param unit engineering unit that is published, or null for the tag's
 * @param payload how it is written, or null for the default
 * @param qos 0, 1 or 2, or null for the default
 * @param retain or null for the default
 * @param broker the broker's name, or null for the default
 * @param enabled whether it runs
 * @param description free text, or null
 */
public record Mapping(
        String topic,
        TagRef source,
        String transform,
        Integer round,
        String unit,
        PayloadFormat payload,
        Integer qos,
        Boolean retain,
        String broker,
        boolean enabled,
        String description) {
    public Mapping {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(source, "source");
    }

    /** A mapping that leaves everything to the defaults. */
    public static Mapping of(String topic, TagRef source) {
        return new Mapping(topic, source, null, null, null, null, null, null, null, true, null);
    }

    public Mapping withTopic(String other) {
        return with(copy -> copy.topic = other);
    }

    public Mapping withSource(TagRef other) {
        return with(copy -> copy.source = other);
    }

    public Mapping withTransform(String other) {
        return with(copy -> copy.transform = other);
    }

    public Mapping withRound(Integer other) {
        return with(copy -> copy.round = other);
    }

    public Mapping withUnit(String other) {
        return with(copy -> copy.unit = other);
    }

    public Mapping withPayload(PayloadFormat other) {
        return with(copy -> copy.payload = other);
    }

    public Mapping withQos(Integer other) {
        return with(copy -> copy.qos = other);
    }

    public Mapping withRetain(Boolean other) {
        return with(copy -> copy.retain = other);
    }

    public Mapping withBroker(String other) {
        return with(copy -> copy.broker = other);
    }

    public Mapping withEnabled(boolean other) {
        return with(copy -> copy.enabled = other);
    }

    private Mapping with(Consumer<Copy> difference) {
        Copy copy = new Copy(this);
        difference.accept(copy);
        return copy.made();
    }

    /** A copy that is not made yet: whatever differs is set before. */
    private static final class Copy {
        private String topic;
        private TagRef source;
        private String transform;
        private Integer round;
        private String unit;
        private PayloadFormat payload;
        private Integer qos;
        private Boolean retain;
        private String broker;
        private boolean enabled;
        private String description;

        Copy(Mapping from) {
            topic = from.topic;
            source = from.source;
            transform = from.transform;
            round = from.round;
            unit = from.unit;
            payload = from.payload;
            qos = from.qos;
            retain = from.retain;
            broker = from.broker;
            enabled = from.enabled;
            description = from.description;
        }

        Mapping made() {
            return new Mapping(
                    topic,
                    source,
                    transform,
                    round,
                    unit,
                    payload,
                    qos,
                    retain,
                    broker,
                    enabled,
                    description);
        }
    }
}
