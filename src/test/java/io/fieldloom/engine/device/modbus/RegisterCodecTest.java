package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import io.fieldloom.domain.tag.WholeRange;
import io.fieldloom.domain.value.Value;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterCodecTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final long SEED = 20260101;

    private static String registers(String address, Value value) {
        return HEX.formatHex(RegisterCodec.encode(ModbusAddress.parse(address), value));
    }

    private static Value value(String address, String hex) {
        return RegisterCodec.decode(ModbusAddress.parse(address), HEX.parseHex(hex), 0).value();
    }

    // What the engineer compares with the manual: the bytes as they lie in the registers.
    @ParameterizedTest
    @CsvSource({
        "holding:0:float32,             1.0,        3F800000",
        "holding:0:float32:CDAB,        1.0,        00003F80",
        "holding:0:float32:BADC,        1.0,        803F0000",
        "holding:0:float32:DCBA,        1.0,        0000803F",
        "holding:0:uint16,              258,        0102",
        "holding:0:uint16:BA,           258,        0201",
        "holding:0:int16,               -2,         FFFE",
        "holding:0:uint32,              4294967294, FFFFFFFE",
        "holding:0:int32,               -2,         FFFFFFFE",
        "holding:0:uint32:CDAB,         16909060,   03040102",
        "holding:0:uint32:BADC,         16909060,   02010403",
        "holding:0:uint32:DCBA,         16909060,   04030201",
        "holding:0:uint64,              72623859790382856,   0102030405060708",
        "holding:0:uint64:GHEFCDAB,     72623859790382856,   0708050603040102",
        "holding:0:uint64:BADCFEHG,     72623859790382856,   0201040306050807",
        "holding:0:uint64:HGFEDCBA,     72623859790382856,   0807060504030201",
        "holding:0:uint64,              18446744073709551615, FFFFFFFFFFFFFFFF",
        "holding:0:int64,               -9223372036854775808, 8000000000000000",
        "holding:0:float64,             -0.5,       BFE0000000000000",
        "holding:0:float64:GHEFCDAB,    -0.5,       000000000000BFE0",
        "holding:0:bcd16,               1234,       1234",
        "holding:0:bcd16:BA,            1234,       3412",
        "holding:0:bcd32,               12345678,   12345678",
        "holding:0:bcd32:CDAB,          12345678,   56781234",
        "holding:0:string[3],           Hello,      48656C6C6F00",
        "holding:0:string[3]:BA,        Hello,      65486C6C006F"
    })
    void knownRegisters(String address, String text, String hex) {
        Value value = RegisterText.parse(ModbusAddress.parse(address), text);

        assertThat(registers(address, value)).isEqualTo(hex);
        assertThat(value(address, hex)).isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource(
            value = Type.class,
            names = {"BOOL"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyOrderGivesBackWhatItTook(Type type) {
        Random random = new Random(SEED);
        for (String order : type.orders()) {
            String text =
                    "holding:7:" + type.word() + (type == Type.STRING ? "[6]" : "") + ":" + order;
            ModbusAddress address = ModbusAddress.parse(text);
            for (int i = 0; i < 500; i++) {
                Value value = random(type, random);
                byte[] registers = RegisterCodec.encode(address, value);
                byte[] among = new byte[registers.length + 6];
                random.nextBytes(among);
                System.arraycopy(registers, 0, among, 4, registers.length);

                assertThat(RegisterCodec.decode(address, among, 4).value())
                        .as("%s of seed %d, %dth", text, SEED, i)
                        .isEqualTo(value);
            }
        }
    }

    private static Value random(Type type, Random random) {
        return switch (type) {
            case FLOAT32 -> Value.of(random.nextFloat() * 1e6f - 5e5f);
            case FLOAT64 -> Value.of(random.nextDouble() * 1e12 - 5e11);
            case STRING -> {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(7); i > 0; i--) {
                    text.appendCodePoint(random.nextBoolean() ? 'a' + random.nextInt(26) : 'é');
                }
                yield Value.of(text.toString());
            }
            default -> {
                WholeRange range = WholeRange.of(type).orElseThrow();
                BigInteger size = range.most().subtract(range.least()).add(BigInteger.ONE);
                yield Value.of(new BigInteger(80, random).mod(size).add(range.least()));
            }
        };
    }

    @Test
    void notANumberAndInfinitiesAreValues() {
        assertThat(value("holding:0:float32", "7FC00000")).isEqualTo(Value.of(Float.NaN));
        assertThat(value("holding:0:float32", "FF800000"))
                .isEqualTo(Value.of(Float.NEGATIVE_INFINITY));
        assertThat(registers("holding:0:float64", Value.of(Double.NaN)))
                .isEqualTo("7FF8000000000000");
    }

    @Test
    void bitZeroIsTheLeastSignificant() {
        assertThat(value("holding:60.0", "0001")).isEqualTo(Value.of(true));
        assertThat(value("holding:60.2", "0004")).isEqualTo(Value.of(true));
        assertThat(value("holding:60.15", "8000")).isEqualTo(Value.of(true));
        assertThat(value("holding:60.15", "7FFF")).isEqualTo(Value.of(false));
    }

    @Test
    void registersThatAreNoDecimalDigitsAreBadAndNoError() {
        RegisterCodec.Decoded decoded =
                RegisterCodec.decode(
                        ModbusAddress.parse("holding:0:bcd16"), HEX.parseHex("12A4"), 0);

        assertThat(decoded.value()).isEqualTo(Value.NONE);
        assertThat(decoded.status().name()).isEqualTo("BadOutOfRange");
    }

    @Test
    void textThatIsNotUtf8IsReadAsLatin1() {
        assertThat(value("holding:0:string[2]", "5AFC6D00")).isEqualTo(Value.of("Züm"));
        assertThat(value("holding:0:string[2]", "20204100")).isEqualTo(Value.of("  A"));
        assertThat(value("holding:0:string[2]", "00000000")).isEqualTo(Value.of(""));
    }

    @ParameterizedTest
    @CsvSource({
        "holding:0,             65536",
        "holding:0,             -1",
        "holding:0,             1.5",
        "holding:0,             abc",
        "holding:0,             1e99999999999",
        "holding:0:int16,       32768",
        "holding:0:uint32,      4294967296",
        "holding:0:uint64,      18446744073709551616",
        "holding:0:int64,       9223372036854775808",
        "holding:0:bcd16,       10000",
        "holding:0:bcd32,       -1",
        "holding:0:float32,     1e39",
        "holding:0:float64,     1e309",
        "holding:0:float32,     0x1p3",
        "holding:0:string[2],   Hello",
        "coil:0,                maybe"
    })
    void whatDoesNotFitIsRefusedWithTheRule(String address, String text) {
        assertThatThrownBy(() -> RegisterText.parse(ModbusAddress.parse(address), text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(address)
                .hasMessageContaining("takes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x1F", "31", "31.0", "3.1e1", " 31 "})
    void anIntegerMayBeWrittenInSeveralWays(String text) {
        assertThat(RegisterText.parse(ModbusAddress.parse("holding:0"), text))
                .isEqualTo(Value.of(31L));
    }
}
