package io.fieldloom.engine.device.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.junit.jupiter.api.Test;

class SlowNodesTest {
    private int requests;

    private static ReadValueId node(int number) {
        return Services.attribute(new NodeId(1, number), AttributeId.Value);
    }

    private CompletableFuture<List<DataValue>> server(List<ReadValueId> wanted, int slow) {
        requests++;
        return wanted.contains(node(slow))
                ? timedOut()
                : CompletableFuture.completedFuture(
                        wanted.stream()
                                .map(
                                        one ->
                                                new DataValue(
                                                        new Variant(
                                                                one.getNodeId().getIdentifier())))
                                .toList());
    }

    private static CompletableFuture<List<DataValue>> timedOut() {
        return CompletableFuture.failedFuture(new UaException(StatusCodes.Bad_Timeout));
    }

    // One slow node cost the values of all that were read with it.
    @Test
    void onlyTheSlowNodeTimesOut() {
        List<ReadValueId> wanted =
                IntStream.rangeClosed(1, 1_000).mapToObj(SlowNodesTest::node).toList();

        List<DataValue> values = new SlowNodes(part -> server(part, 700)).values(wanted).join();

        assertThat(values).hasSize(1_000);
        for (int at = 0; at < values.size(); at++) {
            DataValue value = values.get(at);
            if (at == 699) {
                assertThat(value.statusCode().value()).isEqualTo(StatusCodes.Bad_Timeout);
            } else {
                assertThat(value.value().value())
                        .isEqualTo(wanted.get(at).getNodeId().getIdentifier());
            }
        }
        assertThat(requests).isLessThan(60);
    }

    @Test
    void aServerThatSaysNothingIsNotAskedForEachNode() {
        CompletableFuture<List<DataValue>> values =
                new SlowNodes(
                                part -> {
                                    requests++;
                                    return timedOut();
                                })
                        .values(List.of(node(1), node(2)));

        assertThat(values).isCompletedExceptionally();
        assertThat(requests).isEqualTo(2);
    }
}
