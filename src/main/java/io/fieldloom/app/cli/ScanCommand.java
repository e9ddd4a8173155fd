package io.fieldloom.app.cli;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.UnitRange;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.LineScan;
import io.fieldloom.engine.device.LineScan.Question;
import io.fieldloom.engine.device.Scan;
import io.fieldloom.engine.device.Scan.Range;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code scan ENDPOINT}: which units answer, and which of their addresses can be read. */
@Command(
        name = "scan",
        description = {
            "Find the units behind a Modbus connection and what can be read of them.",
            "It only reads. With --units it first asks which of these unit ids answer; else it"
                    + " looks through the unit of ENDPOINT."
        })
final class ScanCommand implements Callable<Integer> {
    private static final int LAST_ADDRESS = 65_535;

    private final Shell shell;

    @Mixin private EndpointOptions device;

    @Option(
            names = "--units",
            paramLabel = "A-B",
            description = "Unit ids to look for, such as 1-32 or 7.")
    private String units;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            split = ",",
            defaultValue = "holding,input,coil,discrete",
            description = "Tables to look through; ${DEFAULT-VALUE} without it.")
    private List<String> tables;

    @Option(
            names = "--from",
            paramLabel = "N",
            defaultValue = "0",
            description = "First address, zero-based; ${DEFAULT-VALUE} without it.")
    private int from;

    @Option(
            names = "--to",
            paramLabel = "N",
            defaultValue = "9999",
            description = "Last address; ${DEFAULT-VALUE} without it, 65535 is the end.")
    private int to;

    @Option(
            names = "--step",
            paramLabel = "N",
            defaultValue = "8",
            description =
                    "How far apart addresses from 1000 on are tried where nothing is found;"
                            + " ${DEFAULT-VALUE} without it, 1 misses nothing.")
    private int step;

    @Option(
            names = "--pause",
            paramLabel = "T",
            converter = RunTime.AsDuration.class,
            defaultValue = "1ms",
            description = "Pause between two questions; ${DEFAULT-VALUE} without it.")
    private Duration pause;

    @Option(names = "--json", description = "Answer with JSON lines.")
    private boolean json;

    ScanCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, Shell.Stopped, InterruptedException {
        Endpoint endpoint = device.endpoint();
        check(endpoint);
        Findings findings = new Findings(endpoint);
        try (DeviceConnection connection = DeviceConnection.open(shell, device)) {
            Scan scan = connection.capability(Scan.class).orElseThrow(() -> noModbus(endpoint));
            LineScan whole =
                    new LineScan(
                            scan,
                            endpoint,
                            new Question(wanted(), tables, from, to, step, pause),
                            findings);
            try {
                connection.answerAtLast(whole.start());
            } catch (DeviceException e) {
                throw DeviceFailures.of(e);
            } finally {
                whole.cancel();
            }
            if (findings.ranges.get() == 0) {
                throw nothing(endpoint, whole.doubts(), findings.units.get() == 0);
            }
            whole.doubts().forEach(why -> shell.note(why.getMessage()));
        }
        return 0;
    }

    /** What is found, said at once. */
    private final class Findings implements LineScan.Listener {
        private final JsonOutput lines = new JsonOutput(shell);
        private final Endpoint endpoint;
        private final AtomicInteger units = new AtomicInteger();
        private final AtomicInteger ranges = new AtomicInteger();

        Findings(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public void unit(int unit) {
            units.incrementAndGet();
        }

        @Override
        public void anyUnit(int unit) {
            units.incrementAndGet();
            shell.note(
                    endpoint.authority()
                            + " answers to any unit id: it is looked through as unit "
                            + unit);
        }

        @Override
        public void range(Range range) {
            ranges.incrementAndGet();
            show(lines, range);
        }
    }

    private CommandFailure nothing(
            Endpoint endpoint, List<DeviceException> doubts, boolean noUnit) {
        if (!doubts.isEmpty()) {
            return DeviceFailures.of(doubts.get(0));
        }
        return units != null && noUnit
                ? CommandFailure.no(
                        endpoint.authority() + ": none of the units " + units + " answers",
                        "Look for others, or give a longer ?timeout=")
                : CommandFailure.no(
                        endpoint.authority()
                                + ": nothing between "
                                + from
                                + " and "
                                + to
                                + " can be read",
                        "Look further with --to 65535, or with --step 1");
    }

    private void check(Endpoint endpoint) throws CommandFailure {
        if (endpoint.isOpcUa()) {
            throw noModbus(endpoint);
        }
        if (from < 0 || to > LAST_ADDRESS || from > LAST_ADDRESS) {
            throw usage("--from " + from + " --to " + to + ": addresses are 0 to 65535");
        }
        if (from > to) {
            throw usage("--from " + from + " --to " + to + ": the last comes before the first");
        }
        if (step < 1) {
            throw usage("--step " + step + ": a step is 1 or more");
        }
        for (String table : tables) {
            if (!List.of("holding", "input", "coil", "discrete").contains(table)) {
                throw usage("--table " + table + ": there are holding, input, coil and discrete");
            }
        }
        wanted();
    }

    private static CommandFailure noModbus(Endpoint endpoint) {
        return CommandFailure.usage(
                endpoint.authority() + ": only Modbus devices are scanned",
                "Try 'fieldloom browse' for an OPC UA server");
    }

    private static CommandFailure usage(String what) {
        return CommandFailure.usage(what, "Try 'fieldloom scan --help'");
    }

    /** The units to look for, or null for the endpoint's alone. */
    private UnitRange wanted() throws CommandFailure {
        try {
            if (units == null) {
                return null;
            }
            UnitRange parsed = UnitRange.parse(units);
            device.endpoint().checkUnit(parsed.first());
            return parsed;
        } catch (MalformedException e) {
            throw usage("--units " + e.getMessage());
        }
    }

    private void show(JsonOutput lines, Range range) {
        if (json) {
            lines.object(
                    out -> {
                        out.writeNumberField("unit", range.unit());
                        out.writeStringField("table", range.table());
                        out.writeNumberField("from", range.from());
                        out.writeNumberField("to", range.to());
                    });
        } else {
            shell.out()
                    .println(
                            "unit "
                                    + range.unit()
                                    + "  "
                                    + range.table()
                                    + "  "
                                    + range.from()
                                    + " to "
                                    + range.to());
            shell.out().flush();
        }
    }
}
