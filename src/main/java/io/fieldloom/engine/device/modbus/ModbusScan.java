package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.Scan;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Scans a line. Each search has a thread of its own and waits for the line as every unit does, so
 * that polls get their turn.
 */
final class ModbusScan implements Scan {
    private final Line line;
    private final Endpoint endpoint;
    private final Failures failures;
    private final Set<Running> all = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    ModbusScan(Line line, Endpoint endpoint, Failures failures) {
        this.line = line;
        this.endpoint = endpoint;
        this.failures = failures;
    }

    /** What a search does, in its own thread. */
    private interface Work {
        void run(Running search) throws IOException, DeviceException;
    }

    @Override
    public Search units(int from, int to, Pace pace, IntConsumer found) {
        return start(
                pace,
                search -> {
                    for (int unit = from; unit <= to && search.goesOn(); unit++) {
                        Outcome outcome = search.ask(unit, Call.read(Table.HOLDING, 0, 1));
                        if (isThere(outcome)) {
                            found.accept(unit);
                        }
                        search.progress = (unit - from + 1.0) / (to - from + 1);
                    }
                });
    }

    private static boolean isThere(Outcome outcome) {
        return outcome instanceof Outcome.Data
                || outcome instanceof Outcome.Refused refused
                        && !ModbusStatus.isSilenceBehindGateway(refused.code());
    }

    @Override
    public Search ranges(Where where, Pace pace, Consumer<Range> found) {
        Table table = Table.valueOf(where.table().toUpperCase(Locale.ROOT));
        return start(
                pace,
                search -> {
                    RangeSearch ranges =
                            new RangeSearch(
                                    where,
                                    table,
                                    call -> search.goesOn() ? search.ask(where.unit(), call) : null,
                                    progress -> search.progress = progress);
                    if (!ranges.run(found)) {
                        throw ranges.heard()
                                ? failures.silentAt(where.unit(), ranges.place())
                                : failures.silentUnit(where.unit(), ranges.lastOpen());
                    }
                    if (!ranges.unsettled().isEmpty()) {
                        search.incomplete =
                                failures.unsettled(where, ranges.unsettled(), ranges.lastOpen());
                    }
                });
    }

    private Search start(Pace pace, Work work) {
        Map<String, String> query = new TreeMap<>(endpoint.query());
        query.put("retries", "0");
        query.put("inflight", "1");
        if (pace.timeout() != null) {
            query.put("timeout", pace.timeout().toMillis() + "ms");
        }
        Endpoint asked =
                new Endpoint(
                        endpoint.scheme(),
                        endpoint.host(),
                        endpoint.port(),
                        endpoint.path(),
                        query);
        Running search = new Running(asked, pace.pause().toNanos());
        all.add(search);
        Thread thread = new Thread(() -> search.run(work), "modbus scan");
        thread.setDaemon(true);
        thread.start();
        return search;
    }

    /** The session is over, and its searches with it. */
    void end() {
        ended = true;
        all.forEach(Running::end);
    }

    /** One search. */
    private final class Running implements Search {
        private final Endpoint asked;
        private final long pauseNanos;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private volatile ModbusLink link;
        private volatile boolean cancelled;
        private volatile double progress;
        private volatile DeviceException incomplete;
        private volatile long questions;

        Running(Endpoint asked, long pauseNanos) {
            this.asked = asked;
            this.pauseNanos = pauseNanos;
        }

        void run(Work work) {
            try {
                work.run(this);
                progress = 1;
                finish(ended ? failures.closed() : null);
            } catch (DeviceException | RuntimeException e) {
                finish(e);
            } catch (IOException e) {
                finish(ended ? failures.closed() : failures.lost(e));
            }
        }

        private void finish(Exception failure) {
            end();
            all.remove(this);
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        }

        boolean goesOn() {
            return !cancelled && !ended;
        }

        Outcome ask(int unit, Call call) throws IOException {
            ModbusLink present = link;
            if (present == null || present.unit() != unit) {
                // the new one first: the last user of a line closes it
                link = new ModbusLink(line, asked, unit);
                if (present != null) {
                    present.close();
                }
            }
            if (questions > 0) {
                LockSupport.parkNanos(pauseNanos);
            }
            questions++;
            return link.exchange(List.of(call)).get(0);
        }

        private void end() {
            ModbusLink present = link;
            if (present != null) {
                present.close();
            }
        }

        @Override
        public CompletionStage<Void> done() {
            return done.copy();
        }

        @Override
        public Optional<DeviceException> incomplete() {
            return Optional.ofNullable(incomplete);
        }

        @Override
        public double progress() {
            return progress;
        }

        @Override
        public long questions() {
            return questions;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
