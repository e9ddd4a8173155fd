package io.fieldloom.app.cli;

import io.fieldloom.engine.mqtt.MqttListener;
import io.fieldloom.engine.outlet.Publication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code publish BROKER TOPIC PAYLOAD}: one message. Publishing is writing. */
@Command(
        name = "publish",
        description = {
            "Publish one message.",
            "To a broker that is not on this computer, and to delete a retained message, it needs"
                    + " --yes."
        })
final class PublishCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final int LONGEST_TOPIC = 65_535;
    private static final int FIRST_REFUSAL = 128;

    private final Shell shell;

    @Mixin private BrokerOptions broker;

    @Parameters(index = "1", paramLabel = "TOPIC", description = "Where it goes.")
    private String topic;

    @Parameters(
            index = "2",
            paramLabel = "PAYLOAD",
            description = "The text; - takes standard input as it is.")
    private String payload;

    @Mixin private QosOption qos;

    @Option(names = "--retain", description = "Let the broker keep it as the topic's last value.")
    private boolean retain;

    @Option(names = "--yes", description = "Publish.")
    private boolean yes;

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    PublishCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, Shell.Stopped, InterruptedException, IOException {
        checkTopic();
        int level = qos.level();
        byte[] bytes = bytes();
        if (!yes) {
            guard(bytes);
        }
        try (BrokerConnection connection =
                BrokerConnection.open(shell, broker, new MqttListener() {})) {
            int reason =
                    connection.answer(
                            connection
                                    .connection()
                                    .publish(
                                            new Publication(topic, bytes, level, retain, null, 0)));
            return answer(reason);
        } catch (Shell.Stopped e) {
            throw CommandFailure.no(
                    broker.text() + " " + topic + ": stopped before the broker answered",
                    "Watch the topic to see whether it arrived");
        }
    }

    /** What MQTT allows, not what a namespace should look like: bad topics must be clearable. */
    private void checkTopic() throws CommandFailure {
        Optional<String> fault = Optional.empty();
        if (topic.isEmpty()) {
            fault = Optional.of("a topic has at least one character");
        } else if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            fault = Optional.of("'+' and '#' are wildcards and cannot be published to");
        } else if (topic.indexOf('\0') >= 0) {
            fault = Optional.of("control characters are not allowed");
        } else if (topic.getBytes(StandardCharsets.UTF_8).length > LONGEST_TOPIC) {
            fault = Optional.of("a topic has at most " + LONGEST_TOPIC + " bytes");
        }
        if (fault.isPresent()) {
            throw CommandFailure.usage(
                    "'" + topic + "' is not a topic: " + fault.get(), "Name one topic");
        }
    }

    private byte[] bytes() throws CommandFailure, IOException {
        if (!payload.equals(STANDARD_INPUT)) {
            return payload.getBytes(StandardCharsets.UTF_8);
        }
        if (broker.takesStandardInput()) {
            throw CommandFailure.usage(
                    "the password and the payload cannot both come from standard input",
                    "Give one of them in a file");
        }
        return shell.in().readAllBytes();
    }

    private void guard(byte[] bytes) throws CommandFailure {
        if (!broker.isLoopback()) {
            throw CommandFailure.no(
                    broker.text()
                            + " "
                            + topic
                            + ": not published, for the broker is not on this computer; it would"
                            + " get "
                            + bytes.length
                            + (bytes.length == 1 ? " byte" : " bytes")
                            + (retain ? " to keep" : ""),
                    "Add --yes to publish");
        }
        if (retain && bytes.length == 0) {
            throw CommandFailure.no(
                    broker.text()
                            + " "
                            + topic
                            + ": not published, for an empty payload with --retain deletes the"
                            + " retained message",
                    "Add --yes to delete it");
        }
    }

    private int answer(int reason) throws CommandFailure {
        if (json) {
            new JsonOutput(shell)
                    .object(
                            out -> {
                                out.writeStringField("topic", topic);
                                out.writeNumberField("reasonCode", reason);
                            });
        } else if (reason < FIRST_REFUSAL) {
            shell.out().println("published " + topic + word(reason));
        }
        if (reason < FIRST_REFUSAL) {
            return 0;
        }
        throw CommandFailure.no(
                broker.text() + " refused " + topic + word(reason),
                "Check what this user may publish");
    }

    /** MQTT 5.0, 3.4.2.1. */
    private static String word(int reason) {
        return switch (reason) {
            case 0 -> "";
            case 16 -> " (nobody is subscribed)";
            case 131 -> ": the broker does not accept it (131)";
            case 135 -> ": not authorised (135)";
            case 144 -> ": the broker does not accept the topic (144)";
            case 151 -> ": a quota is used up (151)";
            case 153 -> ": the broker does not accept the payload's format (153)";
            default -> " (reason code " + reason + ")";
        };
    }
}
