package io.fieldloom.ui.devices;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.ui.kit.Presentation;
import java.util.List;

/** Samples as comma-separated text with a heading, times in UTC, as RFC 4180 has it. Pure. */
final class SampleCsv {
    private SampleCsv() {}

    static String of(List<Sample> samples, String unit) {
        StringBuilder text = new StringBuilder("time,value,unit,status\r\n");
        for (Sample sample : samples) {
            text.append(sample.time())
                    .append(',')
                    .append(quoted(Presentation.exact(sample.value())))
                    .append(',')
                    .append(quoted(unit == null ? "" : unit))
                    .append(',')
                    .append(quoted(sample.status().name()))
                    .append("\r\n");
        }
        return text.toString();
    }

    private static String quoted(String text) {
        boolean isPlain =
                text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
