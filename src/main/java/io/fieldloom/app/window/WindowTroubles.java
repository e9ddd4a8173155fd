package io.fieldloom.app.window;

import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.LinkState;
import io.fieldloom.engine.device.tree.BadReading;
import io.fieldloom.engine.device.tree.DeviceTree;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.plant.TrafficWatch;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.problems.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The devices and brokers of the open project that are away now, and tags that are bad. */
final class WindowTroubles {
    private static final Duration BAD_FOR = Duration.ofSeconds(3);

    private final OpenProject open;
    private final DeviceTree tree;
    private final Consumer<Device> decide;

    /**
     * @param tree what Devices shows
     * @param decide asks for what a device waits for
     */
    WindowTroubles(OpenProject open, DeviceTree tree, Consumer<Device> decide) {
        this.open = open;
        this.tree = tree;
        this.decide = decide;
    }

    List<Trouble> now() {
        List<Trouble> troubles = new ArrayList<>();
        for (String device : open.editor().project().devices().keySet()) {
            Optional<DeviceLink> link = open.plant().devices().link(device);
            if (link.isPresent()) {
                link.flatMap(this::away).ifPresent(troubles::add);
            } else {
                open.plant()
                        .devices()
                        .fault(device)
                        .map(fault -> trouble(device, fault, "Edit the device.", Optional.empty()))
                        .ifPresent(troubles::add);
            }
        }
        Map<String, OutletState> outlets = open.plant().outlets().states();
        outlets.forEach((broker, state) -> add(broker, state, troubles));
        TrafficWatch.State watched = open.traffic().state();
        if (watched.link() == OutletState.Link.DOWN && !outlets.containsKey(watched.broker())) {
            troubles.add(away(watched.broker(), watched.reason(), "Nothing is seen of it."));
        }
        addBad(troubles);
        return troubles;
    }

    /** Tags that are bad for a while; of those that are published the mappings tell themselves. */
    private void addBad(List<Trouble> troubles) {
        Instant latest = Instant.now().minus(BAD_FOR);
        Map<String, List<BadReading>> alike = new LinkedHashMap<>();
        for (BadReading bad : tree.bad()) {
            if (bad.since().isBefore(latest) && !isPublished(bad)) {
                String kind = bad.tag().device() + " " + bad.status().name();
                alike.computeIfAbsent(kind, unused -> new ArrayList<>()).add(bad);
            }
        }
        alike.values().forEach(all -> troubles.add(trouble(all)));
    }

    private boolean isPublished(BadReading bad) {
        return tree.mapped().topicsOf(bad.tag()).stream()
                .anyMatch(topic -> open.plant().mappings().view(topic).isPresent());
    }

    private static Trouble trouble(List<BadReading> alike) {
        BadReading first = alike.get(0);
        String device = first.tag().device();
        boolean single = alike.size() == 1;
        String what =
                single
                        ? first.tag().tag() + " is "
                        : Presentation.count(alike.size()) + " of its tags are ";
        String status = first.status().name() + ": " + first.status().words();
        return Trouble.ofTags(
                single ? device + "/" + first.tag().tag() : device,
                what + status,
                single
                        ? "See address and type in the device's manual"
                        : "One of them: " + first.tag().tag(),
                Location.device(device));
    }

    private Optional<Trouble> away(DeviceLink link) {
        LinkState state = link.state();
        boolean wanted = !state.isUp() && state.phase() != LinkState.Phase.STOPPED;
        return state.why()
                .filter(why -> wanted)
                .map(
                        why ->
                                trouble(
                                        link.name(),
                                        Presentation.without(link.name(), why.getMessage()),
                                        why.advice(),
                                        remedy(link, why)));
    }

    private Optional<Command> remedy(DeviceLink link, DeviceException why) {
        if (why.certificate().isPresent()) {
            return Optional.ofNullable(open.editor().project().devices().get(link.name()))
                    .map(device -> remedy("Look at the certificate…", () -> decide.accept(device)));
        }
        return why.kind().needsPerson()
                ? Optional.empty()
                : Optional.of(remedy("Connect now", link::reconnectNow));
    }

    private static Command remedy(String title, Runnable action) {
        return Command.named("problem.remedy", "Problems", title).does(action);
    }

    private static Trouble trouble(
            String device, String message, String advice, Optional<Command> remedy) {
        return new Trouble(device, message, advice, Optional.of(Location.device(device)), remedy);
    }

    private static void add(String broker, OutletState state, List<Trouble> troubles) {
        if (state.link() == OutletState.Link.DOWN) {
            troubles.add(away(broker, state.reason(), "Messages wait until it is back."));
        }
    }

    private static Trouble away(String broker, String reason, String consequence) {
        String name = "broker " + broker;
        return new Trouble(
                name,
                Presentation.without(name, reason),
                consequence,
                Optional.empty(),
                Optional.empty());
    }
}
