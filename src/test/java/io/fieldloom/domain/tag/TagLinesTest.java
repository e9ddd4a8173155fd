package io.fieldloom.domain.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.tag.TagLines.Fault;
import io.fieldloom.domain.tag.TagLines.Result;
import java.math.BigDecimal;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagLinesTest {

    private static TagSpec tag(String line) {
        Result result = TagLines.parse(line);
        assertThat(result.faults()).as(line).isEmpty();
        assertThat(result.tags()).as(line).hasSize(1);
        return result.tags().get(0);
    }

    private static Fault fault(String line) {
        Result result = TagLines.parse(line);
        assertThat(result.tags()).as(line).isEmpty();
        assertThat(result.faults()).as(line).hasSize(1);
        return result.faults().get(0);
    }

    // However the same line is copied, it is the same tag.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SteamPressure holding:0:float32:CDAB bar 0.1",
                "  SteamPressure   holding:0:float32:CDAB   bar   0,1  ",
                "SteamPressure\tholding:0:float32:CDAB\tbar\t0,1",
                "SteamPressure\tholding:0:float32:CDAB bar\t0.1",
                "SteamPressure\tholding:0:float32:CDAB bar 0.1",
                "SteamPressure holding:0:float32:CDAB\tbar\t0.1",
                "SteamPressure;holding:0:float32:CDAB;bar;0,1;",
                "SteamPressure; holding:0:float32:CDAB; bar; 0.1",
                "SteamPressure,holding:0:float32:CDAB,bar,0.1",
                "SteamPressure, holding:0:float32:CDAB, bar, \"0,1\"",
                "\"SteamPressure\"\t\"40001:float32:CDAB\"\tbar\t\"0,1\"",
                "SteamPressure 400001:float32:CDAB bar 1e-1",
                "SteamPressure\t40001:float32:CDAB\tbar\t,1\r",
                "\uFEFFSteamPressure\u00A0holding:0:float32:CDAB bar .1"
            })
    void oneTagInManyHands(String line) {
        TagSpec tag = tag(line);

        assertThat(tag.name()).isEqualTo("SteamPressure");
        assertThat(tag.address()).isEqualTo("holding:0:float32:CDAB");
        assertThat(tag.unit()).isEqualTo("bar");
        assertThat(tag.scale()).isEqualByComparingTo("0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "40001,                 holding:0",
        "400001,                holding:0",
        "465536,                holding:65535",
        "49999,                 holding:9998",
        "30001,                 input:0",
        "10001,                 discrete:0",
        "100001,                discrete:0",
        "00001,                 coil:0",
        "000017,                coil:16",
        "40061.2,               holding:60.2",
        "40011:float32:CDAB,    holding:10:float32:CDAB",
        "40041:string[10],      holding:40:string[10]",
        "holding:7:uint16:AB,   holding:7"
    })
    void theManualsAddressesAreOneBased(String written, String address) {
        assertThat(tag("X " + written).address()).isEqualTo(address);
    }

    @Test
    void unitAndScaleMayBeLeftOut() {
        assertThat(tag("A holding:1").unit()).isNull();
        assertThat(tag("A holding:1").scale()).isEqualTo(BigDecimal.ONE);
        assertThat(tag("A holding:1 %").unit()).isEqualTo("%");
        assertThat(tag("A holding:1 0,25").scale()).isEqualByComparingTo("0.25");
        assertThat(tag("A holding:1 0,25").unit()).isNull();
        assertThat(tag("A\tholding:1\t\t0,25").scale()).isEqualByComparingTo("0.25");
        assertThat(tag("A\tholding:1\tm³/h\t").unit()).isEqualTo("m³/h");
        assertThat(tag("A holding:1 \"kg per h\" 2").unit()).isEqualTo("kg per h");
        assertThat(tag("A;holding:1;\"5\"\" pipe\"").unit()).isEqualTo("5\" pipe");
    }

    @Test
    void aSpreadsheetWithHeaderBlankLinesAndFaults() {
        Result result =
                TagLines.parse(
                        "Name\tAddress\tUnit\tScale\r\n"
                                + "SteamPressure\t40001:float32\tbar\t0,1\r\n"
                                + "\r\n"
                                + "\t\t\t\r\n"
                                + "Feed water\t40003\t%\t\r\n"
                                + "Burner\tcoils:0\t\t\r\n"
                                + "SteamPressure\t40005\t\t\r\n"
                                + "Level\t40007\tm\t0.01\r\n");

        assertThat(result.tags())
                .extracting(TagSpec::name)
                .containsExactly("SteamPressure", "Level");
        assertThat(result.faults())
                .extracting(Fault::line, Fault::column)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(5, 1),
                        org.assertj.core.groups.Tuple.tuple(6, 8),
                        org.assertj.core.groups.Tuple.tuple(7, 1));
        assertThat(result.faults().get(0).message()).contains("Feed_water");
        assertThat(result.faults().get(0).text()).isEqualTo("Feed water\t40003\t%\t");
        assertThat(result.faults().get(1).message()).contains("coils:0");
        assertThat(result.faults().get(2).message()).contains("line 2");
    }

    @Test
    void aHeaderMayPutTheColumnsInAnotherOrder() {
        Result result =
                TagLines.parse("Register;Bezeichnung;Kommentar;Faktor;Einheit\n40002;P1;x;0,5;bar");

        assertThat(result.faults()).isEmpty();
        TagSpec tag = result.tags().get(0);
        assertThat(tag.name()).isEqualTo("P1");
        assertThat(tag.address()).isEqualTo("holding:1");
        assertThat(tag.scale()).isEqualByComparingTo("0.5");
        assertThat(tag.unit()).isEqualTo("bar");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A                            | 2  | the address is missing",
                "A holding:70000              | 3  | 0 to 65535",
                "A 40000                      | 3  | begin at 40001",
                "A 20001                      | 3  | begin with 0 (coils)",
                "A 10001:float32              | 3  | take no TYPE",
                "A holding:0 bar x            | 17 | 'x' is not a number",
                "A holding:0 bar 0            | 17 | every value 0",
                "A holding:0 bar 1,000        | 17 | write 1000 or 1.000",
                "A holding:0 bar 1.000,5      | 17 | is not a number",
                "A holding:0 bar 1 more       | 19 | one cell too many",
                "A,holding:0,bar,0,1          | 19 | one cell too many",
                "A;`holding:0                 | 3  | is not a Modbus address",
                "A;\"holding:0                | 3  | has no end",
                "A;;bar                       | 7  | the address is missing"
            })
    void aFaultPointsAtItsCell(String line, int column, String message) {
        Result result = TagLines.parse(line.strip());

        assertThat(result.tags()).isEmpty();
        assertThat(result.faults().get(0).column()).isEqualTo(column);
        assertThat(result.faults().get(0).message()).contains(message);
    }

    @Test
    void namesOfTheDeviceAreTaken() {
        Result result = TagLines.parse("A holding:0\nB holding:1", Set.of("B"));

        assertThat(result.tags()).extracting(TagSpec::name).containsExactly("A");
        assertThat(result.faults().get(0).message()).contains("already has a tag 'B'");
    }

    @Test
    void everyFaultOfALineIsTold() {
        assertThat(TagLines.parse("a/b holding:x bar y").faults()).hasSize(3);
        assertThat(fault("?? holding:0").message()).contains("letters, digits");
    }

    @Test
    void noTextMakesItFail() {
        String alphabet = "aZ0149.,;:\t \"\r\n%-_[]holding:coil:Namedress\uFEFF\u00A0é";
        Random random = new Random(8);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Result result = TagLines.parse(text.toString());
            for (TagSpec tag : result.tags()) {
                assertThat(ModbusAddress.parse(tag.address()).text()).isEqualTo(tag.address());
            }
            for (Fault fault : result.faults()) {
                assertThat(fault.column()).isBetween(1, fault.text().length() + 1);
            }
        }
    }
}
