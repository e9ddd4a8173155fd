package io.fieldloom.ui.devices;

import io.fieldloom.engine.device.modbus.ReadPreview.Request;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.List;

/** The requests of a read plan as rows. FX thread only. */
final class RequestTable {
    private final FlatRows<Request> index = new FlatRows<>(RequestTable::path, PollingPlan::range);
    private final VirtualRows<Request> rows;
    private PollingPlan plan;

    RequestTable() {
        rows =
                new VirtualRows<>(
                        "Requests",
                        index,
                        index,
                        List.of(
                                Column.text(
                                        "Addresses",
                                        176,
                                        (request, cell) ->
                                                cell.text(PollingPlan.range(request)).mono()),
                                Column.<Request>number(
                                                "Asked",
                                                52,
                                                (request, cell) ->
                                                        cell.text(
                                                                Presentation.count(
                                                                        request.count())))
                                        .keep(3),
                                Column.<Request>number(
                                                "Wanted",
                                                56,
                                                (request, cell) ->
                                                        cell.text(
                                                                Presentation.count(
                                                                        request.wanted())))
                                        .keep(2),
                                Column.<Request>number(
                                                "Every",
                                                56,
                                                (request, cell) ->
                                                        cell.text(PollingPlan.interval(request)))
                                        .keep(4),
                                Column.<Request>text(
                                                "Tags",
                                                0,
                                                (request, cell) ->
                                                        cell.text(plan.names(request))
                                                                .tone(Tone.DIM)
                                                                .tip(() -> plan.names(request)))
                                        .grows()));
        new RowCopy<>(rows, PollingPlan::range);
    }

    private static String path(Request request) {
        return PollingPlan.range(request) + " " + PollingPlan.interval(request);
    }

    void show(PollingPlan shown) {
        plan = shown;
        index.set(shown.preview().requests());
        rows.refresh();
    }

    VirtualRows<Request> node() {
        return rows;
    }
}
