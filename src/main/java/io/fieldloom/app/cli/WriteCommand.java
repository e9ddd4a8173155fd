package io.fieldloom.app.cli;

import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusArray;
import io.fieldloom.domain.tag.ModbusNotation;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.GuardedWrite;
import io.fieldloom.engine.device.GuardedWrite.Outcome;
import io.fieldloom.engine.device.GuardedWrite.Proposal;
import io.fieldloom.engine.device.WriteLimits;
import io.fieldloom.engine.security.AuditLog;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code write ENDPOINT ADDRESS VALUE --yes}: shows the old value, writes, reads back. */
@Command(
        name = "write",
        description = {
            "Write one value and read it back.",
            "Without --yes it shows what it would do, and sends nothing."
        })
final class WriteCommand implements Callable<Integer> {
    private static final String NOT_WRITTEN = "NotWritten";

    /** What a server answers who is asked all the same (OPC UA Part 4, 7.38.2). */
    private static final String NOT_WRITABLE = "BadNotWritable";

    /** What reading the value of an object or a method gives. */
    private static final String NO_VARIABLE = "BadAttributeIdInvalid";

    /** Begins the statuses of a node that is not there (OPC UA Part 4, 7.38.2). */
    private static final String NO_SUCH_NODE = "BadNodeId";

    private final Shell shell;

    @Mixin private EndpointOptions device;

    @Parameters(index = "1", paramLabel = "ADDRESS", description = "What is written, as in read.")
    private String address;

    @Parameters(
            index = "2",
            paramLabel = "VALUE",
            description = "The value as text: true, 42.5, a state's number.")
    private String value;

    @Option(names = "--yes", description = "Write.")
    private boolean yes;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    WriteCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        Addresses.check(device.endpoint(), List.of(address));
        Addresses.tell(shell, device.endpoint(), List.of(address));
        if (!device.endpoint().isOpcUa()) {
            refuseReadOnly(
                    ModbusArray.isArray(address)
                            ? ModbusArray.parse(address).first()
                            : ModbusNotation.parse(address).address());
        }
        try (DeviceConnection connection = DeviceConnection.open(shell, device)) {
            String answered = Addresses.answered(connection, List.of(address)).get(0);
            GuardedWrite write =
                    GuardedWrite.over(
                            connection.session(),
                            connection.endpoint().text(),
                            AuditLog.of(shell.home()),
                            ForkJoinPool.commonPool(),
                            shell.clock());
            Proposal proposal = propose(connection, write, answered);
            warn(proposal);
            return yes ? carryOut(connection, write, proposal) : show(proposal);
        } catch (Shell.Stopped e) {
            throw CommandFailure.no(
                    device.endpoint().authority() + " " + address + ": not written, it was stopped",
                    "Run it again");
        }
    }

    private void refuseReadOnly(ModbusAddress target) throws CommandFailure {
        if (!target.table().isWritable()) {
            throw CommandFailure.usage(
                    device.endpoint().authority()
                            + " "
                            + address
                            + ": "
                            + target.table().word()
                            + " is a read-only table",
                    "Write to holding or coil");
        }
    }

    private Proposal propose(DeviceConnection connection, GuardedWrite write, String answered)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        try {
            return connection.answerOf(write.propose(answered, value));
        } catch (DeviceException e) {
            if (e.kind() != Kind.BAD_ADDRESS && e.kind() != Kind.READ_ONLY) {
                throw DeviceFailures.of(e);
            }
            Sample there = connection.answer(connection.session().read(List.of(answered))).get(0);
            String status = there.status().name();
            boolean missing = status.startsWith(NO_SUCH_NODE) || status.equals(NO_VARIABLE);
            if (!missing && e.kind() == Kind.BAD_ADDRESS) {
                throw new CommandFailure(CommandFailure.USAGE, e.getMessage(), e.advice(), e);
            }
            answer(
                    new Proposal(answered, there, Value.NONE, List.of()),
                    there.value(),
                    missing ? status : NOT_WRITABLE,
                    null);
            throw DeviceFailures.of(e);
        }
    }

    /** The device's own limits do not forbid: it may take the value, or refuse it itself. */
    private void warn(Proposal proposal) {
        for (WriteLimits.Limit limit : proposal.outside()) {
            shell.note(
                    device.endpoint().authority()
                            + " "
                            + proposal.address()
                            + ": "
                            + text(proposal.wanted())
                            + " is outside its "
                            + limit.name()
                            + ", "
                            + limit.low()
                            + " to "
                            + limit.high());
        }
    }

    private int show(Proposal proposal) throws CommandFailure {
        answer(proposal, proposal.wanted(), NOT_WRITTEN, null);
        throw CommandFailure.no(
                device.endpoint().authority()
                        + " "
                        + proposal.address()
                        + ": not written, it is "
                        + text(proposal.before().value())
                        + " and would become "
                        + text(proposal.wanted()),
                "Add --yes to write it");
    }

    private int carryOut(DeviceConnection connection, GuardedWrite write, Proposal proposal)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        Outcome outcome;
        try {
            outcome = connection.answerWhateverComes(write.carryOut(proposal));
        } catch (DeviceException e) {
            answer(proposal, proposal.before().value(), NOT_WRITTEN, null);
            throw DeviceFailures.of(e);
        }
        answer(proposal, outcome.readBack().value(), outcome.status().name(), outcome.how());
        String where = device.endpoint().authority() + " " + proposal.address() + ": ";
        String back = text(outcome.readBack().value());
        String wanted = text(proposal.wanted());
        return switch (outcome.verdict()) {
            case CONFIRMED -> 0;
            case DIFFERENT ->
                    throw CommandFailure.no(
                            where + "written, but it reads back " + back + " instead of " + wanted,
                            "The device limits the value or sets it itself; read it again");
            case UNREAD ->
                    throw CommandFailure.no(
                            where
                                    + "written, but it cannot be read back ("
                                    + outcome.readBack().status().name()
                                    + ")",
                            "Read it again");
            case REFUSED ->
                    throw CommandFailure.no(
                            where + "the device refused " + wanted + ": " + outcome.status().name(),
                            "Check that it may be written, and by this user");
            case ARRIVED ->
                    throw CommandFailure.no(
                            where
                                    + "no answer came ("
                                    + outcome.status().name()
                                    + "), but it reads back "
                                    + back
                                    + ", so it has arrived",
                            "A longer ?timeout= lets the answer come");
            case UNKNOWN ->
                    throw CommandFailure.no(
                            where
                                    + "no answer came ("
                                    + outcome.status().name()
                                    + "), so "
                                    + wanted
                                    + " may or may not have been written",
                            "Read it again before you write again");
        };
    }

    private void answer(Proposal proposal, Value now, String status, String how) {
        if (json) {
            new JsonOutput(shell)
                    .object(
                            out -> {
                                out.writeStringField("address", proposal.address());
                                JsonOutput.value(out, "old", proposal.before().value());
                                JsonOutput.value(out, "new", now);
                                out.writeStringField("status", status);
                                if (how != null) {
                                    out.writeStringField("how", how);
                                }
                            });
            return;
        }
        Columns columns = new Columns();
        columns.row("address", proposal.address());
        columns.row("old", text(proposal.before().value()));
        columns.row("new", text(now));
        columns.row("status", status);
        if (how != null) {
            columns.row("how", how);
        }
        columns.print(shell.out());
    }

    private static String text(Value value) {
        return WireValue.text(value);
    }
}
