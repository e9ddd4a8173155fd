package io.fieldloom.engine.outlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationQueueTest {
    private static Publication publication(String topic, int bytes, int qos) {
        return new Publication(topic, new byte[bytes], qos, false, null, 0);
    }

    @Test
    void whatAloneExceedsTheBoundIsLostItselfNotTheOthers() {
        PublicationQueue queue = new PublicationQueue(new PublicationQueue.Bounds(10, 100));
        assertThat(queue.add(publication("a", 50, 1))).isZero();
        assertThat(queue.add(publication("b", 100, 1))).isEqualTo(1);
        assertThat(queue.items()).isEqualTo(1);
        assertThat(queue.bytes()).isEqualTo(51);
    }

    @Test
    void topicsCountInBytes() {
        assertThat(PublicationQueue.size(publication("ž€", 1, 0))).isEqualTo(6);
    }

    // Never more than the bound, never out of order, and every loss told.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itIsABoundedFirstInFirstOut(long seed) {
        Random random = new Random(seed);
        PublicationQueue queue = new PublicationQueue(new PublicationQueue.Bounds(20, 500));
        ArrayDeque<Publication> model = new ArrayDeque<>();
        for (int step = 0; step < 5_000; step++) {
            int dice = random.nextInt(10);
            if (dice < 6) {
                Publication one = publication("t", random.nextInt(80), random.nextInt(3));
                int lost = queue.add(one);
                for (int i = 0; i < lost; i++) {
                    model.poll();
                }
                model.add(one);
            } else if (dice < 9) {
                assertThat(queue.poll()).isSameAs(model.poll());
            } else {
                int qos = random.nextInt(3);
                int before = model.size();
                model.removeIf(p -> p.qos() == qos);
                assertThat(queue.remove(p -> p.qos() == qos)).isEqualTo(before - model.size());
            }
            assertThat(queue.items()).isEqualTo(model.size()).isLessThanOrEqualTo(20);
            assertThat(queue.bytes())
                    .isEqualTo(model.stream().mapToLong(PublicationQueue::size).sum())
                    .isLessThanOrEqualTo(500);
        }
    }
}
