package io.fieldloom.ui.chart;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.ui.kit.UiKit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What chart and history work with.
 *
 * @param kit the window's
 * @param project the open project as it is now
 * @param registry the links to its devices
 * @param show shows a tag in Devices
 * @param history lists one tag's values
 */
public record ChartServices(
        UiKit kit,
        Supplier<Project> project,
        DeviceRegistry registry,
        Consumer<TagRef> show,
        Consumer<DeviceItem> history) {

    /** The tag as the project has it, else as its device has it. */
    TagSpec tag(DeviceItem item) {
        return Optional.ofNullable(project.get().devices().get(item.device()))
                .flatMap((Device device) -> device.tag(item.tag()))
                .orElseGet(() -> TagSpec.of(item.name(), item.address()));
    }

    /** What it is measured in, or the empty text. */
    String unit(DeviceItem item) {
        String own = tag(item).unit();
        return own != null ? own : item.unit() == null ? "" : item.unit();
    }
}
