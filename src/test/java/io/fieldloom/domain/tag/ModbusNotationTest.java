package io.fieldloom.domain.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.tag.ModbusNotation.Base;
import io.fieldloom.domain.tag.ModbusNotation.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModbusNotationTest {

    @ParameterizedTest
    @CsvSource({
        "holding:0, holding:0",
        "Holding:7:float32:CDAB, holding:7:float32:CDAB",
        "holding:0x10, holding:16",
        "input:0xFF.3, input:255.3",
        "holding:0x0E:int32, holding:14:int32",
        "holding:0Eh, holding:14",
        "40001, holding:0",
        "400001, holding:0",
        "465536, holding:65535",
        "40100:float32:CDAB, holding:99:float32:CDAB",
        "40001.15, holding:0.15",
        "30012, input:11",
        "10001, discrete:0",
        "00017, coil:16",
        "000017, coil:16",
        "4x00001, holding:0",
        "4X1, holding:0",
        "0x00017, coil:16",
        "4:00001, holding:0",
        "3:00012:int16, input:11:int16",
        "HR5, holding:5",
        "ir 7, input:7",
        "%MW100, holding:100",
        "%M3, coil:3"
    })
    void notationsThatNameTheirTable(String text, String address) {
        assertThat(ModbusNotation.parse(text).address().text()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "16, ZERO, holding:16",
        "16, ONE, holding:15",
        "0x10, ZERO, holding:16",
        "0x10, ONE, holding:16",
        "1Ah, ONE, holding:26",
        "16:float32, ONE, holding:15:float32",
        "16.3, ZERO, holding:16.3"
    })
    void aNumberTakesTheTableAndBaseThatAreGiven(String text, Base base, String address) {
        assertThat(ModbusNotation.parse(text, Table.HOLDING, base).address().text())
                .isEqualTo(address);
    }

    // Off by one is the commonest mistake of all: what was counted from where is said.
    @Test
    void itSaysHowItUnderstood() {
        Reading manual = ModbusNotation.parse("40001");
        assertThat(manual.how()).isEqualTo("40001 counted from 1 is holding:0");
        assertThat(ModbusNotation.parse("holding:0").how()).isEmpty();
        assertThat(ModbusNotation.parse("0x10", Table.INPUT, Base.ONE).how())
                .isEqualTo("0x10 in hexadecimal, from 0, is input:16");
        assertThat(ModbusNotation.parse("holding:0x0E").how())
                .isEqualTo("holding:0x0E in hexadecimal, from 0, is holding:14");
    }

    // A refusal says how to write what was meant.
    @ParameterizedTest
    @CsvSource({
        "0x0E:int32, holding:0x0E or input:0x0E",
        "16, holding:16 where the manual counts from 0",
        "16:float32, 4x00016 where it counts from 1",
        "pump, TABLE:ADDRESS"
    })
    void aRefusalSaysHowToWriteIt(String text, String way) {
        assertThatThrownBy(() -> ModbusNotation.parse(text)).hasMessageContaining(way);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "16", "50001", "40000", "465537", "4x0", "40001:float", "0x10", "MW"})
    void whatIsAmbiguousOrWrongIsMalformed(String text) {
        assertThatThrownBy(() -> ModbusNotation.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("is not a Modbus address");
    }
}
