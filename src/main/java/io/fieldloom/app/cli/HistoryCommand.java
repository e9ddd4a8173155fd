package io.fieldloom.app.cli;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.History;
import io.fieldloom.engine.device.History.Aggregate;
import io.fieldloom.engine.device.History.Past;
import io.fieldloom.engine.device.History.Range;
import io.fieldloom.engine.payload.PayloadEncoder;
import io.fieldloom.engine.payload.SampleCsv;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history ENDPOINT ADDRESS}: what a server recorded, or calculates of it. */
@Command(
        name = "history",
        description = {
            "Read what a server recorded of a variable, oldest first.",
            "T is a time such as 2026-01-31T06:00:00Z, or how long ago: 10m, 8h."
        })
final class HistoryCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private EndpointOptions device;

    @Parameters(index = "1", paramLabel = "ADDRESS", description = "The variable's NodeId.")
    private String address;

    @Option(
            names = "--from",
            paramLabel = "T",
            defaultValue = "1h",
            description = "Begin; ${DEFAULT-VALUE} ago without it.")
    private String from;

    @Option(names = "--to", paramLabel = "T", description = "End; now without it.")
    private String to;

    @Option(
            names = "--aggregate",
            paramLabel = "NAME",
            description = "Average, Minimum, Maximum, Count or Interpolative of each interval.")
    private String aggregate;

    @Option(
            names = "--every",
            paramLabel = "D",
            converter = RunTime.AsDuration.class,
            description = "The interval of --aggregate, such as 10s or 5m.")
    private Duration every;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many values at most, the newest; ${DEFAULT-VALUE} without it.")
    private int most;

    @Option(names = "--json", description = "Answer with JSON lines.")
    private boolean json;

    @Option(names = "--csv", description = "Answer with comma-separated values.")
    private boolean csv;

    HistoryCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, Shell.Stopped, InterruptedException {
        if (!device.endpoint().isOpcUa()) {
            throw CommandFailure.usage(
                    device.endpoint().authority() + ": a Modbus device remembers nothing",
                    "Ask an OPC UA server, opc.tcp://HOST");
        }
        if (json && csv) {
            throw CommandFailure.usage("--json and --csv are both given", "Give one");
        }
        if ((aggregate == null) != (every == null)) {
            throw CommandFailure.usage(
                    "--aggregate and --every belong together",
                    "Write for example --aggregate Average --every 1m");
        }
        if (most < 1) {
            throw CommandFailure.usage("--most " + most + ": it is 1 or more", "Leave it out");
        }
        Addresses.check(device.endpoint(), List.of(address));
        Aggregate calculated = aggregate == null ? null : aggregate();
        Range range = range();
        try (DeviceConnection connection = DeviceConnection.open(shell, device)) {
            String node = Addresses.answered(connection, List.of(address)).get(0);
            Past past = past(connection, node, range, calculated);
            show(node, past.samples());
            if (!past.complete()) {
                shell.note(
                        device.endpoint().authority()
                                + " "
                                + node
                                + ": there are more values in that time; these are the newest "
                                + past.samples().size());
            }
        }
        return 0;
    }

    private Past past(DeviceConnection connection, String node, Range range, Aggregate calculated)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        History history =
                connection
                        .capability(History.class)
                        .orElseThrow(() -> new IllegalStateException("OPC UA has a history"));
        CompletableFuture<Past> asked =
                calculated == null
                        ? history.read(node, range, most)
                        : history.processed(node, range, calculated, every, most);
        try {
            return connection.answerAtLast(asked);
        } catch (DeviceException e) {
            throw DeviceFailures.of(e);
        } finally {
            asked.cancel(true);
        }
    }

    private Aggregate aggregate() throws CommandFailure {
        return Arrays.stream(Aggregate.values())
                .filter(one -> one.word().equalsIgnoreCase(aggregate))
                .findFirst()
                .orElseThrow(
                        () ->
                                CommandFailure.usage(
                                        "--aggregate " + aggregate + ": there is none of that name",
                                        "Take one of "
                                                + Arrays.stream(Aggregate.values())
                                                        .map(Aggregate::word)
                                                        .collect(Collectors.joining(", "))));
    }

    private Range range() throws CommandFailure {
        Instant now = shell.clock().instant();
        Instant begin = time("--from", from, now);
        Instant end = to == null ? now : time("--to", to, now);
        if (!begin.isBefore(end)) {
            throw CommandFailure.usage(
                    "--from " + from + ": it is not before the end, " + end,
                    "Give an earlier time, or leave out --to");
        }
        return new Range(begin, end);
    }

    private static Instant time(String option, String text, Instant now) throws CommandFailure {
        try {
            return Character.isDigit(text.charAt(text.length() - 1)) || text.endsWith("Z")
                    ? Instant.parse(text)
                    : now.minus(Durations.parse(text));
        } catch (DateTimeParseException | MalformedException | StringIndexOutOfBoundsException e) {
            throw CommandFailure.usage(
                    option + " '" + text + "' is no time",
                    "Write 2026-01-31T06:00:00Z, or how long ago: 10m, 8h");
        }
    }

    private void show(String node, List<Sample> samples) {
        if (csv) {
            String kind = aggregate == null ? "as recorded" : aggregate;
            String interval = every == null ? "" : Durations.format(every);
            shell.out().print(new SampleCsv(node, kind, interval, "").of(samples));
            return;
        }
        if (json) {
            JsonOutput lines = new JsonOutput(shell);
            for (Sample sample : samples) {
                lines.buffered(
                        out -> {
                            out.writeStringField("time", PayloadEncoder.time(sample.time()));
                            JsonOutput.value(out, "value", sample.value());
                            out.writeStringField("status", sample.status().name());
                        });
            }
            return;
        }
        Columns columns = new Columns();
        for (Sample sample : samples) {
            columns.row(
                    PayloadEncoder.time(sample.time()),
                    WireValue.text(sample.value()),
                    sample.status().name());
        }
        columns.print(shell.out());
    }
}
