package io.fieldloom.app.cli;

import io.fieldloom.engine.traffic.Message;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts messages where they arrive, so that none waits and none is dropped. */
final class CountView implements WatchView {
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Shell shell;
    private final boolean json;
    private final boolean onlyAtTheEnd;
    private final LongAdder messages = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final Set<String> topics = ConcurrentHashMap.newKeySet();
    private long startedNanos;

    CountView(Shell shell, boolean json, boolean onlyAtTheEnd) {
        this.shell = shell;
        this.json = json;
        this.onlyAtTheEnd = onlyAtTheEnd;
    }

    @Override
    public void received(Message message) {
        messages.increment();
        bytes.add(message.payload().length);
        if (message.duplicate()) {
            duplicates.increment();
        }
        topics.add(message.topic());
    }

    @Override
    public void run(Duration atMost) throws InterruptedException {
        startedNanos = System.nanoTime();
        if (onlyAtTheEnd) {
            shell.stop().await(atMost);
        } else {
            boolean stopped = false;
            for (long beat = 1; !stopped; beat++) {
                long dueIn = startedNanos + BEAT.toNanos() * beat - System.nanoTime();
                stopped = shell.stop().await(Duration.ofNanos(Math.max(0, dueIn)));
                if (!stopped) {
                    show();
                }
            }
        }
        show();
    }

    private void show() {
        double seconds = Math.max(1, System.nanoTime() - startedNanos) / 1e9;
        long total = messages.sum();
        if (!json) {
            shell.out()
                    .println(
                            String.format(
                                    Locale.ROOT,
                                    "%d messages on %d topics, %d bytes, %d duplicates in %.1f s:"
                                            + " %.1f a second",
                                    total,
                                    topics.size(),
                                    bytes.sum(),
                                    duplicates.sum(),
                                    seconds,
                                    total / seconds));
            new JsonOutput(shell).flush();
            return;
        }
        new JsonOutput(shell)
                .object(
                        out -> {
                            out.writeNumberField("messages", total);
                            out.writeNumberField("topics", topics.size());
                            out.writeNumberField("bytes", bytes.sum());
                            out.writeNumberField("duplicates", duplicates.sum());
                            out.writeNumberField("dropped", 0);
                            out.writeNumberField("seconds", Decimals.rounded(seconds, 3));
                            out.writeNumberField("rate", Decimals.rounded(total / seconds, 1));
                        });
    }
}
