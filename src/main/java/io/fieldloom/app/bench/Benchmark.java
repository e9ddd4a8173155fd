package io.fieldloom.app.bench;

import java.io.PrintStream;

/** One measurement that README quotes; {@code fieldloom bench NAME} repeats it. */
public interface Benchmark {
    /** The word after {@code bench}. */
    String name();

    /** What it measures, on one line. */
    String purpose();

    /**
     * Measures and prints the numbers.
     *
     * @return the exit code: 0 when the measurement itself was sound
     */
    int run(PrintStream out);
}
