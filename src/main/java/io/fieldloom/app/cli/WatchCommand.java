package io.fieldloom.app.cli;

import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.engine.mqtt.LinkState;
import io.fieldloom.engine.mqtt.MqttListener;
import io.fieldloom.engine.mqtt.Subscription;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.traffic.Message;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code watch BROKER FILTER...}: live traffic, decoded, or counted. */
@Command(name = "watch", description = "Show live traffic, decoded.")
final class WatchCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private BrokerOptions broker;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILTER",
            description = "Topic filters, such as acme/# or +/state.")
    private List<String> filters;

    @Mixin private RunTime time;
    @Mixin private QosOption qos;

    @Option(
            names = "--count",
            description = "Only count: totals every second, or once at the end of --for.")
    private boolean count;

    @Option(names = "--json", description = "Answer with JSON lines.")
    private boolean json;

    WatchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, Shell.Stopped, InterruptedException {
        for (String filter : filters) {
            Optional<String> fault = Topic.filterFault(filter);
            if (fault.isPresent()) {
                throw CommandFailure.usage(
                        "'" + filter + "' is not a topic filter: " + fault.get(),
                        "Try 'fieldloom watch --help'");
            }
        }
        int level = qos.level();
        WatchView view =
                count ? new CountView(shell, json, time.isLimited()) : new MessageView(shell, json);
        try (BrokerConnection connection = BrokerConnection.open(shell, broker, heard(view))) {
            for (String filter : filters) {
                connection.answer(
                        connection.connection().subscribe(new Subscription(filter, level)));
            }
            for (String filter : filters) {
                shell.err().println("watching " + broker.text() + " " + filter);
            }
            view.run(time.atMost());
        }
        return 0;
    }

    private MqttListener heard(WatchView view) {
        return new MqttListener() {
            private boolean wasUp;

            @Override
            public void received(Message message) {
                view.received(message);
            }

            @Override
            public void link(LinkState state) {
                if (state.link() == Link.DOWN && wasUp) {
                    shell.note(state.reason());
                } else if (state.link() == Link.UP && state.losses() > 0) {
                    shell.note(broker.text() + ": connected again");
                }
                wasUp = state.link() == Link.UP;
            }
        };
    }
}
