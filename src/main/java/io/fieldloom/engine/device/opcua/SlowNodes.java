package io.fieldloom.engine.device.opcua;

import io.fieldloom.engine.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * Reads values of which some may take the server too long. A server answers a request as a whole,
 * so one slow node holds back all that were asked with it: they are asked again apart from each
 * other, and only the slow ones time out. A server that says nothing at all is not asked again.
 */
final class SlowNodes {
    /** Three rounds take a thousand values apart. */
    private static final int PARTS = 16;

    private static final ReadValueId SIGN_OF_LIFE =
            Services.attribute(NodeIds.Server_ServerStatus_State, AttributeId.Value);

    private final Function<List<ReadValueId>, CompletableFuture<List<DataValue>>> read;

    SlowNodes(Function<List<ReadValueId>, CompletableFuture<List<DataValue>>> read) {
        this.read = read;
    }

    CompletableFuture<List<DataValue>> values(List<ReadValueId> wanted) {
        return read.apply(wanted)
                .exceptionallyCompose(
                        failure ->
                                isTimeout(failure)
                                        ? read.apply(List.of(SIGN_OF_LIFE))
                                                .thenCompose(alive -> apart(wanted))
                                        : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<List<DataValue>> apart(List<ReadValueId> wanted) {
        if (wanted.size() == 1) {
            return CompletableFuture.completedFuture(
                    List.of(new DataValue(StatusCodes.Bad_Timeout)));
        }
        int size = (wanted.size() + PARTS - 1) / PARTS;
        CompletableFuture<List<DataValue>> all = CompletableFuture.completedFuture(List.of());
        for (int from = 0; from < wanted.size(); from += size) {
            CompletableFuture<List<DataValue>> part =
                    values(wanted.subList(from, Math.min(wanted.size(), from + size)));
            all = all.thenCombine(part, SlowNodes::joined);
        }
        return all;
    }

    private static List<DataValue> joined(List<DataValue> some, List<DataValue> more) {
        List<DataValue> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static boolean isTimeout(Throwable failure) {
        return Cause.of(failure) instanceof TimeoutException
                || UaException.extractStatusCode(failure)
                        .map(code -> code.value() == StatusCodes.Bad_Timeout)
                        .orElse(false);
    }
}
