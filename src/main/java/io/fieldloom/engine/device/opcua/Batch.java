package io.fieldloom.engine.device.opcua;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;

/**
 * How many operations one service takes in one request. It begins with what the server announces
 * and shrinks when a request turns out to be too large, since some servers take less than they say.
 * Thread-safe.
 */
final class Batch {
    /** Two requests in flight are 1.3 to 2 times faster than one; more gain little. */
    private static final int IN_FLIGHT = 2;

    private volatile int most;

    /**
     * @param announced the server's limit; 0 means that it has none
     * @param useful more than this gains nothing
     */
    Batch(long announced, int useful) {
        most = announced <= 0 ? useful : (int) Math.min(announced, useful);
    }

    int most() {
        return most;
    }

    /** Sends all items in as many requests as it takes; results come in the order of the items. */
    <T, R> CompletableFuture<List<R>> send(
            List<T> items, Function<List<T>, CompletableFuture<List<R>>> request) {
        if (items.isEmpty()) {
            return CompletableFuture.completedFuture(new ArrayList<>());
        }
        Job<T, R> job = new Job<>(List.copyOf(items), request);
        CompletableFuture<?>[] lanes = new CompletableFuture<?>[IN_FLIGHT];
        Arrays.setAll(lanes, lane -> job.next());
        return CompletableFuture.allOf(lanes).thenApply(done -> job.results());
    }

    /** One call's progress through its items. */
    private final class Job<T, R> {
        private final List<T> items;
        private final Function<List<T>, CompletableFuture<List<R>>> request;
        private final Object[] results;
        private int taken;

        Job(List<T> items, Function<List<T>, CompletableFuture<List<R>>> request) {
            this.items = items;
            this.request = request;
            this.results = new Object[items.size()];
        }

        CompletableFuture<Void> next() {
            int from;
            int to;
            synchronized (this) {
                from = taken;
                to = Math.min(items.size(), from + most);
                taken = to;
            }
            return from == to
                    ? CompletableFuture.completedFuture(null)
                    : part(from, to).thenCompose(done -> next());
        }

        private CompletableFuture<Void> part(int from, int to) {
            return request.apply(items.subList(from, to))
                    .handle((answers, failure) -> settle(from, to, answers, failure))
                    .thenCompose(Function.identity());
        }

        private CompletableFuture<Void> settle(
                int from, int to, List<R> answers, Throwable failure) {
            int size = to - from;
            if (failure != null && size > 1 && isTooLarge(failure)) {
                most = Math.max(1, Math.min(most, size / 2));
                int middle = from + size / 2;
                return part(from, middle).thenCompose(done -> part(middle, to));
            }
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            if (answers.size() != size) {
                return CompletableFuture.failedFuture(
                        new UaException(
                                StatusCodes.Bad_UnexpectedError,
                                "asked for " + size + " results, got " + answers.size()));
            }
            synchronized (this) {
                for (int i = 0; i < size; i++) {
                    results[from + i] = answers.get(i);
                }
            }
            return CompletableFuture.completedFuture(null);
        }

        @SuppressWarnings("unchecked") // only settle() writes, and it writes Rs
        private synchronized List<R> results() {
            return (List<R>) new ArrayList<>(Arrays.asList(results));
        }
    }

    private static boolean isTooLarge(Throwable failure) {
        return UaException.extractStatusCode(failure)
                .map(
                        code ->
                                code.value() == StatusCodes.Bad_TooManyOperations
                                        || code.value() == StatusCodes.Bad_EncodingLimitsExceeded
                                        || code.value() == StatusCodes.Bad_ResponseTooLarge
                                        || code.value() == StatusCodes.Bad_RequestTooLarge
                                        || code.value() == StatusCodes.Bad_TcpMessageTooLarge)
                .orElse(false);
    }
}
