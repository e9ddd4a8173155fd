package io.fieldloom.ui.events;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.device.ArmedDevices;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.security.AuditLog;
import io.fieldloom.ui.kit.UiKit;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the tab of events works with.
 *
 * @param kit the window's
 * @param project the open project as it is now
 * @param registry the links to its devices
 * @param chosen the device that is chosen in Devices, now
 * @param armed the devices whose alarms may be answered
 * @param audit keeps every answer
 * @param pool keeps the audit log, which is a file
 * @param find chooses a node in the Devices column, where it can be found there
 */
public record EventsServices(
        UiKit kit,
        Supplier<Project> project,
        DeviceRegistry registry,
        Supplier<Optional<String>> chosen,
        ArmedDevices armed,
        AuditLog audit,
        Executor pool,
        Consumer<TagRef> find) {}
