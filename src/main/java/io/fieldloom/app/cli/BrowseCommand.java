package io.fieldloom.app.cli;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.NodeSetExport;
import io.fieldloom.engine.device.NodeSetExport.Saved;
import io.fieldloom.engine.device.TagNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code browse ENDPOINT}: the nodes of a server, or the tables of a Modbus device. */
@Command(name = "browse", description = "List nodes, or the tables of a Modbus device.")
final class BrowseCommand implements Callable<Integer> {
    private static final int[] WIDTHS = {48, 9, 12};

    private final Shell shell;
    private JsonOutput lines;

    @Mixin private EndpointOptions device;

    @Option(
            names = "--from",
            paramLabel = "NODE",
            description = "Node whose children are listed; Objects without it.")
    private String from;

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "1",
            description = "Levels to go down, 0 for all; ${DEFAULT-VALUE} without it.")
    private int depth;

    @Option(
            names = "--nodeset",
            paramLabel = "FILE",
            description =
                    "Save as NodeSet2 XML what is below --from (all of it without), with the types"
                            + " it needs.")
    private Path nodeset;

    @Option(names = "--json", description = "Answer with JSON lines.")
    private boolean json;

    BrowseCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, Shell.Stopped, InterruptedException {
        if (depth < 0) {
            throw CommandFailure.usage(
                    "--depth " + depth + ": a depth is 0 for all, or more",
                    "Try 'fieldloom browse --help'");
        }
        Endpoint endpoint = device.endpoint();
        if (from != null && !endpoint.isOpcUa()) {
            throw CommandFailure.usage(
                    "--from " + from + ": a Modbus device has tables, not nodes",
                    "Leave out --from");
        }
        if (nodeset != null && !endpoint.isOpcUa()) {
            throw CommandFailure.usage(
                    "--nodeset " + nodeset + ": a Modbus device has no nodes", "Leave it out");
        }
        if (from != null) {
            Addresses.check(endpoint, List.of(from));
        }
        lines = new JsonOutput(shell);
        try (DeviceConnection connection = DeviceConnection.open(shell, device)) {
            if (nodeset != null) {
                save(connection);
            } else if (endpoint.isOpcUa()) {
                nodes(connection);
            } else {
                tables(connection);
            }
        }
        return 0;
    }

    private void tables(DeviceConnection connection)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        for (TagNode table : connection.answer(connection.session().browse(""))) {
            show(null, AddressSpace.escaped(table.name()), table);
        }
        lines.flush();
    }

    private void nodes(DeviceConnection connection)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        AddressSpace space = new AddressSpace(connection);
        String start =
                from == null
                        ? AddressSpace.OBJECTS
                        : Addresses.answered(connection, List.of(from)).get(0);
        try {
            space.walk(
                    start,
                    depth == 0 ? Integer.MAX_VALUE : depth,
                    this::show,
                    () -> {
                        lines.flush();
                        return shell.stop().isRequested();
                    });
        } catch (DeviceException e) {
            if (e.kind() == Kind.BAD_ADDRESS) {
                throw new CommandFailure(CommandFailure.NO, e.getMessage(), e.advice(), e);
            }
            throw DeviceFailures.of(e);
        }
        if (space.unreadable() > 0) {
            shell.note(
                    connection.endpoint().authority()
                            + ": "
                            + space.unreadable()
                            + " nodes did not let themselves be browsed");
        }
    }

    private void save(DeviceConnection connection)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        NodeSetExport export =
                connection
                        .capability(NodeSetExport.class)
                        .orElseThrow(() -> new IllegalStateException("OPC UA saves its nodes"));
        String start = from == null ? "" : Addresses.answered(connection, List.of(from)).get(0);
        CompletableFuture<Saved> saving = export.save(start, nodeset, looked -> {});
        try {
            Saved saved = connection.answerAtLast(saving);
            if (json) {
                lines.object(
                        out -> {
                            out.writeStringField("file", nodeset.toString());
                            out.writeNumberField("nodes", saved.nodes());
                            out.writeNumberField("withoutValue", saved.withoutValue());
                            out.writeBooleanField("complete", saved.complete());
                        });
            } else {
                shell.out().println(saved.nodes() + " nodes are in " + nodeset);
            }
            if (!saved.complete()) {
                throw CommandFailure.no(
                        nodeset + ": there are more nodes than are in it",
                        "Save a part of them with --from");
            }
        } catch (DeviceException e) {
            throw DeviceFailures.of(e);
        } finally {
            saving.cancel(true); // a stopped command leaves no file that looks whole
        }
    }

    private void show(String parent, String path, TagNode node) {
        if (!json) {
            String type = node.type() == null ? "" : node.type();
            shell.out()
                    .println(
                            Columns.line(
                                    new String[] {path, node.nodeClass(), type, node.address()},
                                    WIDTHS));
            return;
        }
        lines.buffered(
                out -> {
                    out.writeStringField("id", node.address());
                    if (parent != null) {
                        out.writeStringField("parent", parent);
                    }
                    out.writeStringField("path", path);
                    out.writeStringField("name", node.name());
                    out.writeStringField("class", node.nodeClass());
                    if (node.isVariable() && node.type() != null) {
                        out.writeStringField("type", node.type());
                    }
                });
    }
}
