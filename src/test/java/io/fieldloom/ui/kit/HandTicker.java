package io.fieldloom.ui.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A beat that a test turns by hand. */
public final class HandTicker implements Ticker {
    private final List<Runnable> tasks = new ArrayList<>();

    @Override
    public Handle every(Duration period, Runnable task) {
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** One beat for all. */
    public void tick() {
        List.copyOf(tasks).forEach(Runnable::run);
    }
}
