package io.fieldloom.ui.events;

import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Column;
import java.time.LocalDate;
import java.util.List;

/** The columns of events and alarms. */
final class EventColumns {
    private EventColumns() {}

    static List<Column<EventLine>> all() {
        return List.of(
                Column.<EventLine>text(
                                "Time",
                                124,
                                (line, cell) ->
                                        cell.text(line.time(LocalDate.now()))
                                                .mono()
                                                .tip(String.valueOf(line.event().time())))
                        .keep(6),
                Column.<EventLine>number(
                                "Severity",
                                66,
                                (line, cell) ->
                                        cell.text(Integer.toString(line.event().severity()))
                                                .tone(line.severityTone())
                                                .tip("OPC UA severity, 1 to 1000"))
                        .keep(5),
                Column.<EventLine>text(
                                "Source",
                                130,
                                (line, cell) -> cell.text(line.event().source()).strong())
                        .keep(4),
                Column.<EventLine>text(
                                "Message",
                                0,
                                (line, cell) ->
                                        cell.text(line.event().message())
                                                .tip(line.event().message()))
                        .least(160)
                        .grows(),
                Column.<EventLine>text(
                                "State",
                                236,
                                (line, cell) ->
                                        cell.text(line.state())
                                                .tone(line.stateTone())
                                                .tip(line.state()))
                        .keep(3),
                Column.<EventLine>text(
                                "Type",
                                140,
                                (line, cell) ->
                                        cell.text(line.event().type())
                                                .tone(Tone.DIM)
                                                .tip(line.event().type()))
                        .keep(2));
    }
}
