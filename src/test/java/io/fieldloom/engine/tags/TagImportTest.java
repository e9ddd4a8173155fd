package io.fieldloom.engine.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusNotation.Base;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.TagTable;
import io.fieldloom.domain.tag.TagTable.Reader;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.tags.ImportedTags.Note;
import io.fieldloom.engine.tags.TagImport.Existing;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TagImportTest {
    private static final String PROJECT =
            """
            fieldloom: 1
            devices:
              boiler:
                endpoint: "modbus-tcp://10.0.0.9?timeout=2s"
                tags:
                  Level: {address: "holding:4"}
                  Flow: {address: "holding:6", unit: m3/h}
            """;

    private final ProjectEditor editor =
            ProjectEditor.ofText(PROJECT, "hall", new Home(Path.of("unused")));

    private Device boiler() {
        return editor.project().devices().get("boiler");
    }

    private TagImport table(String text, Existing existing) {
        TagTable table = ((TagSource.Table) TagSource.of(text)).table();
        ImportedTags tags =
                TableTags.read(table, new Reader(table.guess(), null, Base.ZERO), boiler());
        return TagImport.of(editor.project(), tags, existing);
    }

    @Test
    void aTableIsTakenInOneStepAndEveryLineSaysWhatBecameOfIt() {
        String text =
                "Name;Address;Unit\nSteam Pressure;40001:float32;bar\nLevel;holding:5;%\n"
                        + "Flow;holding:6;m3/h\nBurner;pump;\n";
        String before = editor.text();

        TagImport replacing = table(text, Existing.REPLACE);
        assertThat(replacing.notes())
                .extracting(note -> note.fate() + " " + note.item() + " " + note.after())
                .containsExactly(
                        "CHANGED line 2: Steam Pressure holding:0:float32",
                        "CHANGED line 3: Level holding:5",
                        "TAKEN line 4: Flow holding:6",
                        "LOST line 5 ");
        assertThat(replacing.notes())
                .extracting(Note::why)
                .satisfiesExactly(
                        why -> assertThat(why).isEqualTo("is called Steam_Pressure"),
                        why -> assertThat(why).contains("boiler has, at holding:4"),
                        why -> assertThat(why).isEmpty(),
                        why -> assertThat(why).contains("'pump' is not a Modbus address"));
        editor.apply(replacing.edit().orElseThrow());
        assertThat(boiler().tags().keySet()).containsExactly("Level", "Flow", "Steam_Pressure");
        assertThat(boiler().tags().get("Level").address()).isEqualTo("holding:5");
        editor.undo();
        assertThat(editor.text()).isEqualTo(before);

        TagImport keeping = table(text, Existing.KEEP);
        assertThat(keeping.tags()).isEqualTo(1);
        editor.apply(keeping.edit().orElseThrow());
        assertThat(boiler().tags().get("Level").address()).isEqualTo("holding:4");
    }

    // The CSV export is Kepware's everyday format; 'Scaling' there is a kind, not a factor.
    @Test
    void kepwaresTableKeepsTypesAndLinearScalingAndSaysWhatIsLost() {
        String csv =
                "Tag Name,Address,Data Type,Respect Data Type,Client Access,Scan Rate,Scaling,"
                        + "Raw Low,Raw High,Scaled Low,Scaled High,Scaled Data Type,Clamp Low,"
                        + "Clamp High,Eng Units,Description,Negate Value\n"
                        + "\"Boiler.Temp\",\"400001\",Float,1,R/W,100,,,,,,,,,\"°C\",\"Top\",\n"
                        + "Flow,300006,Word,1,RO,0,Linear,0,1000,-20,80,Float,1,0,m3/h,,1\n"
                        + "Root,400010,Short,1,R/W,100,Square Root,0,100,0,10,Float,0,0,,,\n"
                        + "Lock,400012.3,Boolean,1,RO,100,None,,,,,,,,,,\n"
                        + "Bad,DB1.DBW2,Word,1,RO,100,,,,,,,,,,,\n"
                        + "Many,400020,Float Array,1,R/W,100,,,,,,,,,,,\n";
        TagTable table = ((TagSource.Kepware) TagSource.of(csv)).table();

        ImportedTags tags = KepwareTable.read(table, boiler(), true);

        assertThat(tags.devices().get(0).tags())
                .extracting(TagSpec::address)
                .containsExactly(
                        "holding:0:float32:CDAB", "input:5", "holding:9:int16", "holding:11.3");
        TagSpec temp = tags.devices().get(0).tags().get(0);
        assertThat(temp.name()).isEqualTo("Boiler.Temp");
        assertThat(temp.interval()).isEqualTo(Duration.ofMillis(100));
        assertThat(temp.unit()).isEqualTo("°C");
        TagSpec flow = tags.devices().get(0).tags().get(1);
        assertThat(((Value.Numeric) flow.own(Value.of(1000L))).asDouble()).isEqualTo(-80);
        assertThat(((Value.Numeric) flow.own(Value.of(0L))).asDouble()).isEqualTo(20);
        assertThat(flow.interval()).isNull();
        assertThat(tags.notes())
                .extracting(note -> note.fate() + " " + note.item())
                .containsExactly(
                        "TAKEN Boiler.Temp",
                        "CHANGED Flow",
                        "CHANGED Root",
                        "CHANGED Lock",
                        "LOST Bad",
                        "LOST Many");
        assertThat(tags.notes())
                .extracting(Note::why)
                .satisfiesExactly(
                        why -> assertThat(why).isEmpty(),
                        why -> assertThat(why).contains("no longer clamped"),
                        why -> assertThat(why).contains("Square Root"),
                        why -> assertThat(why).contains("read-only"),
                        why -> assertThat(why).contains("DB1.DBW2"),
                        why -> assertThat(why).contains("a tag of each element"));
        assertThat(KepwareTable.read(table, boiler(), false).devices().get(0).tags().get(0))
                .extracting(TagSpec::address)
                .isEqualTo("holding:0:float32");
    }

    @Test
    void anExportOfOurOwnChangesNothing() {
        TagImport again = table(TagTable.csv(boiler().tags().values()), Existing.REPLACE);

        assertThat(again.edit()).isEmpty();
        assertThat(again.notes()).extracting(Note::why).containsExactly("", "");
    }

    @Test
    void aDeviceAtAKnownPlaceIsThatOneAndOthersAreNew() {
        String json =
                "{\"nodes\":[{\"name\":\"plc\",\"plugin\":\"Modbus TCP\",\"params\":"
                        + "{\"host\":\"10.0.0.9\",\"port\":502,\"connection_mode\":0},\"groups\":"
                        + "[{\"group\":\"g\",\"interval\":200,\"tags\":["
                        + "{\"name\":\"a\",\"address\":\"1!400001\",\"type\":3},"
                        + "{\"name\":\"b\",\"address\":\"2!400001\",\"type\":3}]}]}]}";
        TagSource.Export export = (TagSource.Export) TagSource.of(json);

        TagImport planned = TagImport.of(editor.project(), export.tags(), Existing.REPLACE);

        assertThat(export.program()).isEqualTo("Neuron");
        assertThat(planned.devices())
                .extracting(Device::endpoint)
                .containsExactly(
                        "modbus-tcp://10.0.0.9?timeout=2s", "modbus-tcp://10.0.0.9:502?unit=2");
        editor.apply(planned.edit().orElseThrow());
        assertThat(boiler().tags().values())
                .extracting(TagSpec::name)
                .containsExactly("Level", "Flow", "a");
        assertThat(editor.project().devices()).hasSize(2);
    }

    @Test
    void whatIsNeitherTableNorExportSaysSo() {
        assertThatThrownBy(() -> TagSource.of("{\"hello\": 1}"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("Kepware");
        assertThatThrownBy(() -> TagSource.of(" \n"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("nothing");
    }
}
