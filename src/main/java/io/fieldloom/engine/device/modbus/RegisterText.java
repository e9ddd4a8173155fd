package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import io.fieldloom.domain.tag.WholeRange;
import io.fieldloom.domain.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a person types to be written, as a value of the address's type. Pure and stateless. */
public final class RegisterText {
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][+-]?\\d{1,3})?");
    private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]{1,16}");

    private RegisterText() {}

    /**
     * {@code true false 1 0} for a bool, a decimal number or {@code 0x1F} for an integer, also
     * {@code NaN Infinity -Infinity} for a float. Anything else, or a number out of the type's
     * range, is malformed.
     */
    public static Value parse(ModbusAddress address, String text) {
        Type type = address.type();
        if (type == Type.BOOL) {
            return bool(address, text.strip());
        }
        Value value =
                switch (type) {
                    case STRING -> Value.of(text);
                    case FLOAT32, FLOAT64 -> number(address, text.strip());
                    default -> integer(address, text.strip());
                };
        // what the registers cannot hold is refused here, before anything is sent
        byte[] registers = RegisterCodec.encode(address, value);
        return type == Type.STRING ? value : RegisterCodec.decode(address, registers, 0).value();
    }

    /** Whether a value is on, as a bit takes it. */
    static boolean bool(ModbusAddress address, Value value) {
        if (value instanceof Value.Bool bool) {
            return bool.value();
        }
        if (value instanceof Value.Numeric number && number.isFinite()) {
            return number.decimal().signum() != 0;
        }
        throw RegisterCodec.misfit(address, value, "takes true or false");
    }

    private static Value bool(ModbusAddress address, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Value.of(true);
            case "false", "0" -> Value.of(false);
            default -> throw RegisterCodec.misfit(address, Value.of(text), "takes true or false");
        };
    }

    private static Value integer(ModbusAddress address, String text) {
        if (HEX.matcher(text).matches()) {
            return Value.of(new BigInteger(text.substring(2), 16));
        }
        WholeRange range = WholeRange.of(address.type()).orElseThrow();
        return new Value.Decimal(
                decimal(address, text, "takes whole numbers from " + range.words()));
    }

    private static Value number(ModbusAddress address, String text) {
        return switch (text) {
            case "NaN" -> Value.of(Double.NaN);
            case "Infinity", "-Infinity" -> Value.of(Double.parseDouble(text));
            default -> new Value.Decimal(decimal(address, text, "takes numbers such as 42.5"));
        };
    }

    private static BigDecimal decimal(ModbusAddress address, String text, String rule) {
        if (!DECIMAL.matcher(text).matches()) {
            throw RegisterCodec.misfit(address, Value.of(text), rule);
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            MalformedException malformed = RegisterCodec.misfit(address, Value.of(text), rule);
            malformed.initCause(e);
            throw malformed;
        }
    }
}
