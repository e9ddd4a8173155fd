package io.fieldloom.app.cli;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.connection.SearchPlace;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.engine.device.FoundDevice;
import io.fieldloom.engine.device.NetworkScan;
import io.fieldloom.engine.device.NetworkScan.Limits;
import io.fieldloom.engine.plant.Parts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code discover HOST|CIDR}: which devices are there, and what they offer. */
@Command(name = "discover", description = "Find the devices on a host, or with --yes in a subnet.")
final class DiscoverCommand implements Callable<Integer> {
    private static final int[] WIDTHS = {40, 34};

    private final Shell shell;
    private int found;

    @Parameters(
            index = "0",
            paramLabel = "HOST|CIDR",
            description = "A host, with or without a port, or a subnet such as 10.0.0.0/24.")
    private String where;

    @Option(
            names = "--yes",
            description = "Really search the subnet: each of its addresses is connected to.")
    private boolean yes;

    @Option(names = "--json", description = "Answer with JSON lines.")
    private boolean json;

    DiscoverCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        NetworkScan scan = new NetworkScan(Parts.of(shell.home()).drivers(), Limits.GENTLE);
        SearchPlace place = SearchPlace.parse(where);
        return place.subnet() ? subnet(scan, place.hosts()) : host(scan, place);
    }

    private int host(NetworkScan scan, SearchPlace place)
            throws CommandFailure, InterruptedException {
        List<Integer> ports = scan.ports(place);
        int accepted = scan(scan, place.hosts(), ports);
        if (found == 0 && !shell.stop().isRequested()) {
            throw CommandFailure.noConnection(
                    where
                            + (accepted == 0
                                    ? ": nothing listens there (tried "
                                    : ": it accepts connections, but answers neither OPC UA nor"
                                            + " Modbus (tried ")
                            + listed(ports)
                            + ")",
                    advice(place, accepted),
                    null);
        }
        return 0;
    }

    private String advice(SearchPlace place, int accepted) {
        if (place.port().isEmpty()) {
            return "Check that it is on, or name its port: " + place.hosts().get(0) + ":PORT";
        }
        return accepted == 0
                ? "Check that it is on, and the port"
                : "See what answers there with 'fieldloom diagnose opc.tcp://" + where + "'";
    }

    private int subnet(NetworkScan scan, List<String> hosts)
            throws CommandFailure, InterruptedException {
        List<Integer> ports = scan.ownPorts();
        long seconds =
                (long) Math.ceil((double) hosts.size() * ports.size() / Limits.GENTLE.perSecond());
        String plan =
                where
                        + ": "
                        + hosts.size()
                        + (hosts.size() == 1 ? " address" : " addresses")
                        + " at the ports "
                        + listed(ports)
                        + ", at most "
                        + Limits.GENTLE.perSecond()
                        + " connections a second, about "
                        + Durations.format(Duration.ofSeconds(Math.max(1, seconds)));
        if (!yes) {
            throw CommandFailure.no(
                    plan + "; nothing was sent", "Add --yes if this network is yours to search");
        }
        shell.note(plan);
        scan(scan, hosts, ports);
        if (found == 0 && !shell.stop().isRequested()) {
            throw CommandFailure.no(
                    where + ": no device was found",
                    "Check the subnet; firewalls may hide devices. Try one of them by name");
        }
        return 0;
    }

    private int scan(NetworkScan scan, List<String> hosts, List<Integer> ports)
            throws InterruptedException {
        return scan.run(
                hosts,
                ports,
                new NetworkScan.Listener() {
                    @Override
                    public void found(FoundDevice device) {
                        found++;
                        show(device);
                    }

                    @Override
                    public void progress(int tried, int of) {
                        // the devices themselves show how far it is
                    }
                },
                () -> shell.stop().isRequested());
    }

    private void show(FoundDevice device) {
        if (!json) {
            String security =
                    device.security().stream()
                            .map(Security::text)
                            .collect(Collectors.joining(", "));
            shell.out()
                    .println(
                            Columns.line(
                                    new String[] {device.endpoint(), device.words(), security},
                                    WIDTHS));
            return;
        }
        new JsonOutput(shell)
                .object(
                        out -> {
                            out.writeStringField("endpoint", device.endpoint());
                            out.writeStringField("server", device.server());
                            out.writeArrayFieldStart("security");
                            for (Security security : device.security()) {
                                out.writeString(security.text());
                            }
                            out.writeEndArray();
                            out.writeBooleanField("recommended", device.recommended());
                            if (device.announced() != null) {
                                out.writeStringField("announced", device.announced());
                            }
                        });
    }

    private static String listed(List<Integer> ports) {
        return ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
