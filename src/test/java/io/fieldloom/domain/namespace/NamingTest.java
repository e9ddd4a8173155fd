package io.fieldloom.domain.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingTest {
    @ParameterizedTest
    @CsvSource({
        "Temperature, temperature",
        "SteamPressure, steam-pressure",
        "Filler01, filler-01",
        "Capper 1, capper-1",
        "OPCUAServer, opcua-server",
        "motor_speed, motor-speed",
        "line-1, line-1",
        "H2Level, h2-level",
        "Přítok vody, přítok-vody",
        "__, __"
    })
    void namesBecomeLowerCaseWithHyphens(String name, String expected) {
        assertThat(Naming.kebab(name)).isEqualTo(expected);
    }

    @Test
    void numbersSortAsNumbers() {
        List<String> names =
                new ArrayList<>(
                        List.of("line-10", "Line-2", "line-1", "line", "line-02", "capper"));
        names.sort(Naming.NATURAL);

        assertThat(names)
                .containsExactly("capper", "line", "line-1", "Line-2", "line-02", "line-10");
    }
}
