package io.fieldloom.ui.registers;

import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.UiKit;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the register explorer needs.
 *
 * @param project the open project, now
 * @param edits makes its edits
 * @param registry the links to its devices
 * @param chosen the device that is chosen in Devices, now
 */
public record RegistersServices(
        UiKit kit,
        Supplier<Project> project,
        ProjectEdits edits,
        DeviceRegistry registry,
        Supplier<Optional<String>> chosen) {}
