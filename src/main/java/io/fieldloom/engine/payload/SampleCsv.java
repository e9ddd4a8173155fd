package io.fieldloom.engine.payload;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import java.util.List;

/**
 * Samples of one tag as comma-separated text (RFC 4180) with a heading. What has no value is an
 * empty cell, so that the column stays one of numbers. Pure.
 *
 * @param tag device and tag
 * @param kind {@code as recorded}, or what was calculated of each interval
 * @param interval of what was calculated, else the empty text
 * @param unit or the empty text
 */
public record SampleCsv(String tag, String kind, String interval, String unit) {
    private static final String HEADING = "time (UTC),tag,aggregate,interval,value,unit,status";

    /** All samples, below one heading. */
    public String of(List<Sample> samples) {
        StringBuilder text = new StringBuilder(HEADING).append("\r\n");
        for (Sample sample : samples) {
            text.append(
                            String.join(
                                    ",",
                                    sample.time().toString(),
                                    quoted(tag),
                                    quoted(kind),
                                    quoted(interval),
                                    quoted(value(sample)),
                                    quoted(unit),
                                    quoted(sample.status().name())))
                    .append("\r\n");
        }
        return text.toString();
    }

    private static String value(Sample sample) {
        if (sample.value() instanceof Value.None) {
            return "";
        }
        return sample.value() instanceof Value.Numeric number && number.isFinite()
                ? number.decimal().toPlainString()
                : PayloadEncoder.plain(sample.value());
    }

    private static String quoted(String text) {
        boolean isPlain =
                text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
