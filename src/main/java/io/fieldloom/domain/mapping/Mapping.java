package io.fieldloom.domain.mapping;

import io.fieldloom.domain.tag.TagRef;
import java.util.Objects;

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
        return new Mapping(
                other,
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

    public Mapping withSource(TagRef other) {
        return new Mapping(
                topic,
                other,
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

    public Mapping withTransform(String other) {
        return new Mapping(
                topic,
                source,
                other,
                round,
                unit,
                payload,
                qos,
                retain,
                broker,
                enabled,
                description);
    }

    public Mapping withRound(Integer other) {
        return new Mapping(
                topic,
                source,
                transform,
                other,
                unit,
                payload,
                qos,
                retain,
                broker,
                enabled,
                description);
    }

    public Mapping withUnit(String other) {
        return new Mapping(
                topic,
                source,
                transform,
                round,
                other,
                payload,
                qos,
                retain,
                broker,
                enabled,
                description);
    }

    public Mapping withPayload(PayloadFormat other) {
        return new Mapping(
                topic,
                source,
                transform,
                round,
                unit,
                other,
                qos,
                retain,
                broker,
                enabled,
                description);
    }

    public Mapping withQos(Integer other) {
        return new Mapping(
                topic,
                source,
                transform,
                round,
                unit,
                payload,
                other,
                retain,
                broker,
                enabled,
                description);
    }

    public Mapping withRetain(Boolean other) {
        return new Mapping(
                topic,
                source,
                transform,
                round,
                unit,
                payload,
                qos,
                other,
                broker,
                enabled,
                description);
    }

    public Mapping withBroker(String other) {
        return new Mapping(
                topic,
                source,
                transform,
                round,
                unit,
                payload,
                qos,
                retain,
                other,
                enabled,
                description);
    }

    public Mapping withEnabled(boolean other) {
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
                other,
                description);
    }
}
