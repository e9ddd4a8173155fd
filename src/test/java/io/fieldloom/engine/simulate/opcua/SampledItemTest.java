package io.fieldloom.engine.simulate.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SampledItemTest {
    private static final double AN_HOUR = 3_600_000;

    private final Timer timer = new Timer();
    private final Item item = new Item();
    private final SampledItem sampled = new SampledItem(item, timer);

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    @Test
    void handsOnAtOnceWhatComesAfterTheSamplingInterval() {
        item.interval = 0;
        sampled.begin(value(1));
        sampled.changed(value(2));
        sampled.changed(value(3));
        assertThat(item.values).containsExactly(1, 2, 3);
        assertThat(timer.tasks).isEmpty();
    }

    @Test
    void takesTheNewestOfThoseThatComeTooEarly() {
        sampled.begin(value(1));
        sampled.changed(value(2));
        sampled.changed(value(3));
        assertThat(item.values).containsExactly(1);
        assertThat(timer.tasks).hasSize(1);
        timer.tasks.get(0).run();
        assertThat(item.values).containsExactly(1, 3);
    }

    @Test
    void beginsWithWhatCameBeforeTheFirstReadWasDone() {
        item.interval = 0;
        sampled.changed(value(2));
        sampled.begin(value(1));
        assertThat(item.values).containsExactly(2, 2);
    }

    @Test
    void followsAChangedIntervalAtOnce() {
        sampled.begin(value(1));
        sampled.changed(value(2));
        item.interval = 0;
        sampled.modified();
        assertThat(item.values).containsExactly(1, 2);
        assertThat(timer.tasks.get(0).isCancelled()).isTrue();
    }

    @Test
    void isSilentWhileDisabledAndThenTellsTheNewest() {
        item.interval = 0;
        item.enabled = false;
        sampled.begin(value(1));
        sampled.changed(value(2));
        assertThat(item.values).isEmpty();
        item.enabled = true;
        sampled.modified();
        assertThat(item.values).containsExactly(2);
    }

    private static DataValue value(int number) {
        return DataValue.valueOnly(Variant.ofInt32(number));
    }

    /** Keeps what it is to do later, until the test does it. */
    private static final class Timer extends ScheduledThreadPoolExecutor {
        private final List<Task> tasks = new ArrayList<>();

        Timer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            Task task = new Task(command, super.schedule(() -> {}, 1, TimeUnit.HOURS));
            tasks.add(task);
            return task.future();
        }
    }

    private record Task(Runnable command, ScheduledFuture<?> future) {
        void run() {
            command.run();
        }

        boolean isCancelled() {
            return future.isCancelled();
        }
    }

    private static final class Item implements DataItem {
        private final List<Object> values = new ArrayList<>();
        private double interval = AN_HOUR;
        private boolean enabled = true;

        @Override
        public void setValue(DataValue value) {
            values.add(value.value().value());
        }

        @Override
        public double getSamplingInterval() {
            return interval;
        }

        @Override
        public boolean isSamplingEnabled() {
            return enabled;
        }

        @Override
        public void setQuality(StatusCode quality) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UInteger getId() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Session getSession() {
            throw new UnsupportedOperationException();
        }

        @Override
        public UInteger getSubscriptionId() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ReadValueId getReadValueId() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TimestampsToReturn getTimestampsToReturn() {
            throw new UnsupportedOperationException();
        }
    }
}
