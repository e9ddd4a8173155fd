package io.fieldloom.engine.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleCsvTest {
    // A dash in the place of one missing number makes text of the whole column in a spreadsheet.
    @Test
    void aMissingValueIsAnEmptyCellAndEachLineSaysWhatItIs() {
        Instant ten = Instant.parse("2026-01-01T10:00:00Z");
        List<Sample> samples =
                List.of(
                        Sample.good(Value.of(7.25), ten),
                        Sample.failed(Status.named("BadNoData"), ten.plusSeconds(60)));

        assertThat(new SampleCsv("filler/ns=2;s=A,B", "Average", "1m", "°C").of(samples))
                .isEqualTo(
                        """
                        time (UTC),tag,aggregate,interval,value,unit,status
                        2026-01-01T10:00:00Z,"filler/ns=2;s=A,B",Average,1m,7.25,°C,Good
                        2026-01-01T10:01:00Z,"filler/ns=2;s=A,B",Average,1m,,°C,BadNoData
                        """
                                .replace("\n", "\r\n"));
    }
}
