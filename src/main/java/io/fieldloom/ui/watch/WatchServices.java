package io.fieldloom.ui.watch;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.UiKit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the watch list works with.
 *
 * @param kit the window's
 * @param project the open project as it is now
 * @param edits makes edits of it
 * @param registry the links to its devices
 * @param show shows a tag in Devices
 * @param open brings the watch list into view
 */
public record WatchServices(
        UiKit kit,
        Supplier<Project> project,
        ProjectEdits edits,
        DeviceRegistry registry,
        Consumer<TagRef> show,
        Runnable open) {}
