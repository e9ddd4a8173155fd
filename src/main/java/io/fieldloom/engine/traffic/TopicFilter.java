package io.fieldloom.engine.traffic;

import io.fieldloom.domain.namespace.Topic;
import java.util.Locale;

/**
 * What a person types to see fewer topics: an MQTT filter where it has a wildcard, else a part of
 * the topic, upper and lower case alike. The empty text matches all.
 */
record TopicFilter(String text, boolean isMqtt) {
    static final TopicFilter ALL = new TopicFilter("", false);

    static TopicFilter parse(String text) {
        String trimmed = text.strip();
        boolean wildcards = trimmed.indexOf('+') >= 0 || trimmed.indexOf('#') >= 0;
        return wildcards && Topic.filterFault(trimmed).isEmpty()
                ? new TopicFilter(trimmed, true)
                : new TopicFilter(trimmed.toLowerCase(Locale.ROOT), false);
    }

    boolean matchesAll() {
        return text.isEmpty();
    }

    boolean matches(String topic) {
        return isMqtt ? Topic.matches(text, topic) : topic.toLowerCase(Locale.ROOT).contains(text);
    }
}
