package io.fieldloom.app;

import io.fieldloom.app.cli.Stop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How the process ends. A signal (SIGTERM, SIGINT) only wishes the running command to stop; the
 * process then ends with that command's exit code, as it would have without the signal.
 */
final class Ending {
    private final Stop stop;
    private final Duration atMost;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int code;

    Ending(Stop stop, Duration atMost) {
        this.stop = stop;
        this.atMost = atMost;
    }

    /** Runs when the virtual machine begins to end, by a signal or by {@link #exit}. */
    Thread hook() {
        return new Thread(this::endBySignal, "ending");
    }

    private void endBySignal() {
        if (ended.getCount() == 0) {
            return;
        }
        stop.request();
        try {
            if (ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                // The signal's own exit code would say that the command was cut off.
                Runtime.getRuntime().halt(code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command is done; ends the process. */
    void exit(int exitCode) {
        code = exitCode;
        ended.countDown();
        System.exit(exitCode);
    }
}
