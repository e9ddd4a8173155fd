package io.fieldloom.domain.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @Test
    void everyModbusAddressReadsBackFromItsText() {
        Random random = new Random(42);
        for (int round = 0; round < 5_000; round++) {
            Table table = Table.values()[random.nextInt(4)];
            String text = table.word() + ":" + random.nextInt(65_000);
            if (table.isRegisters()) {
                if (random.nextInt(4) == 0) {
                    text += "." + random.nextInt(16);
                } else {
                    Type type = Type.values()[1 + random.nextInt(Type.values().length - 1)];
                    text += ":" + type.word();
                    if (type == Type.STRING) {
                        text += "[" + (1 + random.nextInt(125)) + "]";
                    }
                    text += ":" + type.orders().get(random.nextInt(type.orders().size()));
                }
            }
            ModbusAddress address = ModbusAddress.parse(text);
            assertThat(ModbusAddress.parse(address.text())).as(text).isEqualTo(address);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "holding:0:float32:CDAB, 2, holding:0:float32:CDAB",
        "holding:0:uint16, 1, holding:0",
        "holding:0:float32:ABCD, 2, holding:0:float32",
        "holding:60.2, 1, holding:60.2",
        "coil:3, 1, coil:3",
        "holding:40:string[10], 10, holding:40:string[10]",
        "input:5:float64:GHEFCDAB, 4, input:5:float64:GHEFCDAB"
    })
    void addressesOfTheContract(String text, int registers, String canonical) {
        ModbusAddress address = ModbusAddress.parse(text);
        assertThat(address.registers()).isEqualTo(registers);
        assertThat(address.text()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "holding",
                "holding:",
                "holding:65536",
                "holding:65535:float32",
                "holding:1:float32:AB",
                "holding:1:float99",
                "holding:1.16",
                "coil:1.2",
                "coil:1:uint16",
                "holding:1.2:bool",
                "holding:1:bool",
                "holding:1:string",
                "holding:1:string[0]",
                "holding:1:string[126]",
                "holding:1:int16[3]",
                "Holding:1",
                "holding:-1",
                "holding: 1",
                "register:1"
            })
    void whatIsNoModbusAddressIsNamed(String text) {
        assertThatThrownBy(() -> ModbusAddress.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "holding:0, 40001",
        "input:9, 30010",
        "coil:0, 00001",
        "discrete:9998, 19999",
        "holding:9999, 410000",
        "holding:65535, 465536"
    })
    void theManualsNotationIsOneBased(String text, String manual) {
        assertThat(ModbusAddress.parse(text).manualNotation()).isEqualTo(manual);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nsu=urn:acme:filler;s=Filler01.Temperature",
                "nsu=http://x/y;i=7",
                "ns=2;s=a;b=c",
                "i=85",
                "g=09087e75-8e5e-499b-954f-f2a9603db28a",
                "nsu=urn:x;b=AQID"
            })
    void everyNodeReadsBackFromItsText(String text) {
        NodeAddress address = NodeAddress.parse(text);
        assertThat(address.text()).isEqualTo(text);
        assertThat(address.isPortable()).isEqualTo(!text.startsWith("ns="));
    }

    // OPC UA Part 6, 5.3.1.11; a server may call its namespace as it likes.
    @Test
    void aNamespaceMayHoldTheCharactersOfTheText() {
        NodeAddress address = new NodeAddress("urn:nasty;x=1/%20 ü", 0, 's', "fo;l=d/er%");

        assertThat(address.text()).isEqualTo("nsu=urn:nasty%3Bx=1/%2520 ü;s=fo;l=d/er%");
        assertThat(NodeAddress.parse(address.text())).isEqualTo(address);
        assertThat(NodeAddress.parse("nsu=urn:x/%20;i=1").namespaceUri())
                .as("a URI that was written as it is")
                .isEqualTo("urn:x/%20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s=", "x=1", "i=abc", "i=4294967296", "g=1", "b=!", "ns=70000;i=1"})
    void whatIsNoNodeIsNamed(String text) {
        assertThatThrownBy(() -> NodeAddress.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
