package io.fieldloom.ui.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.engine.payload.DecodedPayload.Encoding;
import io.fieldloom.engine.payload.PayloadDiff.Change;
import io.fieldloom.ui.kit.code.Run;
import io.fieldloom.ui.kit.code.Run.Ink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayloadPageTest {
    @Test
    void aLineOfJsonIsColouredAndItsLongOldValueShortened() {
        PayloadLines lines =
                page(
                        "{\"at\":\"2026-11-24T10:16:08.414Z\"}",
                        "{\"at\":\"2026-11-24T10:16:08.210Z\"}");

        assertThat(lines.runs(1))
                .containsExactly(
                        new Run("  ", Ink.PLAIN),
                        new Run("\"at\"", Ink.KEY),
                        new Run(": ", Ink.PLAIN),
                        new Run("\"2026-11-24T10:16:08.414Z\"", Ink.STRING),
                        new Run("   ← …210Z\"", Ink.BEFORE));
        assertThat(lines.change(1)).isEqualTo(Change.CHANGED);
        assertThat(lines.length(1)).isEqualTo(lines.text(1).length());
    }

    // A click on a key chooses what is drawn: the way must be the one that numbers are found by.
    @Test
    void aLineKnowsTheWayToItsValue() {
        PayloadLines lines = page("{\"a\":{\"b\":[1,{\"c\":2}],\"d\":3}}", "{\"a\":{\"gone\":1}}");
        List<String> ways =
                IntStream.range(0, lines.count())
                        .filter(line -> lines.way(line) != null)
                        .mapToObj(lines::way)
                        .toList();

        assertThat(ways).containsExactly("a.b.0", "a.b.1.c", "a.d");
    }

    @Test
    void bytesThatChangedStandOut() {
        byte[] before = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        byte[] now = {0, 1, 9, 3, 4, 5, 6, 7, 8};
        PayloadPage page = PayloadPage.of(now, before, PayloadPage.Wish.FIRST);

        assertThat(page.encoding()).isEqualTo(Encoding.BINARY);
        assertThat(page.lines().count()).isEqualTo(2);
        assertThat(page.lines().runs(0)).contains(new Run("09 ", Ink.BEFORE));
        assertThat(page.lines().change(0)).isEqualTo(Change.CHANGED);
        assertThat(page.lines().change(1)).isEqualTo(Change.SAME);
    }

    @Test
    void longLinesWrapAndTheirTextIsSelectedWhole() {
        PayloadLines lines = new PlainLines(List.of("0123456789abc", "", "xyz"));
        LineWrap wrap = LineWrap.of(lines, 5);

        assertThat(wrap.rows()).isEqualTo(5);
        assertThat(wrap.line(2)).isZero();
        assertThat(wrap.column(2)).isEqualTo(10);
        assertThat(wrap.line(3)).isEqualTo(1);
        TextMark mark = TextMark.at(new TextMark.Place(2, 2)).to(new TextMark.Place(0, 8));
        assertThat(mark.text(lines)).isEqualTo("89abc\n\nxy");
        assertThat(TextMark.all(lines).text(lines)).isEqualTo("0123456789abc\n\nxyz");
    }

    private static PayloadLines page(String now, String before) {
        return PayloadPage.of(bytes(now), bytes(before), PayloadPage.Wish.FIRST).lines();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
