package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.value.Quality;
import io.fieldloom.domain.value.Status;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** Status codes by their symbolic names without underscore: {@code BadNodeIdUnknown}. */
final class Statuses {
    /** The code itself; the lower half are information bits (OPC UA Part 4, 7.39.1). */
    private static final long CODE = 0xFFFF_0000L;

    private static final Map<Long, Status> KNOWN = new ConcurrentHashMap<>();

    private Statuses() {}

    static Status of(StatusCode code) {
        return code == null ? Status.GOOD : of(code.value());
    }

    static Status of(long code) {
        return KNOWN.computeIfAbsent(code & CODE, Statuses::make);
    }

    /** The server's status of a service that failed as a whole. */
    static Status ofFailure(Throwable failure) {
        return UaException.extractStatusCode(failure)
                .map(Statuses::of)
                .orElseGet(() -> Status.named("BadUnexpectedError"));
    }

    static String name(StatusCode code) {
        return of(code).name();
    }

    private static Status make(long code) {
        StatusCode status = new StatusCode(code);
        Quality quality =
                status.isGood()
                        ? Quality.GOOD
                        : status.isUncertain() ? Quality.UNCERTAIN : Quality.BAD;
        if (code == 0) {
            return Status.GOOD;
        }
        String word =
                StatusCodes.lookup(code)
                        .map(names -> names[0].replace("_", ""))
                        .orElseGet(
                                () ->
                                        (status.isGood()
                                                        ? "Good"
                                                        : status.isUncertain()
                                                                ? "Uncertain"
                                                                : "Bad")
                                                + String.format(" (0x%08X)", code));
        return new Status(quality, word);
    }
}
