package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.domain.tag.Deadband;
import io.fieldloom.domain.tag.Monitoring;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;

/** The filter that a server is asked to apply to one item (OPC UA Part 4, 7.22.2). */
final class Filters {
    private Filters() {}

    /** Empty where the server's usual way, every change of value or status, is what is wanted. */
    static Optional<DataChangeFilter> of(Monitoring wanted) {
        Deadband deadband = wanted.deadband();
        if (deadband == null && wanted.trigger() == null) {
            return Optional.empty();
        }
        DeadbandType type =
                deadband == null
                        ? DeadbandType.None
                        : deadband.isPercent() ? DeadbandType.Percent : DeadbandType.Absolute;
        return Optional.of(
                new DataChangeFilter(
                        trigger(wanted.trigger()),
                        uint(type.getValue()),
                        deadband == null ? 0.0 : deadband.size()));
    }

    private static DataChangeTrigger trigger(Monitoring.Trigger trigger) {
        if (trigger == null) {
            return DataChangeTrigger.StatusValue;
        }
        return switch (trigger) {
            case STATUS -> DataChangeTrigger.Status;
            case VALUE -> DataChangeTrigger.StatusValue;
            case TIMESTAMP -> DataChangeTrigger.StatusValueTimestamp;
        };
    }

    /** Whether a server says with it that it would take the item without its filter. */
    static boolean isRefusal(StatusCode status) {
        long code = status.value();
        return code == StatusCodes.Bad_MonitoredItemFilterInvalid
                || code == StatusCodes.Bad_MonitoredItemFilterUnsupported
                || code == StatusCodes.Bad_FilterNotAllowed
                || code == StatusCodes.Bad_DeadbandFilterInvalid;
    }
}
