package io.fieldloom.engine.device.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final List<Integer> sizes = new ArrayList<>();

    @Test
    void cutsByTheAnnouncedLimitAndKeepsTheOrder() throws Exception {
        assertThat(send(new Batch(7, 100), 100, Integer.MAX_VALUE)).isEqualTo(numbers(100));
        assertThat(sizes).allMatch(size -> size <= 7).hasSize(15);
    }

    // Some servers announce 0 for "no limit"; taken literally that would never end.
    @Test
    void takesALimitOfZeroForNone() throws Exception {
        assertThat(send(new Batch(0, 50), 120, Integer.MAX_VALUE)).hasSize(120);
        assertThat(sizes).hasSize(3);
    }

    // A request above the real limit fails whole; nine tenths of a tree were lost that way.
    @Test
    void halvesUntilTheServerTakesItAndRemembers() throws Exception {
        Batch batch = new Batch(0, 100);
        assertThat(send(batch, 250, 10)).isEqualTo(numbers(250));
        assertThat(batch.most()).isLessThanOrEqualTo(10).isPositive();
        sizes.clear();
        assertThat(send(batch, 30, 10)).hasSize(30);
        assertThat(sizes).allMatch(size -> size <= 10);
    }

    @Test
    void givesUpWhenEvenOneIsTooMany() {
        assertThatThrownBy(() -> send(new Batch(0, 100), 5, 0))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(UaException.class);
    }

    @Test
    void doesNotTakeAMissingResultForAnother() {
        CompletableFuture<List<Integer>> sent =
                new Batch(0, 10)
                        .send(
                                numbers(3),
                                part -> CompletableFuture.completedFuture(part.subList(0, 2)));
        assertThatThrownBy(() -> sent.get(5, TimeUnit.SECONDS))
                .hasMessageContaining("asked for 3 results, got 2");
    }

    private List<Integer> send(Batch batch, int count, int limit) throws Exception {
        return batch.send(
                        numbers(count),
                        part -> {
                            sizes.add(part.size());
                            return part.size() > limit
                                    ? CompletableFuture.failedFuture(
                                            new UaException(StatusCodes.Bad_TooManyOperations))
                                    : CompletableFuture.completedFuture(part);
                        })
                .get(5, TimeUnit.SECONDS);
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
