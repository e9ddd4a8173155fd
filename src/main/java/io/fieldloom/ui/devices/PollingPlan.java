package io.fieldloom.ui.devices;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.modbus.ReadPreview;
import io.fieldloom.engine.device.modbus.ReadPreview.Request;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a Modbus device's tags would be read, in words. Pure.
 *
 * @param tags those whose address can be understood
 * @param roundTrip what a request takes, as it was measured; empty where it is not known
 */
record PollingPlan(
        Endpoint endpoint, List<TagSpec> tags, ReadPreview preview, Optional<Duration> roundTrip) {
    /** What a request takes on a usual plant network, devices' own slowness included. */
    private static final Duration USUAL = Duration.ofMillis(20);

    /** Beyond that a time-out or a write makes polls late. */
    private static final double BUSY = 0.7;

    /** The plan for tags that are read as often as they say, else as their device does. */
    static PollingPlan of(
            Endpoint endpoint,
            Collection<TagSpec> all,
            Duration interval,
            Optional<Duration> roundTrip) {
        List<TagSpec> tags = new ArrayList<>();
        List<TagRequest> requests = new ArrayList<>();
        for (TagSpec tag : all) {
            Duration own = tag.interval() == null ? interval : tag.interval();
            if (isUnderstood(tag.address())) {
                tags.add(tag);
                requests.add(TagRequest.of(tag, own));
            }
        }
        return new PollingPlan(endpoint, tags, ReadPreview.of(endpoint, requests), roundTrip);
    }

    /** The plan for a device of the project. */
    static PollingPlan of(Device device, Optional<Duration> roundTrip) {
        return of(
                Endpoint.parse(device.endpoint()),
                device.tags().values(),
                device.interval(),
                roundTrip);
    }

    private static boolean isUnderstood(String address) {
        try {
            ModbusAddress.parse(address);
            return true;
        } catch (MalformedException e) {
            return false; // told where the tag is edited, and in Problems
        }
    }

    /** {@code 2,000 tags → 77 requests, 77 a second: about 62 % of the link at 20 ms each}. */
    String words() {
        if (tags.isEmpty()) {
            return "";
        }
        int requests = preview.requests().size();
        return DeviceDialogs.tags(tags.size())
                + " → "
                + Presentation.count(requests, "request", "requests")
                + ", "
                + Presentation.rate(preview.requestsPerSecond())
                + " a second: "
                + share()
                + (isOverloaded() ? ", more than it carries: read them less often" : "");
    }

    private String share() {
        double percent = busy() * 100;
        String part = percent < 1 ? "less than 1 %" : "about " + Math.round(percent) + " %";
        if (isSerial()) {
            return part + " of the line at " + endpoint.baud() + " baud";
        }
        long millis = roundTrip.orElse(USUAL).toMillis();
        return part
                + " of the link at "
                + (millis < 1 ? "under 1" : millis)
                + " ms each"
                + (roundTrip.isPresent() ? ", as measured" : "")
                + (endpoint.inFlight() > 1 ? ", " + endpoint.inFlight() + " open at once" : "");
    }

    Tone tone() {
        return isOverloaded() ? Tone.BAD : busy() > BUSY ? Tone.WARN : Tone.DIM;
    }

    private boolean isOverloaded() {
        return busy() > 1;
    }

    private boolean isSerial() {
        return endpoint.scheme().equals(Endpoint.MODBUS_RTU);
    }

    private double busy() {
        return isSerial()
                ? preview.shareOfLine(endpoint.baud())
                : preview.shareOfLink(roundTrip.orElse(USUAL), endpoint.inFlight());
    }

    /** {@code holding:0 to holding:124}. */
    static String range(Request request) {
        String table = request.table().word() + ":";
        int last = request.from() + request.count() - 1;
        return request.count() == 1
                ? table + request.from()
                : table + request.from() + " to " + last;
    }

    static String interval(Request request) {
        return Durations.format(request.interval());
    }

    /** The names of the tags that a request answers. */
    String names(Request request) {
        return request.tags().stream()
                .map(place -> tags.get(place).name())
                .collect(Collectors.joining(", "));
    }
}
