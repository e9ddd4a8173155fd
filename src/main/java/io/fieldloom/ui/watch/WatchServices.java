package io.fieldloom.ui.watch;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.ui.kit.Charts;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.UiKit;
import java.util.List;
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
 * @param charts draws tags over time
 * @param map what "Map to namespace" does with tags
 * @param write asks for a value to be written to a tag
 * @param writeOrShow the same; shows a tag in Devices that may only be read
 */
public record WatchServices(
        UiKit kit,
        Supplier<Project> project,
        ProjectEdits edits,
        DeviceRegistry registry,
        Consumer<TagRef> show,
        Runnable open,
        Charts charts,
        Consumer<List<TagRef>> map,
        Consumer<TagRef> write,
        Consumer<TagRef> writeOrShow) {}
