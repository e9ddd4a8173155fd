package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.Scan;
import io.fieldloom.engine.device.Scan.Pace;
import io.fieldloom.engine.device.Scan.Range;
import io.fieldloom.engine.device.Scan.Search;
import io.fieldloom.engine.device.Scan.Where;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private static final Duration UNIT_TIMEOUT = Duration.ofMillis(300);
    private static final int LAST_ADDRESS = 65_535;
    private static final int LAST_UNIT = 247;

    /** A device that answers as each of these does not look at the unit id. */
    private static final int NOBODYS_UNITS_FROM = 245;

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

    private DeviceException silent;

    ScanCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, Shell.Stopped, InterruptedException {
        Endpoint endpoint = device.endpoint();
        check(endpoint);
        JsonOutput lines = new JsonOutput(shell);
        try (DeviceConnection connection = DeviceConnection.open(shell, device)) {
            Scan scan = connection.capability(Scan.class).orElseThrow(() -> noModbus(endpoint));
            List<Integer> found = units(connection, scan, endpoint);
            AtomicInteger ranges = new AtomicInteger();
            for (int unit : found) {
                boolean answers = true;
                for (int i = 0; i < tables.size() && answers; i++) {
                    Where where = new Where(unit, tables.get(i), from, to, step);
                    answers =
                            follow(
                                    connection,
                                    scan.ranges(
                                            where,
                                            new Pace(pause, null),
                                            range -> {
                                                ranges.incrementAndGet();
                                                show(lines, range);
                                            }));
                }
            }
            if (silent != null && ranges.get() > 0) {
                shell.note(silent.getMessage());
            }
            if (ranges.get() == 0) {
                throw nothing(endpoint, found);
            }
        }
        return 0;
    }

    private CommandFailure nothing(Endpoint endpoint, List<Integer> found) {
        if (silent != null) {
            return DeviceFailures.of(silent);
        }
        return found.isEmpty()
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
        if (from < 0 || to > LAST_ADDRESS || from > to) {
            throw usage("--from " + from + " --to " + to + ": addresses are 0 to 65535");
        }
        if (step < 1) {
            throw usage("--step " + step + ": a step is 1 or more");
        }
        for (String table : tables) {
            if (!List.of("holding", "input", "coil", "discrete").contains(table)) {
                throw usage("--table " + table + ": there are holding, input, coil and discrete");
            }
        }
        if (units != null) {
            wanted();
        }
    }

    private static CommandFailure noModbus(Endpoint endpoint) {
        return CommandFailure.usage(
                endpoint.authority() + ": only Modbus devices are scanned",
                "Try 'fieldloom browse' for an OPC UA server");
    }

    private static CommandFailure usage(String what) {
        return CommandFailure.usage(what, "Try 'fieldloom scan --help'");
    }

    private int[] wanted() throws CommandFailure {
        if (!units.matches("\\d{1,3}(-\\d{1,3})?")) {
            throw usage("--units " + units + ": write 7 or 1-32");
        }
        String[] ends = units.split("-");
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        if (first > last || last > 255) {
            throw usage("--units " + units + ": unit ids are 0 to 255");
        }
        return new int[] {first, last};
    }

    /** The units to look through. */
    private List<Integer> units(DeviceConnection connection, Scan scan, Endpoint endpoint)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        if (units == null) {
            return List.of(endpoint.unit());
        }
        int[] ends = wanted();
        if (ends[1] - ends[0] > 2) {
            List<Integer> nobodys = ask(connection, scan, endpoint, NOBODYS_UNITS_FROM, LAST_UNIT);
            if (nobodys.size() == LAST_UNIT - NOBODYS_UNITS_FROM + 1) {
                shell.note(
                        endpoint.authority()
                                + " answers to any unit id: it is looked through as unit "
                                + ends[0]);
                return List.of(ends[0]);
            }
        }
        return ask(connection, scan, endpoint, ends[0], ends[1]);
    }

    private List<Integer> ask(
            DeviceConnection connection, Scan scan, Endpoint endpoint, int first, int last)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        List<Integer> found = new CopyOnWriteArrayList<>();
        Duration timeout = endpoint.query().containsKey("timeout") ? null : UNIT_TIMEOUT;
        follow(connection, scan.units(first, last, new Pace(pause, timeout), found::add));
        return found;
    }

    /**
     * False where the unit fell silent, which does not keep the others from being looked through.
     */
    private boolean follow(DeviceConnection connection, Search search)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        try {
            connection.answerAtLast(search.done());
            return true;
        } catch (DeviceException e) {
            if (e.kind() != DeviceException.Kind.TIMEOUT) {
                throw DeviceFailures.of(e);
            }
            silent = e;
            return false;
        } finally {
            search.cancel();
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
