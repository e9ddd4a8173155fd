package io.fieldloom.domain.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
    @ParameterizedTest
    @CsvSource({
        "#, a/b, true",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "a/#, ab, false",
        "a/+, a/b, true",
        "a/+, a, false",
        "a/+, a/b/c, false",
        "+/b/#, a/b, true",
        "a/b, a/b, true",
        "a/b, a/b/c, false",
        "#, $SYS/x, false",
        "+/x, $SYS/x, false",
        "$SYS/#, $SYS/x, true"
    })
    void filtersCoverTopics(String filter, String topic, boolean covered) {
        assertThat(Topic.matches(filter, topic)).isEqualTo(covered);
    }

    @Test
    void matchingAgreesWithASlowReading() {
        Random random = new Random(7);
        String[] levels = {"a", "b", "+", "#", ""};
        for (int round = 0; round < 20_000; round++) {
            String filter = path(random, levels, 5);
            String topic = path(random, levels, 2);
            if (Topic.filterFault(filter).isEmpty()) {
                assertThat(Topic.matches(filter, topic))
                        .as("%s covers %s", filter, topic)
                        .isEqualTo(slowly(filter.split("/", -1), topic.split("/", -1), 0));
            }
        }
    }

    private static String path(Random random, String[] levels, int kinds) {
        StringBuilder out = new StringBuilder(levels[random.nextInt(kinds)]);
        for (int more = random.nextInt(4); more > 0; more--) {
            out.append('/').append(levels[random.nextInt(kinds)]);
        }
        return out.toString();
    }

    private static boolean slowly(String[] filter, String[] topic, int at) {
        if (at == filter.length) {
            return at == topic.length;
        }
        if (filter[at].equals("#")) {
            return true;
        }
        return at < topic.length
                && (filter[at].equals("+") || filter[at].equals(topic[at]))
                && slowly(filter, topic, at + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "a/+", "a/#", "$SYS/x", "a\u0000b", "a\nb"})
    void whatCannotBePublishedToHasAReason(String topic) {
        assertThat(Topic.fault(topic)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "acme/prague/Capper 1", "ä/°C", "a/$x"})
    void whatCanBePublishedToHasNone(String topic) {
        assertThat(Topic.fault(topic)).isEmpty();
    }

    @Test
    void aSiblingWithALongerNameIsNotWithinABranch() {
        assertThat(Topic.isWithin("acme/line-10", "acme/line-1")).isFalse();
        assertThat(Topic.isWithin("acme/line-1/x", "acme/line-1")).isTrue();
        assertThat(Topic.isWithin("acme/line-1", "acme/line-1")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "#, acme/#, true",
        "acme/#, acme/+/b, true",
        "+/b, acme/b, true",
        "acme/#, acme/#, true",
        "acme/+, acme/#, false",
        "acme/#, #, false",
        "acme/#, +/b, false",
        "#, $SYS/#, false"
    })
    void aWideFilterCoversANarrowOne(String wide, String narrow, boolean covers) {
        assertThat(Topic.covers(wide, narrow)).isEqualTo(covers);
    }
}
