package io.fieldloom.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.app.bench.Benchmark;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(List<Benchmark> benchmarks, String... args) {
        Shell shell =
                new Shell(
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        new Stop(),
                        Clock.systemUTC());
        return new Cli(shell, new NoWindow(), () -> benchmarks).run(List.of(args));
    }

    @Test
    void runsTheOneThatIsNamed() {
        int code = run(List.of(new Still("tap"), new Still("heap")), "bench", "heap");

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("heap measured");
    }

    @Test
    void listsThemWithoutAName() {
        assertThat(run(List.of(new Still("tap"), new Still("heap")), "bench")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("tap   how fast tap is", "heap  how fast heap is");
    }

    @Test
    void anUnknownNameIsTwoAndNamesTheOthers() {
        assertThat(run(List.of(new Still("tap")), "bench", "speed")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'speed'").contains("tap");
    }

    private record Still(String name) implements Benchmark {
        @Override
        public String purpose() {
            return "how fast " + name + " is";
        }

        @Override
        public int run(PrintStream to) {
            to.print(name + " measured");
            return 0;
        }
    }

    private static final class NoWindow implements WindowStarter {
        @Override
        public int open(Optional<Path> project) {
            throw new AssertionError("a command opens no window");
        }

        @Override
        public int openDemo() {
            throw new AssertionError("a command opens no window");
        }
    }
}
