package io.fieldloom.ui.node;

import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.LinkState.Phase;
import io.fieldloom.engine.device.LinkStatistics;
import io.fieldloom.engine.device.LinkStatistics.Counts;
import io.fieldloom.engine.device.SelfDescription;
import io.fieldloom.engine.device.SelfDescription.Entry;
import io.fieldloom.engine.device.SubscriptionHealth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Looks at one device's link again and again, and what changes between two looks. FX thread only.
 */
final class DeviceWatch {
    private static final String CURRENT_TIME = "i=2258";

    private final NodeServices services;
    private final Rate samples = new Rate();
    private final Rate requests = new Rate();
    private final NowAndThen<ClockOffset> clock;
    private final NowAndThen<List<Entry>> description;
    private String device;

    DeviceWatch(NodeServices services) {
        this.services = services;
        clock = new NowAndThen<>(services.kit().fx(), DeviceWatch::clock);
        description = new NowAndThen<>(services.kit().fx(), DeviceWatch::described);
    }

    private static CompletionStage<ClockOffset> clock(DeviceLink link) {
        Instant begin = Instant.now();
        return link.read(List.of(CURRENT_TIME))
                .thenApply(
                        samples ->
                                samples.get(0).value() instanceof Value.Time told
                                        ? ClockOffset.told(told.value(), begin, Instant.now())
                                        : null);
    }

    private static CompletionStage<List<Entry>> described(DeviceLink link) {
        return link.capability(SelfDescription.class)
                .map(SelfDescription::describe)
                .orElseGet(() -> CompletableFuture.completedStage(List.of()));
    }

    /** What is known now; empty where the device has no link. */
    Optional<DeviceFacts> look(Device definition) {
        if (!definition.name().equals(device)) {
            device = definition.name();
            samples.forget();
            requests.forget();
        }
        return link().map(link -> facts(definition, link));
    }

    private Optional<DeviceLink> link() {
        return services.registry().link(device);
    }

    private DeviceFacts facts(Device definition, DeviceLink link) {
        long time = System.nanoTime();
        Instant now = Instant.now();
        Optional<Counts> counts = link.capability(LinkStatistics.class).map(LinkStatistics::counts);
        return new DeviceFacts(
                definition,
                link.request().endpoint().text(),
                link.state(),
                link.lastFailure(),
                samples.at(time, link.samples()),
                counts.map(all -> requests.at(time, all.requests())).orElse(0.0),
                counts,
                link.capability(SubscriptionHealth.class)
                        .map(SubscriptionHealth::streams)
                        .orElse(List.of()),
                definition.isOpcUa() ? clock.of(link, now) : Optional.empty(),
                (definition.isOpcUa() ? description.of(link, now) : description.known(link))
                        .orElse(List.of()),
                now);
    }

    /** Whether there is a next attempt that need not be waited for. */
    boolean mayConnect() {
        return link().map(link -> link.state().phase())
                .filter(phase -> phase == Phase.WAITING || phase == Phase.STOPPED)
                .isPresent();
    }

    /** Whether it says what it is only when asked: a device may take an unknown function ill. */
    boolean mayIdentify() {
        return link().filter(link -> !link.request().endpoint().isOpcUa())
                .flatMap(link -> link.capability(SelfDescription.class))
                .isPresent();
    }

    Optional<CompletionStage<List<Entry>>> identify() {
        return link().map(link -> description.ask(link, Instant.now()));
    }

    void connect() {
        link().ifPresent(
                        link -> {
                            if (link.state().phase() == Phase.STOPPED) {
                                link.start();
                            } else {
                                link.reconnectNow();
                            }
                        });
    }
}
