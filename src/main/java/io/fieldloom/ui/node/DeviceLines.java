package io.fieldloom.ui.node;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.device.LinkFailure;
import io.fieldloom.engine.device.LinkState;
import io.fieldloom.engine.device.LinkStatistics.Counts;
import io.fieldloom.engine.device.SelfDescription.Entry;
import io.fieldloom.engine.device.SubscriptionHealth.Stream;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a device's link fares, line by line. Pure. */
final class DeviceLines {
    /** Clocks further apart than this put values in a wrong order. */
    private static final Duration FAR = Duration.ofSeconds(1);

    private DeviceLines() {}

    /** Whether it is connected, why not, and how it is reached. */
    static List<NodeLine> connection(DeviceFacts facts) {
        List<NodeLine> lines = new ArrayList<>();
        lines.add(new NodeLine("State", 0, "State", "", state(facts), tone(facts.state())));
        facts.lastFailure().ifPresent(failure -> addFailure(facts, failure, lines));
        lines.add(
                NodeLine.of(
                        "Came back",
                        Presentation.count(facts.state().reconnects(), "time", "times")));
        Device device = facts.device();
        lines.add(NodeLine.of("Endpoint", device.endpoint()));
        if (!facts.reachedAt().equals(device.endpoint())) {
            lines.add(NodeLine.of("Reached at", facts.reachedAt()));
        }
        if (device.use() == Device.Use.SIMULATED) {
            lines.add(NodeLine.of("Simulator", device.simulator()));
        }
        if (device.security() != null) {
            lines.add(NodeLine.of("Security", device.security()));
        }
        if (device.isOpcUa()) {
            lines.add(NodeLine.of("Log in as", device.login().words()));
        }
        addDescription(facts.description(), lines);
        return lines;
    }

    private static String state(DeviceFacts facts) {
        LinkState state = facts.state();
        String since = Presentation.age(Duration.between(state.since(), facts.now()));
        return switch (state.phase()) {
            case UP -> "connected for " + since;
            case CONNECTING -> "connecting…";
            case STOPPED -> "disconnected, not tried again";
            case WAITING ->
                    "not connected"
                            + (state.nextAttempt() == null
                                    ? ""
                                    : ", tried again in " + seconds(facts.now(), state));
        };
    }

    /** Until the next attempt, never less than one second so that it does not flicker. */
    private static String seconds(Instant now, LinkState state) {
        long millis = Duration.between(now, state.nextAttempt()).toMillis();
        return Math.max(1, (millis + 999) / 1_000) + " s";
    }

    private static Tone tone(LinkState state) {
        return switch (state.phase()) {
            case UP -> Tone.OK;
            case CONNECTING -> Tone.WARN;
            case WAITING -> Tone.BAD;
            case STOPPED -> Tone.DIM;
        };
    }

    private static void addFailure(DeviceFacts facts, LinkFailure failure, List<NodeLine> lines) {
        boolean isDown = !facts.state().isUp();
        String why = Presentation.without(facts.device().name(), failure.why().getMessage());
        lines.add(
                new NodeLine(
                        "Last error", 0, "Last error", "", why, isDown ? Tone.BAD : Tone.NORMAL));
        lines.add(
                new NodeLine(
                        "Last error/when",
                        1,
                        "When",
                        "",
                        Presentation.age(Duration.between(failure.at(), facts.now()))
                                + " ago"
                                + (isDown && failure.inARow() > 1
                                        ? ", attempt " + failure.inARow()
                                        : ""),
                        Tone.NORMAL));
        if (isDown) {
            lines.add(
                    new NodeLine(
                            "Last error/try",
                            1,
                            "What to try",
                            "",
                            failure.why().advice(),
                            Tone.NORMAL));
        }
    }

    private static void addDescription(List<Entry> description, List<NodeLine> lines) {
        String group = "";
        for (Entry entry : description) {
            if (!entry.group().equals(group)) {
                group = entry.group();
                lines.add(NodeLine.of(group, ""));
            }
            lines.add(
                    part(
                            group,
                            entry.name(),
                            entry.text(),
                            entry.worrying() ? Tone.WARN : Tone.NORMAL));
        }
    }

    /** What goes back and forth. */
    static List<NodeLine> conversation(DeviceFacts facts) {
        List<NodeLine> lines = new ArrayList<>();
        lines.add(NodeLine.of("Values", Presentation.rate(facts.samplesPerSecond()) + " a second"));
        facts.counts().ifPresent(counts -> addCounts(facts, counts, lines));
        facts.clock().ifPresent(offset -> lines.add(clock(offset)));
        facts.streams().forEach(stream -> addStream(stream, lines));
        return lines;
    }

    private static void addCounts(DeviceFacts facts, Counts counts, List<NodeLine> lines) {
        lines.add(
                NodeLine.of(
                        "Requests",
                        Presentation.rate(facts.requestsPerSecond())
                                + " a second, "
                                + Presentation.count(counts.requests())
                                + " in this session"));
        lines.add(
                NodeLine.of(
                        "Round trip",
                        counts.answers() == 0
                                ? "no answer yet"
                                : millis(counts.lastRoundTrip())
                                        + ", on average "
                                        + millis(counts.meanRoundTrip())));
        boolean none = counts.timeouts() + counts.faults() + counts.refusals() == 0;
        lines.add(
                new NodeLine(
                        "Errors",
                        0,
                        "Errors",
                        "",
                        none
                                ? "none"
                                : Presentation.count(counts.timeouts())
                                        + " without an answer in time, "
                                        + Presentation.count(counts.refusals())
                                        + " refused by the device, "
                                        + Presentation.count(counts.faults())
                                        + " with a wrong answer or a broken line",
                        none ? Tone.NORMAL : Tone.WARN));
    }

    private static NodeLine clock(ClockOffset offset) {
        Duration by = offset.ahead().abs();
        boolean far = by.compareTo(FAR) >= 0;
        String amount = far ? Presentation.age(by) : by.toMillis() + " ms";
        String words =
                by.compareTo(offset.within()) <= 0
                        ? "as this computer's, within " + millis(offset.within())
                        : amount
                                + (offset.ahead().isNegative() ? " behind" : " ahead of")
                                + " this computer's";
        return new NodeLine("Clock", 0, "Clock", "", words, far ? Tone.WARN : Tone.NORMAL);
    }

    private static void addStream(Stream stream, List<NodeLine> lines) {
        String path = "Subscription " + stream.id();
        lines.add(
                NodeLine.of(
                        path,
                        Presentation.count(stream.items(), "tag", "tags")
                                + " every "
                                + Durations.format(stream.interval())));
        lines.add(part(path, "Heard", Presentation.age(stream.silence()) + " ago", Tone.NORMAL));
        lines.add(part(path, "Keep-alive", Durations.format(stream.keepAlive()), Tone.NORMAL));
        lines.add(part(path, "Lifetime", Durations.format(stream.lifetime()), Tone.NORMAL));
        if (stream.transferred()) {
            lines.add(part(path, "Transferred", "from the lost session", Tone.NORMAL));
        }
        lines.add(
                part(
                        path,
                        "Gaps",
                        stream.missing() == 0
                                ? "none"
                                : Presentation.count(stream.missing(), "message", "messages")
                                        + " missing, "
                                        + Presentation.count(stream.recovered())
                                        + " sent again, "
                                        + Presentation.count(stream.lost())
                                        + " lost",
                        stream.lost() > 0 ? Tone.BAD : Tone.NORMAL));
    }

    private static NodeLine part(String of, String name, String text, Tone tone) {
        return new NodeLine(of + "/" + name, 1, name, "", text, tone);
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
