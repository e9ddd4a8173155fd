package io.fieldloom.engine.device.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.opcua.DictionaryType.Name;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as controllers send them that describe their structures in type dictionaries only. */
class DictionaryDecoderTest {
    private static final String LINE = "urn:acme:line";
    private static final TypeDictionary PARTS =
            dictionary(
                    "urn:acme:parts",
                    "",
                    """
                    <opc:StructuredType Name="Point">
                      <opc:Field Name="X" TypeName="opc:Int16"/>
                      <opc:Field Name="Y" TypeName="opc:Int16"/>
                    </opc:StructuredType>
                    """);
    private static final TypeDictionary DICTIONARY =
            dictionary(
                    LINE,
                    "xmlns:p=\"urn:acme:parts\" xmlns:ua=\"http://opcfoundation.org/UA/\"",
                    """
                    <opc:Documentation>Of a bottling line</opc:Documentation>
                    <opc:Import Namespace="urn:acme:parts"/>
                    <opc:EnumeratedType Name="Mode" LengthInBits="32">
                      <opc:EnumeratedValue Name="Off" Value="0"/>
                      <opc:EnumeratedValue Name="Auto" Value="3"/>
                    </opc:EnumeratedType>
                    <opc:EnumeratedType Name="Colour" LengthInBits="2">
                      <opc:EnumeratedValue Name="Amber" Value="2"/>
                    </opc:EnumeratedType>
                    <opc:OpaqueType Name="Mac" LengthInBits="48"/>
                    <opc:StructuredType Name="Recipe" BaseType="ua:ExtensionObject">
                      <opc:Field Name="Name" TypeName="opc:String"/>
                      <opc:Field Name="NoOfSteps" TypeName="opc:Int32"/>
                      <opc:Field Name="Steps" TypeName="tns:Step" LengthField="NoOfSteps"/>
                      <opc:Field Name="NoOfNotes" TypeName="opc:Int32"/>
                      <opc:Field Name="Notes" TypeName="opc:CharArray" LengthField="NoOfNotes"/>
                    </opc:StructuredType>
                    <opc:StructuredType Name="Step">
                      <opc:Field Name="Mode" TypeName="tns:Mode"/>
                      <opc:Field Name="At" TypeName="p:Point"/>
                    </opc:StructuredType>
                    <opc:StructuredType Name="Optional">
                      <opc:Field Name="LimitSpecified" TypeName="opc:Bit"/>
                      <opc:Field Name="UnitSpecified" TypeName="opc:Bit" Length="1"/>
                      <opc:Field Name="Reserved1" TypeName="opc:Bit" Length="30"/>
                      <opc:Field Name="Limit" TypeName="opc:Float" SwitchField="LimitSpecified"/>
                      <opc:Field Name="Unit" TypeName="ua:LocalizedText"
                                 SwitchField="UnitSpecified"/>
                    </opc:StructuredType>
                    <opc:StructuredType Name="Choice">
                      <opc:Field Name="SwitchField" TypeName="opc:UInt32"/>
                      <opc:Field Name="Number" TypeName="opc:UInt64"
                                 SwitchField="SwitchField" SwitchValue="1"/>
                      <opc:Field Name="Where" TypeName="p:Point"
                                 SwitchField="SwitchField" SwitchValue="2"/>
                    </opc:StructuredType>
                    <opc:StructuredType Name="Flags">
                      <opc:Field Name="Ready" TypeName="opc:Bit"/>
                      <opc:Field Name="Fault" TypeName="opc:Bit"/>
                      <opc:Field Name="Lamp" TypeName="tns:Colour"/>
                      <opc:Field Name="Count" TypeName="opc:Bit" Length="10"/>
                      <opc:Field Name="Speed" TypeName="opc:UInt16"/>
                      <opc:Field Name="Late" TypeName="opc:Bit"/>
                      <opc:Field Name="Port" TypeName="tns:Mac"/>
                      <opc:Field Name="Pair" TypeName="opc:Byte" Length="2"/>
                    </opc:StructuredType>
                    <opc:StructuredType Name="Endless">
                      <opc:Field Name="Again" TypeName="tns:Endless"/>
                    </opc:StructuredType>
                    """);

    @Test
    void readsArraysOfNestedStructuresOfTwoDictionaries() throws Exception {
        Value recipe =
                decode(
                        "Recipe",
                        "03000000 416C65" // Ale
                                + "02000000 03000000 0100 FFFF 09000000 0200 0300"
                                + "01000000 02000000 6F6B"); // ok

        assertThat(recipe)
                .isEqualTo(
                        structure(
                                "Recipe",
                                "Name",
                                Value.of("Ale"),
                                "Steps",
                                array(
                                        step(new Value.Enumerated(3, "Auto"), 1, -1),
                                        step(Value.of(9), 2, 3)),
                                "Notes",
                                array(Value.of("ok"))));
        assertThat(decode("Recipe", "FFFFFFFF FFFFFFFF 00000000"))
                .as("null string, null array, empty array")
                .isEqualTo(
                        structure(
                                "Recipe",
                                "Name",
                                Value.NONE,
                                "Steps",
                                Value.NONE,
                                "Notes",
                                array()));
    }

    @Test
    void readsOnlyTheOptionalFieldsThatAreThere() throws Exception {
        assertThat(decode("Optional", "02000000 02 02000000 6D6D"))
                .isEqualTo(structure("Optional", "Unit", Value.of("mm")));
        assertThat(decode("Optional", "01000000 0000C03F"))
                .isEqualTo(structure("Optional", "Limit", Value.of(1.5f)));
        assertThat(decode("Optional", "00000000")).isEqualTo(structure("Optional"));
    }

    @Test
    void readsTheChosenMemberOfAUnion() throws Exception {
        assertThat(decode("Choice", "01000000 FFFFFFFFFFFFFFFF"))
                .isEqualTo(structure("Choice", "Number", Value.ofUnsigned(-1)));
        assertThat(decode("Choice", "02000000 01000200"))
                .isEqualTo(structure("Choice", "Where", point(1, 2)));
        assertThat(decode("Choice", "00000000")).isEqualTo(structure("Choice"));
    }

    // 1, 0, amber 10, then 10 bits: 0x2A5 = 10 1010 0101; the next number starts at a whole byte
    @Test
    void readsBitsFromTheLeastSignificantOne() throws Exception {
        assertThat(decode("Flags", "592A 0A00 01 0123456789AB 0708"))
                .isEqualTo(
                        structure(
                                "Flags",
                                "Ready",
                                Value.of(true),
                                "Fault",
                                Value.of(false),
                                "Lamp",
                                new Value.Enumerated(2, "Amber"),
                                "Count",
                                Value.of(0x2A5),
                                "Speed",
                                Value.of(10),
                                "Late",
                                Value.of(true),
                                "Port",
                                new Value.Bytes(HexFormat.of().parseHex("0123456789ab")),
                                "Pair",
                                array(Value.of(7), Value.of(8))));
    }

    // A value that is decoded wrongly would be published as a good one.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Choice 01000000 FFFFFFFFFFFFFF",
                "Choice 02000000 0100020000",
                "Recipe FFFFFFFF FFFFFF7F",
                "Endless 00000000",
                "Unheard 00000000"
            })
    void refusesABodyThatDoesNotFit(String body) {
        String[] parts = body.split(" ", 2);
        assertThatThrownBy(() -> decode(parts[0], parts[1])).isInstanceOf(UaException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no XML",
                "<a/>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>",
                "<opc:TypeDictionary xmlns:opc='http://opcfoundation.org/BinarySchema/'"
                        + " DefaultByteOrder='BigEndian'/>",
                "<opc:TypeDictionary xmlns:opc='http://opcfoundation.org/BinarySchema/'>"
                        + "<opc:StructuredType Name='A'><opc:Field Name='B' TypeName='x:C'/>"
                        + "</opc:StructuredType></opc:TypeDictionary>"
            })
    void refusesWhatIsNoDictionary(String text) {
        assertThatThrownBy(() -> TypeDictionary.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedException.class);
    }

    private static Value decode(String type, String hex) throws UaException {
        return new DictionaryDecoder(
                        DictionaryDecoderTest::lookedUp,
                        new ValueDecoder(new Addresses(List.of()), null),
                        DefaultEncodingContext.INSTANCE,
                        HexFormat.of().parseHex(hex.replace(" ", "")))
                .decode(new Name(LINE, type));
    }

    private static DictionaryType lookedUp(Name name) throws UaException {
        TypeDictionary dictionary = name.namespace().equals(LINE) ? DICTIONARY : PARTS;
        DictionaryType type = dictionary.types().get(name.local());
        if (type == null) {
            throw new UaException(0, "unknown " + name);
        }
        return type;
    }

    private static TypeDictionary dictionary(String namespace, String prefixes, String types) {
        String xml =
                "<opc:TypeDictionary xmlns:opc='http://opcfoundation.org/BinarySchema/' xmlns:tns='"
                        + namespace
                        + "' "
                        + prefixes
                        + " TargetNamespace='"
                        + namespace
                        + "' DefaultByteOrder='LittleEndian'>"
                        + types
                        + "</opc:TypeDictionary>\0";
        return TypeDictionary.parse(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static Value step(Value mode, int x, int y) {
        return structure("Step", "Mode", mode, "At", point(x, y));
    }

    private static Value point(int x, int y) {
        return structure("Point", "X", Value.of(x), "Y", Value.of(y));
    }

    private static Value array(Value... elements) {
        return new Value.Array(Arrays.asList(elements));
    }

    private static Value structure(String type, Object... namesAndValues) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
        }
        return new Value.Structure(type, fields);
    }
}
