package io.fieldloom.engine.mqtt;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Requests that wait for the broker's answer; all of them fail when the link does. Thread-safe. */
final class OpenRequests {
    private final Set<CompletableFuture<Integer>> open = ConcurrentHashMap.newKeySet();

    CompletableFuture<Integer> add() {
        CompletableFuture<Integer> request = new CompletableFuture<>();
        open.add(request);
        request.whenComplete((code, failure) -> open.remove(request));
        return request;
    }

    void failAll(MqttFailure failure) {
        for (CompletableFuture<Integer> request : open) {
            request.completeExceptionally(failure);
        }
    }

    /** Completes a request with the broker's answer. */
    static Wire.Answer answering(CompletableFuture<Integer> request) {
        return new Wire.Answer() {
            @Override
            public void done(int reasonCode) {
                request.complete(reasonCode);
            }

            @Override
            public void failed(MqttFailure failure) {
                request.completeExceptionally(failure);
            }
        };
    }
}
