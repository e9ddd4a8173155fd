package io.fieldloom.ui.node;

import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.LinkState.Phase;
import io.fieldloom.engine.device.LinkStatistics;
import io.fieldloom.engine.device.LinkStatistics.Counts;
import io.fieldloom.engine.device.SubscriptionHealth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looks at one device's link again and again, and what changes between two looks. FX thread only.
 */
final class DeviceWatch {
    private final NodeServices services;
    private final Rate samples = new Rate();
    private final Rate requests = new Rate();
    private final ServerClock clock;
    private String device;

    DeviceWatch(NodeServices services) {
        this.services = services;
        clock = new ServerClock(services.kit().fx());
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
                now);
    }

    /** Whether there is a next attempt that need not be waited for. */
    boolean mayConnect() {
        return link().map(link -> link.state().phase())
                .filter(phase -> phase == Phase.WAITING || phase == Phase.STOPPED)
                .isPresent();
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
