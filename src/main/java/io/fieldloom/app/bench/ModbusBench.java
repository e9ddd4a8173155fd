package io.fieldloom.app.bench;

import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.procimg.Register;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.modbus.ModbusDriver;
import io.fieldloom.engine.device.modbus.ReadPreview;
import io.fieldloom.engine.device.modbus.ReadPreview.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Two thousand scattered Modbus tags: how many requests they take, and how long one reading of all
 * takes, against j2mod's own master and a C program on libmodbus with the same plan. The runs take
 * turns, so that what else the machine does falls on all of them.
 */
public final class ModbusBench implements Benchmark {
    private static final int TAGS = 2_000;
    private static final int FIRST = 200;
    private static final int LAST = 9_999;
    private static final int LIMIT = 125;
    private static final int POLLS = 100;
    private static final int ROUNDS = 15;
    // a poller runs for days, and a busy computer takes a while to compile it
    private static final int WARM_UPS = 10;
    private static final double GOAL = 1.1;
    private static final Duration SLOW = Duration.ofMillis(5);
    private static final Path HEADER = Path.of("/usr/include/modbus/modbus.h");

    @Override
    public String name() {
        return "modbus";
    }

    @Override
    public String purpose() {
        return "requests and time for 2,000 scattered Modbus tags, beside j2mod and libmodbus";
    }

    @Override
    public int run(PrintStream out) {
        int[] registers = new Random(1).ints(FIRST, LAST + 1).distinct().limit(TAGS).toArray();
        List<String> addresses = addresses(registers);
        List<Request> plan = plan(addresses);
        out.printf(
                Locale.ROOT,
                "%,d tags in %d requests; the fewest possible are %d%n",
                TAGS,
                plan.size(),
                fewest(registers));
        try (BareModbusServer fast = new BareModbusServer(Duration.ZERO);
                BareModbusServer slow = new BareModbusServer(SLOW)) {
            fastServer(out, fast, registers, plan);
            slowServer(out, slow, addresses);
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 3;
        } catch (Exception e) {
            out.println("modbus: " + e);
            return 3;
        }
    }

    private static List<String> addresses(int[] registers) {
        return Arrays.stream(registers).mapToObj(each -> "holding:" + each).toList();
    }

    private static List<Request> plan(List<String> addresses) {
        List<TagRequest> tags =
                addresses.stream()
                        .map(each -> new TagRequest(each, Duration.ofSeconds(1)))
                        .toList();
        return ReadPreview.of(Endpoint.parse("modbus-tcp://127.0.0.1"), tags).requests();
    }

    /** By dynamic programming over the sorted registers, which shares nothing with the planner. */
    private static int fewest(int[] registers) {
        int[] sorted = Arrays.stream(registers).sorted().toArray();
        int[] best = new int[sorted.length + 1];
        for (int end = 1; end <= sorted.length; end++) {
            best[end] = Integer.MAX_VALUE;
            for (int begin = end;
                    begin > 0 && sorted[end - 1] - sorted[begin - 1] < LIMIT;
                    begin--) {
                best[end] = Math.min(best[end], best[begin - 1] + 1);
            }
        }
        return best[sorted.length];
    }

    private static void fastServer(
            PrintStream out, BareModbusServer server, int[] registers, List<Request> plan)
            throws Exception {
        String endpoint = "modbus-tcp://127.0.0.1:" + server.port();
        List<String> addresses = addresses(registers);
        ModbusTCPMaster master = new ModbusTCPMaster("127.0.0.1", server.port(), 3_000, false);
        try (DeviceSession ours = BenchSession.open(new ModbusDriver(), endpoint);
                DeviceSession four =
                        BenchSession.open(new ModbusDriver(), endpoint + "?inflight=4");
                DeviceSession sixteen =
                        BenchSession.open(new ModbusDriver(), endpoint + "?inflight=16")) {
            master.connect();
            double[][] millis = new double[4][ROUNDS];
            double[] ratios = new double[ROUNDS];
            for (int round = -WARM_UPS; round < ROUNDS; round++) {
                int at = Math.max(round, 0);
                boolean oursFirst = round % 2 == 0;
                if (oursFirst) {
                    millis[0][at] = millis(() -> read(ours, addresses, POLLS));
                }
                millis[1][at] = millis(() -> j2mod(master, plan, registers));
                if (!oursFirst) {
                    millis[0][at] = millis(() -> read(ours, addresses, POLLS));
                }
                ratios[at] = millis[0][at] / millis[1][at];
                millis[2][at] = millis(() -> read(four, addresses, POLLS));
                millis[3][at] = millis(() -> read(sixteen, addresses, POLLS));
            }
            print(out, "one reading of all, one request open", millis[0]);
            print(out, "the same with j2mod's master", millis[1]);
            libmodbus(out, server.port(), plan);
            print(out, "four requests open", millis[2]);
            print(out, "sixteen requests open", millis[3]);
            out.printf(
                    Locale.ROOT,
                    "of j2mod's time: %.2f, median of %d rounds (goal %.1f); sixteen open: %,.0f"
                            + " requests/s%n",
                    Median.of(ratios),
                    ROUNDS,
                    GOAL,
                    plan.size() * 1_000 / Median.of(millis[3]));
        } finally {
            master.disconnect();
        }
    }

    private static void slowServer(PrintStream out, BareModbusServer server, List<String> addresses)
            throws Exception {
        String endpoint = "modbus-tcp://127.0.0.1:" + server.port();
        for (int inFlight : new int[] {1, 4, 16}) {
            try (DeviceSession session =
                    BenchSession.open(new ModbusDriver(), endpoint + "?inflight=" + inFlight)) {
                read(session, addresses, 1);
                long begin = System.nanoTime();
                read(session, addresses, 1);
                out.printf(
                        Locale.ROOT,
                        "a device that takes %d ms to answer, %2d open %8.1f ms%n",
                        SLOW.toMillis(),
                        inFlight,
                        (System.nanoTime() - begin) / 1e6);
            }
        }
    }

    /** Milliseconds for one of many. */
    private static double millis(Callable<Boolean> polls) throws Exception {
        long begin = System.nanoTime();
        if (!polls.call()) {
            throw new IOException("a wrong value was read");
        }
        return (System.nanoTime() - begin) / 1e6 / POLLS;
    }

    private static boolean read(DeviceSession session, List<String> addresses, int times)
            throws Exception {
        return readings(session, addresses, times).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** As a poller does it: the next one begins where the one before ended; no thread waits. */
    private static CompletionStage<Boolean> readings(
            DeviceSession session, List<String> addresses, int left) {
        if (left == 0) {
            return CompletableFuture.completedStage(true);
        }
        return session.read(addresses)
                .thenCompose(
                        samples ->
                                isRight(addresses, samples)
                                        ? readings(session, addresses, left - 1)
                                        : CompletableFuture.completedStage(false));
    }

    private static boolean isRight(List<String> addresses, List<Sample> samples) {
        int last = addresses.size() - 1;
        long wanted = Long.parseLong(addresses.get(last).substring("holding:".length()));
        return samples.get(last).value().equals(Value.of(wanted));
    }

    /** What somebody would write with j2mod: the values of all tags, no time and no status. */
    private static boolean j2mod(ModbusTCPMaster master, List<Request> plan, int[] registers)
            throws Exception {
        long[] values = new long[registers.length];
        for (int poll = 0; poll < POLLS; poll++) {
            for (Request each : plan) {
                Register[] answer = master.readMultipleRegisters(1, each.from(), each.count());
                for (int tag : each.tags()) {
                    values[tag] = answer[registers[tag] - each.from()].getValue();
                }
            }
            if (values[values.length - 1] != registers[values.length - 1]) {
                return false;
            }
        }
        return true;
    }

    /** The same plan in C, where this computer can compile it. */
    private static void libmodbus(PrintStream out, int port, List<Request> plan) throws Exception {
        Path gcc = Path.of("/usr/bin/gcc");
        if (!Files.exists(HEADER) || !Files.isExecutable(gcc)) {
            out.println("libmodbus: skipped, libmodbus-dev and gcc are not installed");
            return;
        }
        try (BenchFolder folder = new BenchFolder();
                InputStream source = ModbusBench.class.getResourceAsStream("modbus-poll.c")) {
            Path code = folder.path().resolve("modbus-poll.c");
            Path program = folder.path().resolve("modbus-poll");
            Files.copy(source, code);
            run(
                    "",
                    gcc.toString(),
                    "-O2",
                    "-I/usr/include/modbus",
                    "-o",
                    program.toString(),
                    code.toString(),
                    "-lmodbus");
            String requests =
                    plan.stream()
                            .map(each -> each.from() + " " + each.count())
                            .collect(Collectors.joining("\n"));
            double[] millis = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                String answer = run(requests, program.toString(), "" + port, "" + POLLS);
                millis[round] = Double.parseDouble(answer.strip());
            }
            print(out, "the same with libmodbus in C", millis);
        }
    }

    private static String run(String input, String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
        return output;
    }

    private static void print(PrintStream out, String what, double[] millis) {
        out.printf(Locale.ROOT, "%-44s %8.2f ms median%n", what, Median.of(millis));
    }
}
