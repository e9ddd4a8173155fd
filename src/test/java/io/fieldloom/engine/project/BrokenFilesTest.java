package io.fieldloom.engine.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.project.EditRefused;
import io.fieldloom.engine.security.Home;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However a file is mangled, reading it tells faults or gives a project that can be edited. */
class BrokenFilesTest {
    private static final int RUNS = 3_000;
    private static final String[] SCRAPS = {
        "\n",
        "\r",
        "\t",
        " ",
        "  ",
        ":",
        ": ",
        "- ",
        "? ",
        "#",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        "\"",
        "|",
        ">",
        "&a ",
        "*a",
        "!t ",
        "<<: ",
        "---\n",
        "...\n",
        "%",
        "@",
        "\u0000",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\uD83D\uDE00",
        "~",
        "null",
        "a: b",
        "mappings:\n",
        "fieldloom: 1\n"
    };

    @Test
    void nothingButFaultsComesOut() {
        List<String> files = NastyFiles.all().toList();
        int good = 0;
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            String text = mangled(files.get(random.nextInt(files.size())), random);
            try {
                good += check(text, run) ? 1 : 0;
            } catch (RuntimeException e) {
                throw new AssertionError("run " + run + ":\n" + text, e);
            }
        }
        assertThat(good).isGreaterThan(RUNS / 20);
    }

    private static String mangled(String file, Random random) {
        StringBuilder text = new StringBuilder(file);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, SCRAPS[random.nextInt(SCRAPS.length)]);
                case 1 -> text.deleteCharAt(at);
                default ->
                        text.replace(
                                at,
                                Math.min(text.length(), at + 1 + random.nextInt(20)),
                                SCRAPS[random.nextInt(SCRAPS.length)]);
            }
        }
        // Half of a character of two chars is nothing a file can hold.
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static boolean check(String text, long seed) {
        ProjectEditor editor = ProjectEditor.ofText(text, "x", new Home(Path.of("none")));
        if (editor.readOnly()) {
            assertThat(editor.faults())
                    .allSatisfy(
                            fault -> {
                                assertThat(fault.line()).isPositive();
                                assertThat(fault.message()).isNotBlank().doesNotContain("\n");
                            });
            return false;
        }
        assertThat(editor.text()).isEqualTo(text);
        EditScripts scripts = new EditScripts(seed);
        for (int step = 0; step < 5; step++) {
            try {
                editor.apply(scripts.next(editor.project()));
            } catch (EditRefused e) {
                assertThat(e.getMessage()).isNotBlank();
            }
            LoadedProject again = ProjectFile.parse(editor.text());
            assertThat(again.faults()).as(text + "\n=>\n" + editor.text()).isEmpty();
            assertThat(again.project()).as(text).isEqualTo(editor.project());
        }
        return true;
    }
}
