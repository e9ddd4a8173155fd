package io.fieldloom.ui.node;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.NodeDetails;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.ui.kit.UiKit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the tab of a node works with.
 *
 * @param kit the window's
 * @param project the open project as it is now
 * @param chosen the row that is chosen in the Devices column, or null
 * @param registry the links to the devices
 * @param details what tells about a device's nodes; empty while it is not connected
 * @param find chooses a node in the Devices column, where it can be found there
 */
public record NodeServices(
        UiKit kit,
        Supplier<Project> project,
        Supplier<TreeRow> chosen,
        DeviceRegistry registry,
        Function<String, Optional<NodeDetails>> details,
        Consumer<TagRef> find) {}
