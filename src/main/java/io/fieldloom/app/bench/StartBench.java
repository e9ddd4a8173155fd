package io.fieldloom.app.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** From the start of the process to the painted window, against a bare window in the same theme. */
public final class StartBench implements Benchmark {
    private static final int RUNS = 7;
    private static final long RUN_SECONDS = 120;
    private static final double GOAL = 1.3;
    private static final int NO_DISPLAY = 3;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String purpose() {
        return "start of the process to the painted window, against a bare JavaFX window";
    }

    @Override
    public int run(PrintStream out) {
        try (BenchFolder folder = new BenchFolder()) {
            long[] ours = new long[RUNS];
            long[] bare = new long[RUNS];
            for (int run = -1; run < RUNS; run++) { // the first pair warms the disk's cache
                // Ours comes first: without a display it says so, the bare one would not.
                long oursMillis = start(folder.path(), "io.fieldloom.app.Main");
                long bareMillis = start(folder.path(), BareWindow.class.getName());
                if (run >= 0) {
                    bare[run] = bareMillis;
                    ours[run] = oursMillis;
                    out.printf(
                            Locale.ROOT,
                            "run %d: bare window %,d ms, Fieldloom %,d ms%n",
                            run + 1,
                            bareMillis,
                            oursMillis);
                }
            }
            print(out, "bare window", bare);
            print(out, "Fieldloom", ours);
            out.printf(
                    Locale.ROOT,
                    "ratio of the medians %.2f, of the best %.2f (goal %.1f); %s archive of classes%n",
                    (double) ours[RUNS / 2] / bare[RUNS / 2],
                    (double) ours[0] / bare[0],
                    GOAL,
                    archive().isEmpty() ? "no" : "both with the package's");
            return 0;
        } catch (NoWindow e) {
            return e.exitCode;
        } catch (IOException e) {
            out.println("start: " + e.getMessage());
            return NO_DISPLAY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NO_DISPLAY;
        }
    }

    private static void print(PrintStream out, String what, long[] millis) {
        Arrays.sort(millis);
        out.printf(
                Locale.ROOT,
                "%-12s median %,d ms, %,d to %,d ms%n",
                what,
                millis[RUNS / 2],
                millis[0],
                millis[RUNS - 1]);
    }

    /** Starts one window in a process of its own, with this one's Java and class path. */
    private static long start(Path home, String... program)
            throws IOException, InterruptedException, NoWindow {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=UTF-8",
                        "-D" + PaintedNote.STARTED + "=" + System.currentTimeMillis(),
                        "-cp",
                        System.getProperty("java.class.path"));
        builder.command().addAll(1, archive());
        builder.command().addAll(List.of(program));
        builder.environment().put("FIELDLOOM_HOME", home.toString());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        try (BufferedReader answer = process.inputReader()) {
            String millis = answer.readLine();
            if (!process.waitFor(RUN_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("a window did not open within " + RUN_SECONDS + " s");
            }
            if (process.exitValue() != 0 || millis == null) {
                throw new NoWindow(process.exitValue());
            }
            return Long.parseLong(millis);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The archive of classes that this process was started with; it serves both windows. */
    private static List<String> archive() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(each -> each.startsWith("-XX:SharedArchiveFile="))
                .toList();
    }

    /** The window's process has said why on standard error. */
    private static final class NoWindow extends Exception {
        private static final long serialVersionUID = 1L;

        private final int exitCode;

        NoWindow(int exitCode) {
            super("no window");
            this.exitCode = exitCode;
        }
    }
}
