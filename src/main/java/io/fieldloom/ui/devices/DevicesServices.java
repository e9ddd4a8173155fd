package io.fieldloom.ui.devices;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.device.ArmedDevices;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.LinkStatistics;
import io.fieldloom.engine.device.OfferedEndpoint;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.plant.RememberedPasswords;
import io.fieldloom.engine.security.AuditLog;
import io.fieldloom.engine.security.OwnCertificate;
import io.fieldloom.engine.security.TrustList;
import io.fieldloom.ui.kit.Charts;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.UiKit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the Devices column works with.
 *
 * @param kit the window's
 * @param project the open project as it is now
 * @param folder what paths in the project are relative to; empty while it is in no file
 * @param edits makes edits of it
 * @param registry the links to its devices
 * @param drivers the protocols that are spoken
 * @param offers asks an OPC UA server what it offers
 * @param own the certificate that Fieldloom shows to servers
 * @param trust certificates that a person trusted
 * @param passwords what links are opened with
 * @param armed the devices that may be written to
 * @param audit keeps every write
 * @param pool threads for work that waits
 * @param map what "Map to namespace" does with tags
 * @param search looks for a text in a whole server, given its device
 * @param registers shows a Modbus device's registers from an address on
 * @param watch what "Add to watch list" does with tags
 * @param events what "Watch events" does with a device or an object of it
 * @param charts draws tags over time
 */
public record DevicesServices(
        UiKit kit,
        Supplier<Project> project,
        Supplier<Optional<Path>> folder,
        ProjectEdits edits,
        DeviceRegistry registry,
        List<Driver> drivers,
        Function<Endpoint, CompletionStage<List<OfferedEndpoint>>> offers,
        OwnCertificate own,
        TrustList trust,
        RememberedPasswords passwords,
        ArmedDevices armed,
        AuditLog audit,
        ExecutorService pool,
        Consumer<Dragged> map,
        BiConsumer<String, String> search,
        Consumer<TagRef> registers,
        Consumer<Dragged> watch,
        Consumer<DeviceItem> events,
        Charts charts) {
    public DevicesServices {
        drivers = List.copyOf(drivers);
    }

    /** What a request to a device takes, as far as it was measured. */
    Optional<Duration> roundTrip(String device) {
        return registry.link(device)
                .flatMap(link -> link.capability(LinkStatistics.class))
                .map(statistics -> statistics.counts().meanRoundTrip())
                .filter(mean -> !mean.isZero());
    }
}
