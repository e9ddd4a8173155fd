package io.fieldloom.ui.kit;

import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.value.Quality;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.outlet.OutletState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How things of the plant look: one place decides the words, numbers and tones, so that trees,
 * details, search and tabs always agree. Numbers keep the point of the wire, whatever the locale,
 * for they are compared with payloads.
 */
public final class Presentation {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private static final DecimalFormatSymbols POINT = DecimalFormatSymbols.getInstance(Locale.ROOT);
    private static final int SIGNIFICANT = 5;
    private static final int SHOWN_ELEMENTS = 8;

    private Presentation() {}

    /** A tag's value with its unit, for a narrow column: {@code 72.41 °C}. */
    public static String value(Value value, String unit) {
        return withUnit(value(value), value, unit);
    }

    private static String withUnit(String text, Value value, String unit) {
        boolean hasUnit = unit != null && !unit.isEmpty() && !(value instanceof Value.None);
        return hasUnit ? text + " " + unit : text;
    }

    /** A value to the last digit, for hovering and copying. */
    public static String exact(Value value) {
        return value instanceof Value.Numeric number && number.isFinite()
                ? number.decimal().toPlainString()
                : value(value);
    }

    /** The same with its unit. */
    public static String exact(Value value, String unit) {
        return withUnit(exact(value), value, unit);
    }

    /** A value in words; long fractions are shortened to what can be read, whole numbers never. */
    public static String value(Value value) {
        if (value instanceof Value.None) {
            return "–";
        }
        if (value instanceof Value.Bool bool) {
            return Boolean.toString(bool.value());
        }
        if (value instanceof Value.Text text) {
            return text.value();
        }
        if (value instanceof Value.Enumerated enumerated) {
            return enumerated.name();
        }
        if (value instanceof Value.Time time) {
            return time.value().toString();
        }
        if (value instanceof Value.Bytes bytes) {
            return HexFormat.ofDelimiter(" ").formatHex(bytes.value());
        }
        if (value instanceof Value.Array array) {
            String more = array.elements().size() > SHOWN_ELEMENTS ? ", …]" : "]";
            return array.elements().stream()
                    .limit(SHOWN_ELEMENTS)
                    .map(Presentation::value)
                    .collect(Collectors.joining(", ", "[", more));
        }
        if (value instanceof Value.Structure structure) {
            return structure.fields().entrySet().stream()
                    .map(field -> field.getKey() + ": " + value(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return number((Value.Numeric) value);
    }

    private static String number(Value.Numeric value) {
        if (!value.isFinite()) {
            return Double.toString(value.asDouble());
        }
        BigDecimal exact = value.decimal();
        if (exact.signum() == 0) {
            return "0";
        }
        boolean whole = exact.stripTrailingZeros().scale() <= 0;
        if (whole && (value instanceof Value.Int || value instanceof Value.Big)) {
            return exact.toBigInteger().toString();
        }
        int integerDigits = exact.precision() - exact.scale();
        if (integerDigits > 15 || integerDigits < -5) {
            return new DecimalFormat("0.#####E0", POINT).format(exact);
        }
        int decimals = Math.max(1, SIGNIFICANT - Math.max(1, integerDigits));
        BigDecimal rounded =
                exact.setScale(
                        Math.min(decimals, Math.max(0, exact.scale())), RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** What is drawn of a sample; a gap, NaN, for what is bad or no number. */
    public static double charted(Sample sample) {
        if (sample.status().isBad()) {
            return Double.NaN;
        }
        Value value = sample.value();
        if (value instanceof Value.Numeric number) {
            return number.asDouble();
        }
        if (value instanceof Value.Bool bool) {
            return bool.value() ? 1 : 0;
        }
        return value instanceof Value.Enumerated state ? state.number() : Double.NaN;
    }

    public static Tone quality(Quality quality) {
        return switch (quality) {
            case GOOD -> Tone.NORMAL;
            case UNCERTAIN -> Tone.WARN;
            case BAD -> Tone.BAD;
        };
    }

    public static Tone status(Status status) {
        return status.equals(Status.BAD_WAITING_FOR_INITIAL_DATA)
                ? Tone.DIM
                : quality(status.quality());
    }

    public static Tone link(OutletState.Link link) {
        return switch (link) {
            case UP -> Tone.OK;
            case CONNECTING -> Tone.WARN;
            case DOWN -> Tone.BAD;
            case CLOSED -> Tone.OFF;
        };
    }

    /** The protocol of an endpoint's scheme, as an engineer says it. */
    public static String protocol(String scheme) {
        return switch (scheme) {
            case "opc.tcp" -> "OPC UA";
            case "modbus-tcp" -> "Modbus TCP";
            case "modbus-rtu" -> "Modbus RTU";
            case "modbus-rtu-tcp" -> "Modbus RTU/TCP";
            case "modbus-udp" -> "Modbus UDP";
            default -> scheme;
        };
    }

    /** How long ago: {@code 0.2 s}, {@code 14 s}, {@code 3 min}, {@code 2 h}. */
    public static String age(Duration age) {
        double seconds = Math.max(0, age.toMillis() / 1000.0);
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        if (seconds < 100) {
            return Math.round(seconds) + " s";
        }
        if (seconds < 5_940) {
            return Math.round(seconds / 60) + " min";
        }
        return seconds < 172_800
                ? Math.round(seconds / 3_600) + " h"
                : Math.round(seconds / 86_400) + " d";
    }

    /** Words as a sentence begins, with a capital letter. */
    public static String sentence(String words) {
        return words.isEmpty()
                ? words
                : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** What went wrong, without the device and its place, where its name stands beside it. */
    public static String without(String device, String message) {
        int colon = message.indexOf(": ");
        return colon > 0 && message.startsWith(device) ? message.substring(colon + 2) : message;
    }

    /** A count with thousands marked: {@code 3,412}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 topic}, {@code 186 topics}. */
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** A rate a second: below ten with one decimal. */
    public static String rate(double perSecond) {
        if (perSecond < 0.05) {
            return "0";
        }
        return perSecond < 9.95
                ? String.format(Locale.ROOT, "%.1f", perSecond)
                : count(Math.round(perSecond));
    }

    /** The field's name of a Modbus table. */
    public static String table(ModbusAddress.Table table) {
        return switch (table) {
            case HOLDING -> "Holding registers";
            case INPUT -> "Input registers";
            case COIL -> "Coils";
            case DISCRETE -> "Discrete inputs";
        };
    }

    /** A size: {@code 96 B}, {@code 1.4 kB}, {@code 142 MB}. */
    public static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double amount = bytes / 1_000.0;
        String unit = "kB";
        if (amount >= 999.5) {
            amount /= 1_000;
            unit = "MB";
        }
        if (amount >= 999.5) {
            amount /= 1_000;
            unit = "GB";
        }
        return String.format(Locale.ROOT, amount < 9.95 ? "%.1f %s" : "%.0f %s", amount, unit);
    }

    /** The local time of day with milliseconds; of another day its date, and to the second. */
    public static String moment(Instant time, LocalDate today) {
        LocalDate day = time.atZone(ZoneId.systemDefault()).toLocalDate();
        String clock = clock(time);
        return day.equals(today) ? clock : day + " " + clock.substring(0, "HH:mm:ss".length());
    }

    /** The local time of day, with milliseconds. */
    public static String clock(Instant time) {
        return CLOCK.format(time);
    }
}
