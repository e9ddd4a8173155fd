package io.fieldloom.app.cli;

import io.fieldloom.app.bench.Benchmark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench NAME}: the measurements that the documentation quotes. */
@Command(
        name = "bench",
        description = {"Measure this computer.", "Without NAME it lists what can be measured."})
final class BenchCommand implements Callable<Integer> {
    private static final Duration MOST = Duration.ofHours(1);

    private final Shell shell;
    private final List<Benchmark> benchmarks;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "What to measure.")
    private String name;

    BenchCommand(Shell shell, List<Benchmark> benchmarks) {
        this.shell = shell;
        this.benchmarks = benchmarks;
    }

    @Override
    public Integer call()
            throws CommandFailure, Shell.Stopped, InterruptedException, ExecutionException {
        if (name == null) {
            Columns columns = new Columns();
            benchmarks.forEach(each -> columns.row(each.name(), each.purpose()));
            columns.print(shell.out());
            return 0;
        }
        for (Benchmark each : benchmarks) {
            if (each.name().equals(name)) {
                return measure(each);
            }
        }
        throw CommandFailure.usage(
                "'" + name + "' is not a benchmark",
                "The benchmarks are "
                        + String.join(", ", benchmarks.stream().map(Benchmark::name).toList()));
    }

    /** A wish to stop ends the command, not the measurement, which ends with the process. */
    private int measure(Benchmark chosen)
            throws CommandFailure, Shell.Stopped, InterruptedException, ExecutionException {
        ExecutorService pool = DaemonThreads.pool();
        try {
            return shell.await(
                    CompletableFuture.supplyAsync(() -> chosen.run(shell.out()), pool), MOST);
        } catch (TimeoutException e) {
            throw CommandFailure.no(
                    "bench " + name + ": it did not end within " + MOST.toMinutes() + " min",
                    "Run it on a machine that does nothing else");
        } finally {
            pool.shutdown();
        }
    }
}
