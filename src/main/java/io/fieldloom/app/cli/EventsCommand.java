package io.fieldloom.app.cli;

import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.Events;
import io.fieldloom.engine.device.Events.Answer;
import io.fieldloom.engine.device.Events.Event;
import io.fieldloom.engine.device.GuardedAnswer;
import io.fieldloom.engine.security.AuditLog;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code events ENDPOINT}: events and alarms as they come; with an answer, one alarm's answer. */
@Command(
        name = "events",
        description = {
            "Show the events of an OPC UA server, the alarms that stand first.",
            "--acknowledge answers one alarm instead; without --yes it shows which, and sends"
                    + " nothing."
        })
final class EventsCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private EndpointOptions device;
    @Mixin private RunTime time;

    @Option(
            names = "--from",
            paramLabel = "NODE",
            description = "Only the events of this node; the whole server without it.")
    private String from;

    @Option(
            names = "--acknowledge",
            paramLabel = "EVENTID",
            description = "Acknowledge the alarm whose newest event has this id.")
    private String acknowledged;

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What the server and the audit log keep beside the answer.")
    private String comment;

    @Option(names = "--yes", description = "Send the answer.")
    private boolean yes;

    @Option(names = "--json", description = "Answer with JSON lines.")
    private boolean json;

    EventsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, Shell.Stopped, InterruptedException {
        if (!device.endpoint().isOpcUa()) {
            throw CommandFailure.usage(
                    device.endpoint().authority() + ": a Modbus device tells no events",
                    "Watch an OPC UA server, opc.tcp://HOST");
        }
        if (from != null) {
            Addresses.check(device.endpoint(), List.of(from));
        }
        try (DeviceConnection connection = DeviceConnection.open(shell, device)) {
            Events events =
                    connection
                            .capability(Events.class)
                            .orElseThrow(() -> new IllegalStateException("OPC UA has events"));
            String notifier =
                    from == null ? "" : Addresses.answered(connection, List.of(from)).get(0);
            return acknowledged == null
                    ? watch(connection, events, notifier)
                    : acknowledge(connection, events, notifier);
        }
    }

    private int watch(DeviceConnection connection, Events events, String notifier)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        EventView view = new EventView(shell, json);
        Events.Watched watched = connection.answer(events.watch(notifier, view::show));
        try {
            shell.err().println("watching " + device.endpoint().text());
            connection.stay(time);
        } finally {
            watched.close();
        }
        return 0;
    }

    private int acknowledge(DeviceConnection connection, Events events, String notifier)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        Event alarm = alarm(connection, events, notifier);
        new EventView(shell, json).show(alarm);
        String what = device.endpoint().authority() + ": " + alarm.source();
        if (!alarm.takes(Answer.ACKNOWLEDGE)) {
            throw CommandFailure.no(
                    what + ": it does not wait to be acknowledged (" + state(alarm) + ")",
                    "Look at it with 'fieldloom events'");
        }
        if (!yes) {
            throw CommandFailure.no(
                    what + ": not acknowledged, it would be: " + alarm.message(),
                    "Add --yes to acknowledge it");
        }
        GuardedAnswer guard =
                GuardedAnswer.over(
                        connection.session(),
                        connection.endpoint().text(),
                        AuditLog.of(shell.home()),
                        ForkJoinPool.commonPool(),
                        shell.clock());
        Status status;
        try {
            status = connection.answerWhateverComes(guard.send(alarm, Answer.ACKNOWLEDGE, comment));
        } catch (DeviceException e) {
            throw DeviceFailures.of(e);
        }
        if (status.isBad()) {
            throw CommandFailure.no(
                    what + ": the server does not take it: " + status.name(),
                    "See what stands now with 'fieldloom events', and what this user may do");
        }
        shell.note(what + ": acknowledged");
        return 0;
    }

    private static String state(Event event) {
        return event.alarm().map(Events.Condition::words).orElse("no alarm");
    }

    /** The standing alarm of that event; a server tells all that stand before anything else. */
    private Event alarm(DeviceConnection connection, Events events, String notifier)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        CompletableFuture<Event> found = new CompletableFuture<>();
        Events.Sink sink =
                new Events.Sink() {
                    @Override
                    public void told(Event event) {
                        if (event.id().equals(acknowledged)) {
                            found.complete(event);
                        }
                    }

                    @Override
                    public void refreshed() {
                        found.complete(null);
                    }
                };
        Events.Watched watched = connection.answer(events.watch(notifier, sink));
        try {
            Event alarm = connection.answer(found);
            if (alarm == null) {
                throw CommandFailure.no(
                        device.endpoint().authority()
                                + ": no alarm stands there with the event "
                                + acknowledged,
                        "Each change of an alarm has a new id: see 'fieldloom events --json'");
            }
            return alarm;
        } finally {
            watched.close();
        }
    }
}
