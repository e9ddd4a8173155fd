package io.fieldloom.ui.devices;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.GuardedWrite;
import io.fieldloom.engine.device.LinkState;
import io.fieldloom.engine.device.SubscriptionHealth;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** How devices, links and tags are told in words. Pure. */
final class DeviceWords {
    private static final int MOST_STREAMS = 5;

    private DeviceWords() {}

    /** Protocol and what is special about the connection: {@code Modbus TCP · unit 1}. */
    static String protocol(Device device) {
        String protocol = Presentation.protocol(device.scheme());
        if (device.use() == Device.Use.SIMULATED && device.simulator() != null) {
            return protocol + " · sim";
        }
        if (device.isOpcUa()) {
            return protocol + security(device);
        }
        try {
            return protocol + " · unit " + Endpoint.parse(device.endpoint()).unit();
        } catch (MalformedException e) {
            return protocol;
        }
    }

    private static String security(Device device) {
        if (device.security() == null) {
            return "";
        }
        try {
            return switch (Security.parse(device.security()).mode()) {
                case "SignAndEncrypt" -> " · encrypted";
                case "Sign" -> " · signed";
                default -> " · open";
            };
        } catch (MalformedException e) {
            return "";
        }
    }

    /** What went wrong, without the name of the device that stands above it. */
    static String brief(TreeRow.OfMessage message) {
        return Presentation.without(message.device(), message.text());
    }

    /** {@code holding:0} of {@code holding:0 (40001)}; null of null. */
    static String shortPlace(String place) {
        return place == null ? null : place.replaceFirst(" \\(.*", "");
    }

    static Tone light(TreeRow.OfDevice row) {
        if (row.link() == null) {
            return row.fault() == null ? Tone.OFF : Tone.BAD;
        }
        return switch (row.link().phase()) {
            case UP -> Tone.OK;
            case CONNECTING -> row.link().failure() == null ? Tone.WARN : Tone.BAD;
            case WAITING -> needsPerson(row.link()) ? Tone.WARN : Tone.BAD;
            case STOPPED -> Tone.OFF;
        };
    }

    /** Whether trying again does not help, but a decision does. */
    static boolean needsPerson(LinkState link) {
        return link.why().filter(why -> why.kind().needsPerson()).isPresent();
    }

    /** What a person must decide about a device, in few words; empty when there is nothing. */
    static String decision(TreeRow.OfDevice row) {
        if (row.link() == null || row.link().isUp()) {
            return "";
        }
        return row.link()
                .why()
                .map(
                        why ->
                                switch (why.kind()) {
                                    case UNTRUSTED ->
                                            why.certificate()
                                                            .map(PresentedCertificate::before)
                                                            .isPresent()
                                                    ? "changed"
                                                    : "certificate";
                                    case NOT_AUTHORISED -> "not authorised";
                                    case SECURITY -> "security not offered";
                                    default -> "";
                                })
                .orElse("");
    }

    /** The state of a link in the width of a value: {@code 412/s}, {@code retry in 4 s}. */
    static String state(TreeRow.OfDevice row, Instant now) {
        LinkState link = row.link();
        if (link == null) {
            return row.fault() == null ? "" : "no connection";
        }
        return switch (link.phase()) {
            case UP ->
                    row.samplesPerSecond() < 0.05
                            ? ""
                            : Presentation.rate(row.samplesPerSecond()) + "/s";
            case CONNECTING -> "connecting…";
            case STOPPED -> "disconnected";
            case WAITING -> waiting(link, now);
        };
    }

    private static String waiting(LinkState link, Instant now) {
        if (needsPerson(link)) {
            // Trying again comes to the same until somebody decides.
            return switch (link.failure().kind()) {
                case UNTRUSTED -> "not trusted";
                case NOT_AUTHORISED -> "login refused";
                default -> "not offered";
            };
        }
        if (link.nextAttempt() == null) {
            return "no connection";
        }
        long seconds =
                Math.max(1, (Duration.between(now, link.nextAttempt()).toMillis() + 999) / 1_000);
        return "retry in " + seconds + " s";
    }

    /** Everything about a device, for the hover text. */
    static String explain(TreeRow.OfDevice row, boolean armed) {
        StringBuilder words = new StringBuilder(row.definition().endpoint());
        if (row.definition().use() == Device.Use.SIMULATED) {
            words.append("\nStood in for by the simulator ").append(row.definition().simulator());
        }
        if (row.definition().security() != null) {
            words.append("\nSecurity ").append(row.definition().security());
        }
        if (!row.definition().login().isAnonymous()) {
            words.append("\nLogs in as ").append(row.definition().login().words());
        }
        if (row.fault() != null) {
            words.append('\n').append(row.fault());
        }
        if (row.link() != null && !row.link().isUp()) {
            row.link()
                    .why()
                    .ifPresent(
                            why ->
                                    words.append('\n')
                                            .append(why.getMessage())
                                            .append(".\n")
                                            .append(why.advice()));
        }
        if (row.link() != null && row.link().reconnects() > 0) {
            words.append("\nCame back ")
                    .append(Presentation.count(row.link().reconnects(), "time", "times"));
        }
        if (armed) {
            words.append("\nArmed: values can be written");
        }
        return words.toString();
    }

    /** How its subscriptions fare, a line each; empty where it has none. */
    static String explain(List<SubscriptionHealth.Stream> streams) {
        StringBuilder words = new StringBuilder();
        for (SubscriptionHealth.Stream stream :
                streams.subList(0, Math.min(MOST_STREAMS, streams.size()))) {
            words.append("\nSubscription ")
                    .append(stream.id())
                    .append(": ")
                    .append(Presentation.count(stream.items(), "tag", "tags"))
                    .append(" every ")
                    .append(Durations.format(stream.interval()))
                    .append(", heard ")
                    .append(stream.silence().toSeconds())
                    .append(" s ago, keep-alive ")
                    .append(Durations.format(stream.keepAlive()))
                    .append(", lifetime ")
                    .append(Durations.format(stream.lifetime()));
            if (stream.missing() > 0) {
                words.append("\n  ")
                        .append(Presentation.count(stream.missing(), "message", "messages"))
                        .append(" missing, ")
                        .append(stream.recovered())
                        .append(" sent again, ")
                        .append(stream.lost())
                        .append(" lost");
            }
        }
        if (streams.size() > MOST_STREAMS) {
            words.append("\nand ")
                    .append(streams.size() - MOST_STREAMS)
                    .append(" more subscriptions");
        }
        return words.toString();
    }

    /** That a value is outside of what the device says makes sense. */
    static String outside(GuardedWrite.Proposal proposal) {
        return Presentation.exact(proposal.wanted())
                + " is outside of "
                + proposal.outside().stream()
                        .map(
                                limit ->
                                        limit.name()
                                                + " "
                                                + Presentation.value(Value.of(limit.low()))
                                                + " to "
                                                + Presentation.value(Value.of(limit.high())))
                        .collect(Collectors.joining(" and "))
                + ", as the device says. It may refuse or limit it.";
    }

    /** What stands in the place of a value that is not there: why, or that it is null. */
    static String nothing(Status status) {
        return status.isGood() ? "null" : status.name();
    }

    /** A sample in words, for the hover text. */
    static String explain(Sample sample, String unit) {
        boolean isNull = sample.value().equals(Value.NONE) && sample.status().isGood();
        return (isNull
                        ? "null: the device has no value here"
                        : Presentation.exact(sample.value(), unit))
                + "\n"
                + sample.status().name()
                + (sample.sourceTime() == null
                        ? ""
                        : "\nSource " + Presentation.clock(sample.sourceTime()))
                + (sample.serverTime() == null
                        ? ""
                        : "\nServer " + Presentation.clock(sample.serverTime()))
                + "\nReceived "
                + Presentation.clock(sample.receivedAt());
    }
}
