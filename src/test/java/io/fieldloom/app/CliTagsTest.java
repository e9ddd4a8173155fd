package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.app.CommandRun.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tags}: what the window imports and exports, for scripts. */
class CliTagsTest {
    private static final String HALL =
            """
            fieldloom: 1
            name: Hall
            devices:
              boiler: # kept
                endpoint: modbus-tcp://192.0.2.2:502
                tags:
                  Level: {address: "holding:0"}
            """;

    @TempDir Path home;

    private Result run(String... args) {
        return CommandRun.of(home, args).result();
    }

    @Test
    void aTableGoesIntoTheProjectAndComesOutAgain() throws Exception {
        Path file = Files.writeString(home.resolve("hall.fieldloom.yaml"), HALL);
        Path list =
                Files.writeString(
                        home.resolve("tags.csv"),
                        "name,address,type,unit\nLevel,7,uint16,m\nTemp,2,float32,°C\n");

        Result kept = run("tags", file.toString(), "boiler", list.toString(), "--json");
        assertThat(kept.code()).as(kept.err()).isEqualTo(1);
        assertThat(kept.jsonLines())
                .extracting(line -> line.get("fate").asText())
                .containsExactly("lost", "taken");
        assertThat(Files.readString(file))
                .contains("boiler: # kept", "Level: {address: \"holding:0\"}", "holding:2:float32");

        Result replaced =
                run("tags", file.toString(), "boiler", list.toString(), "--replace", "--json");
        assertThat(replaced.code()).as(replaced.err()).isZero();
        Result printed = run("tags", file.toString(), "boiler");
        assertThat(printed.code()).isZero();
        assertThat(printed.out()).contains("Level", "holding:7", "Temp", "°C");
        assertThat(run("tags", file.toString(), "kettle").code()).isEqualTo(2);
    }
}
