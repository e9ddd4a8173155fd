package io.fieldloom.engine.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadDiffTest {
    private static List<String> diff(String before, String now) {
        byte[] old = before == null ? null : before.getBytes(UTF_8);
        return PayloadDiff.of(old, now.getBytes(UTF_8)).stream()
                .map(
                        line ->
                                switch (line.change()) {
                                    case SAME -> "  " + line.text();
                                    case ADDED -> "+ " + line.text();
                                    case REMOVED -> "- " + line.text();
                                    case CHANGED -> "~ " + line.text() + " <- " + line.old();
                                })
                .toList();
    }

    @Test
    void aChangedMemberShowsItsOldValue() {
        assertThat(
                        diff(
                                "{\"value\":72.38,\"unit\":\"C\",\"gone\":[1]}",
                                "{\"value\":72.41,\"unit\":\"C\",\"new\":true}"))
                .containsExactly(
                        "  {",
                        "~   \"value\": 72.41, <- 72.38",
                        "    \"unit\": \"C\",",
                        "+   \"new\": true",
                        "-   \"gone\": [1]",
                        "  }");
    }

    @Test
    void nestedDocumentsAreComparedMemberByMember() {
        assertThat(diff("{\"a\":{\"b\":[1,2]}}", "{\"a\":{\"b\":[1,3,4],\"c\":{}}}"))
                .containsExactly(
                        "  {",
                        "    \"a\": {",
                        "      \"b\": [",
                        "        1,",
                        "~       3, <- 2",
                        "+       4",
                        "      ],",
                        "+     \"c\": {}",
                        "    }",
                        "  }");
    }

    @Test
    void aValueOfAnotherKindIsReplaced() {
        assertThat(diff("5", "{\"a\":1}")).containsExactly("~ { <- 5", "+   \"a\": 1", "+ }");
        assertThat(diff("RUNNING", "7")).containsExactly("~ 7 <- \"RUNNING\"");
        assertThat(diff("{}", "RUNNING")).containsExactly("~ RUNNING <- {}");
    }

    @Test
    void textIsComparedLineByLineAndTheFirstPayloadIsNoChange() {
        assertThat(diff("a\nb\nc", "a\nx")).containsExactly("  a", "~ x <- b", "- c");
        assertThat(diff(null, "{\"a\":1}")).containsExactly("  {", "    \"a\": 1", "  }");
        assertThat(diff("a", "")).containsExactly("- a");
    }

    @Test
    void bytesAreDumped() {
        assertThat(PayloadText.pretty(new byte[] {0, 'A', (byte) 0xff}))
                .isEqualTo("000000  00 41 ff" + " ".repeat(39) + "  .A.");
        assertThat(PayloadText.pretty(new byte[5_000])).endsWith("… 904 more bytes");
    }
}
