package io.fieldloom.app.cli;

import io.fieldloom.domain.tag.NodeAddress;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.GuardedCall;
import io.fieldloom.engine.device.GuardedCall.Proposal;
import io.fieldloom.engine.device.Methods.Argument;
import io.fieldloom.engine.device.Methods.Method;
import io.fieldloom.engine.device.Methods.Outcome;
import io.fieldloom.engine.payload.PayloadEncoder;
import io.fieldloom.engine.security.AuditLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code call ENDPOINT METHOD ARGS... --yes}: calls a method and tells what it gave back. */
@Command(
        name = "call",
        description = {
            "Call a method of an OPC UA server.",
            "Without --yes it shows what it would do, and sends nothing."
        })
final class CallCommand implements Callable<Integer> {
    private static final String NOT_CALLED = "NotCalled";

    private final Shell shell;

    @Mixin private EndpointOptions device;

    @Parameters(index = "1", paramLabel = "METHOD", description = "The method's NodeId.")
    private String method;

    @Parameters(
            index = "2..*",
            paramLabel = "ARGS",
            description = "Its arguments as text: true, 42.5, a state's name, [1, 2, 3].")
    private List<String> arguments = List.of();

    @Option(
            names = "--object",
            paramLabel = "NODE",
            description = "The object to call it on; without it the one that has the method.")
    private String object;

    @Option(names = "--yes", description = "Call.")
    private boolean yes;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    CallCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (!device.endpoint().isOpcUa()) {
            throw CommandFailure.usage(
                    device.endpoint().authority() + ": Modbus has no methods",
                    "Call a method of an OPC UA server, opc.tcp://...");
        }
        NodeAddress.parse(method);
        if (object != null) {
            NodeAddress.parse(object);
        }
        try (DeviceConnection connection = DeviceConnection.open(shell, device)) {
            GuardedCall guard =
                    GuardedCall.over(
                            connection.session(),
                            connection.endpoint().text(),
                            AuditLog.of(shell.home()),
                            ForkJoinPool.commonPool(),
                            shell.clock());
            Proposal proposal = propose(connection, guard);
            return yes ? carryOut(connection, guard, proposal) : show(proposal);
        } catch (Shell.Stopped e) {
            throw CommandFailure.no(
                    device.endpoint().authority() + " " + method + ": not called, it was stopped",
                    "Run it again");
        }
    }

    private Proposal propose(DeviceConnection connection, GuardedCall guard)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        List<String> typed = object == null ? List.of(method) : List.of(method, object);
        List<String> nodes = Addresses.answered(connection, typed);
        Method known = connection.answer(guard.method(nodes.get(0)));
        String target = object == null ? null : nodes.get(1);
        try {
            return connection.answerOf(guard.propose(known, target, arguments));
        } catch (DeviceException e) {
            throw e.kind() == Kind.BAD_ADDRESS
                    ? new CommandFailure(CommandFailure.USAGE, e.getMessage(), e.advice(), e)
                    : DeviceFailures.of(e);
        }
    }

    private int show(Proposal proposal) throws CommandFailure {
        answer(proposal, List.of(), NOT_CALLED);
        throw CommandFailure.no(
                device.endpoint().authority()
                        + " "
                        + proposal.method().name()
                        + ": not called, it would be called on "
                        + proposal.object()
                        + (proposal.arguments().isEmpty()
                                ? " without arguments"
                                : " with " + given(proposal)),
                "Add --yes to call it");
    }

    /** {@code speed = 2.5, mode = Fast}. */
    private static String given(Proposal proposal) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < proposal.arguments().size(); i++) {
            words.add(
                    proposal.method().inputs().get(i).name()
                            + " = "
                            + WireValue.text(proposal.arguments().get(i)));
        }
        return String.join(", ", words);
    }

    private int carryOut(DeviceConnection connection, GuardedCall guard, Proposal proposal)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        Outcome outcome;
        try {
            outcome = connection.answerWhateverComes(guard.carryOut(proposal));
        } catch (DeviceException e) {
            boolean isSent = e.kind() == Kind.UNANSWERED;
            answer(proposal, List.of(), isSent ? Status.BAD_TIMEOUT.name() : NOT_CALLED);
            throw DeviceFailures.of(e);
        }
        answer(proposal, outcome.outputs(), outcome.status().name());
        if (outcome.status().isBad()) {
            throw CommandFailure.no(
                    device.endpoint().authority()
                            + " "
                            + proposal.method().name()
                            + ": the server answers "
                            + outcome.words(proposal.method()),
                    "Check the arguments, and that this user may call it");
        }
        return 0;
    }

    private void answer(Proposal proposal, List<Value> outputs, String status) {
        if (json) {
            new JsonOutput(shell)
                    .object(
                            out -> {
                                out.writeStringField("method", proposal.method().address());
                                out.writeArrayFieldStart("outputs");
                                for (Value output : outputs) {
                                    PayloadEncoder.write(out, WireValue.of(output));
                                }
                                out.writeEndArray();
                                out.writeStringField("status", status);
                            });
            return;
        }
        Columns columns = new Columns();
        columns.row("method", proposal.method().address());
        columns.row("object", proposal.object());
        List<Argument> inputs = proposal.method().inputs();
        for (int i = 0; i < inputs.size(); i++) {
            columns.row(inputs.get(i).name(), WireValue.text(proposal.arguments().get(i)));
        }
        columns.row("status", status);
        List<Argument> described = proposal.method().outputs();
        for (int i = 0; i < outputs.size(); i++) {
            String name = i < described.size() ? described.get(i).name() : "output " + (i + 1);
            columns.row(name, WireValue.text(outputs.get(i)));
        }
        columns.print(shell.out());
    }
}
