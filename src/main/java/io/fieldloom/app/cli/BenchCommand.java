package io.fieldloom.app.cli;

import io.fieldloom.app.bench.Benchmark;
import io.fieldloom.app.bench.LatencyBench;
import io.fieldloom.app.bench.StartBench;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench NAME}: repeats a measurement that README quotes. */
@Command(
        name = "bench",
        description = {"Repeat a measurement that README quotes.", "Without NAME it lists them."})
final class BenchCommand implements Callable<Integer> {
    private static final Duration MOST = Duration.ofHours(1);

    private final Shell shell;
    private final List<Benchmark> benchmarks = List.of(new StartBench(), new LatencyBench());

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which one.")
    private String name;

    BenchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call()
            throws CommandFailure, Shell.Stopped, InterruptedException, ExecutionException {
        Benchmark chosen = chosen();
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

    private Benchmark chosen() throws CommandFailure {
        for (Benchmark each : benchmarks) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        if (name == null) {
            for (Benchmark each : benchmarks) {
                shell.out().printf(Locale.ROOT, "%-10s%s%n", each.name(), each.purpose());
            }
        }
        throw CommandFailure.usage(
                name == null ? "bench: no NAME is given" : "bench: there is no '" + name + "'",
                "Say one of "
                        + benchmarks.stream()
                                .map(Benchmark::name)
                                .collect(Collectors.joining(", ")));
    }
}
