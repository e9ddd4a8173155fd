package io.fieldloom.ui.registers;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.UiKit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the register explorer needs.
 *
 * @param project the open project, now
 * @param edits makes its edits
 * @param registry the links to its devices
 * @param chosen the device that is chosen in Devices, now
 * @param scan looks for what can be read where a device is
 * @param write asks for a new value of an address and writes it, where the device is armed
 * @param requests shows how a device's tags are read
 */
public record RegistersServices(
        UiKit kit,
        Supplier<Project> project,
        ProjectEdits edits,
        DeviceRegistry registry,
        Supplier<Optional<String>> chosen,
        Consumer<Device> scan,
        Consumer<TreeRow.OfNode> write,
        Consumer<Device> requests) {}
