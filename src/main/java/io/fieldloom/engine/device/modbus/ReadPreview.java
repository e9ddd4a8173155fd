package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.modbus.ReadPlan.Block;
import io.fieldloom.engine.device.modbus.ReadPlan.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How tags would become requests, and requests load on the device, before anything is polled. It is
 * the plan of a device of which nothing is known yet; what it refuses changes the plan later. Pure.
 *
 * @param requests what is asked, by interval, table and address
 * @param requestsPerSecond on average
 * @param bytesPerSecond both ways, framing included; without TCP's and UDP's own headers
 * @param registersPerSecond registers asked for, those in gaps too
 */
public record ReadPreview(
        List<Request> requests,
        double requestsPerSecond,
        double bytesPerSecond,
        double registersPerSecond) {

    /** Start, eight data bits, parity, stop. */
    private static final int BITS_PER_BYTE = 11;

    /** The silence of 3.5 characters before each of the two frames. */
    private static final int IDLE_CHARACTERS = 7;

    public ReadPreview {
        requests = List.copyOf(requests);
    }

    /**
     * One request.
     *
     * @param from first address
     * @param count how many registers or bits it asks for
     * @param wanted how many of them belong to a tag
     * @param tags places in the list of tags that it answers
     */
    public record Request(
            Duration interval, Table table, int from, int count, int wanted, List<Integer> tags) {
        public Request {
            tags = List.copyOf(tags);
        }
    }

    /** The plan for tags of one device; a malformed address is told. */
    public static ReadPreview of(Endpoint endpoint, List<TagRequest> tags) {
        Map<Duration, Map<Table, Map<Span, List<Integer>>>> wanted = new TreeMap<>();
        for (int i = 0; i < tags.size(); i++) {
            ModbusAddress address = ModbusAddress.parse(tags.get(i).address());
            Duration interval = tags.get(i).interval();
            interval =
                    interval.compareTo(Poller.LEAST_INTERVAL) < 0
                            ? Poller.LEAST_INTERVAL
                            : interval;
            wanted.computeIfAbsent(interval, k -> new TreeMap<>())
                    .computeIfAbsent(address.table(), k -> new TreeMap<>())
                    .computeIfAbsent(
                            new Span(address.address(), address.address() + address.registers()),
                            k -> new ArrayList<>(1))
                    .add(i);
        }
        List<Request> requests = new ArrayList<>();
        wanted.forEach(
                (interval, tables) ->
                        tables.forEach((table, spans) -> plan(interval, table, spans, requests)));
        return total(endpoint, requests);
    }

    private static void plan(
            Duration interval, Table table, Map<Span, List<Integer>> spans, List<Request> into) {
        int limit = table.isRegisters() ? Learnt.MOST_REGISTERS : Learnt.MOST_BITS;
        for (Block block : ReadPlan.of(List.copyOf(spans.keySet()), limit, limit, List.of())) {
            List<Integer> answered = new ArrayList<>();
            int used = 0;
            int to = block.range().from();
            for (Span span : block.spans()) {
                answered.addAll(spans.get(span));
                used += Math.max(0, span.to() - Math.max(to, span.from()));
                to = Math.max(to, span.to());
            }
            int from = block.range().from();
            into.add(new Request(interval, table, from, block.range().length(), used, answered));
        }
    }

    private static ReadPreview total(Endpoint endpoint, List<Request> requests) {
        int overhead =
                endpoint.scheme().startsWith(Endpoint.MODBUS_RTU)
                        ? new RtuFraming().overhead()
                        : new MbapFraming().overhead();
        double rate = 0;
        double bytes = 0;
        double registers = 0;
        for (Request request : requests) {
            double perSecond = 1e9 / request.interval().toNanos();
            Call call = Call.read(request.table(), request.from(), request.count());
            rate += perSecond;
            bytes += perSecond * (call.pdu().length + call.mostAnswerBytes() + 2 * overhead);
            registers += perSecond * (request.table().isRegisters() ? request.count() : 0);
        }
        return new ReadPreview(requests, rate, bytes, registers);
    }

    /**
     * How much of a serial line's time that would take, 0 to 1 and more where it cannot be done;
     * the silences between frames are counted, the device's own slowness is not.
     */
    public double shareOfLine(int baud) {
        double characters = bytesPerSecond + requestsPerSecond * IDLE_CHARACTERS;
        return characters * BITS_PER_BYTE / baud;
    }

    /**
     * How much of a connection's time that would take, 0 to 1 and more where it cannot be done.
     *
     * @param roundTrip what one request takes
     * @param inFlight how many may be open at once
     */
    public double shareOfLink(Duration roundTrip, int inFlight) {
        return requestsPerSecond * roundTrip.toNanos() / 1e9 / inFlight;
    }
}
