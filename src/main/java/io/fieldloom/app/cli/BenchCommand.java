package io.fieldloom.app.cli;

import io.fieldloom.app.bench.Benchmark;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench NAME}: the measurements that the documentation quotes. */
@Command(
        name = "bench",
        description = {"Measure this computer.", "Without NAME it lists what can be measured."})
final class BenchCommand implements Callable<Integer> {
    private final Shell shell;
    private final List<Benchmark> benchmarks;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "What to measure.")
    private String name;

    BenchCommand(Shell shell, List<Benchmark> benchmarks) {
        this.shell = shell;
        this.benchmarks = benchmarks;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (name == null) {
            Columns columns = new Columns();
            benchmarks.forEach(each -> columns.row(each.name(), each.purpose()));
            columns.print(shell.out());
            return 0;
        }
        for (Benchmark each : benchmarks) {
            if (each.name().equals(name)) {
                return each.run(shell.out());
            }
        }
        throw CommandFailure.usage(
                "'" + name + "' is not a benchmark",
                "The benchmarks are "
                        + String.join(", ", benchmarks.stream().map(Benchmark::name).toList()));
    }
}
