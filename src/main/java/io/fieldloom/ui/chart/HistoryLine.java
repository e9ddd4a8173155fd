package io.fieldloom.ui.chart;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Column;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** One line of the history; numbered, for a sample may come twice. */
record HistoryLine(long number, Sample sample) {
    private static final double TIME = 150;

    static List<Column<HistoryLine>> columns() {
        return List.of(
                Column.<HistoryLine>text(
                                "Local time, " + ZoneId.systemDefault().getId(),
                                0,
                                (line, cell) -> cell.text(line.time()).mono())
                        .least(TIME),
                Column.<HistoryLine>number(
                                "Value",
                                100,
                                (line, cell) ->
                                        cell.text(line.value())
                                                .tone(Presentation.status(line.sample().status())))
                        .keep(2),
                Column.<HistoryLine>text(
                                "Status",
                                100,
                                (line, cell) ->
                                        cell.text(line.sample().status().name())
                                                .tone(
                                                        line.sample().status().isGood()
                                                                ? Tone.DIM
                                                                : Presentation.status(
                                                                        line.sample().status())))
                        .keep(1));
    }

    private String time() {
        return Presentation.moment(sample.time(), LocalDate.now());
    }

    String value() {
        return Presentation.value(sample.value());
    }

    String text() {
        return time() + "\t" + Presentation.exact(sample.value()) + "\t" + sample.status().name();
    }
}
