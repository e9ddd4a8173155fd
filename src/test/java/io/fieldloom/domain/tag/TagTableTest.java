package io.fieldloom.domain.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.tag.ModbusNotation.Base;
import io.fieldloom.domain.tag.TagTable.Column;
import io.fieldloom.domain.tag.TagTable.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagTableTest {

    private static TagTable.Result read(String text) {
        TagTable table = TagTable.of(text);
        return table.read(new Reader(table.guess(), null, Base.ONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void aTableWithAHeaderIsReadWhateverSeparatesIt(String separator) {
        String text =
                String.join(
                                separator,
                                "Tag",
                                "Register",
                                "Data type",
                                "Byte order",
                                "Factor",
                                "Unit")
                        + "\r\n"
                        + String.join(separator, "Pressure", "40001", "REAL", "CDAB", "0.1", "bar")
                        + "\r\n\r\n"
                        + String.join(separator, "\"Level\"", "30012", "INT", "", "", "%")
                        + "\r\n"
                        + String.join(separator, "Pump", "00003", "BOOL", "", "", "")
                        + "\r\n";
        TagTable.Result result = read(text);

        assertThat(result.faults()).isEmpty();
        assertThat(result.tags())
                .extracting(TagSpec::name, TagSpec::address)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Pressure", "holding:0:float32:CDAB"),
                        org.assertj.core.groups.Tuple.tuple("Level", "input:11:int16"),
                        org.assertj.core.groups.Tuple.tuple("Pump", "coil:2"));
        assertThat(result.tags().get(0).scale()).isEqualByComparingTo("0.1");
        assertThat(result.tags().get(1).unit()).isEqualTo("%");
    }

    @Test
    void decimalCommasIntervalsAndOffsetsAreRead() {
        TagTable.Result result =
                read(
                        "Name;Adresse;Faktor;Offset;Interval;Beschreibung\n"
                                + "T1;holding:0;0,1;-273,15;500;Kessel; oben\n");

        TagSpec tag = result.tags().get(0);
        assertThat(tag.scale()).isEqualByComparingTo("0.1");
        assertThat(tag.offset()).isEqualByComparingTo("-273.15");
        assertThat(tag.interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(tag.description()).isEqualTo("Kessel");
    }

    @Test
    void aPersonMapsColumnsAndSaysWhatNumbersCountFrom() {
        TagTable table = TagTable.of("17,T1,input,3\n18,T2,holding,\n");
        assertThat(table.hasHeader()).isFalse();
        Map<Column, Integer> columns =
                Map.of(Column.ADDRESS, 0, Column.NAME, 1, Column.TABLE, 2, Column.BIT, 3);

        assertThat(table.read(new Reader(columns, Table.HOLDING, Base.ONE)).tags())
                .extracting(TagSpec::address)
                .containsExactly("input:16.3", "holding:17");
        assertThat(table.read(new Reader(columns, Table.HOLDING, Base.ZERO)).tags())
                .extracting(TagSpec::address)
                .containsExactly("input:17.3", "holding:18");
    }

    @Test
    void everyFaultNamesItsLineAndTheOthersAreTaken() {
        TagTable.Result result =
                read(
                        "Name,Address,Type,Scale\n"
                                + "A,40001,REAL,1\n"
                                + "A,40003,REAL,1\n"
                                + "B,49,REAL,1\n"
                                + "C,40005,COMPLEX,1\n"
                                + "D,40007,INT,1e\n"
                                + "E F,40009,INT,1\n"
                                + "\"G,40011,INT,1\n"
                                + "H,40013,INT,1\n");

        assertThat(result.tags()).extracting(TagSpec::name).containsExactly("A", "E_F", "H");
        assertThat(result.faults()).extracting(TagLines.Fault::line).containsExactly(3, 4, 5, 6, 8);
        assertThat(result.faults().get(0).message()).contains("line 2");
        assertThat(result.faults().get(2).message()).contains("COMPLEX");
        assertThat(result.faults().get(2).column()).isEqualTo(3);
    }

    @Test
    void whatWasExportedIsReadBack() {
        String csv =
                TagTable.csv(
                        read("Name,Address,Scale,Unit,Interval,Description\n"
                                        + "A,holding:0:float32:CDAB,0.1,bar,5s,\"up, \"\"down\"\"\"\n")
                                .tags());

        TagSpec again = read(csv).tags().get(0);
        assertThat(again.address()).isEqualTo("holding:0:float32:CDAB");
        assertThat(again.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(again.description()).isEqualTo("up, \"down\"");
        assertThat(TagTable.csv(read(csv).tags())).isEqualTo(csv);
    }

    @Test
    void theUsualEncodingsAreRecognised() {
        String text = "Name;Unit\nÖltemperatur;°C\n";
        byte[] marked = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
        byte[] wide = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);

        assertThat(TextFile.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(TextFile.decode(marked)).isEqualTo(text);
        assertThat(TextFile.decode(wide)).isEqualTo(text);
        assertThat(TextFile.decode(text.getBytes(StandardCharsets.UTF_16))).isEqualTo(text);
        assertThat(TextFile.decode(text.getBytes(StandardCharsets.UTF_16LE))).isEqualTo(text);
        assertThat(TextFile.decode(text.getBytes(Charset.forName("windows-1252")))).isEqualTo(text);
        assertThat(TextFile.decode(new byte[0])).isEmpty();
    }
}
