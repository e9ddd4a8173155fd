package io.fieldloom.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Processor time and memory that this process takes from one moment on. */
final class Work {
    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long began = System.nanoTime();
    private final long cpu = system.getProcessCpuTime();

    /** Prints both; 100 % is one core. */
    void print(PrintStream out) {
        double share = 100.0 * (system.getProcessCpuTime() - cpu) / (System.nanoTime() - began);
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        out.printf(
                Locale.ROOT,
                "  this process: %.0f %% of one core, %,d MB of heap after a collection%n",
                share,
                heap >> 20);
    }
}
