package io.fieldloom.ui.kit;

import io.fieldloom.engine.device.tree.DeviceItem;
import java.util.ArrayList;
import java.util.List;

/** Draws nothing and remembers what it was to draw. */
public final class NoCharts implements Charts {
    public final List<List<DeviceItem>> charted = new ArrayList<>();
    public final List<DeviceItem> histories = new ArrayList<>();

    @Override
    public void chart(List<DeviceItem> tags) {
        charted.add(tags);
    }

    @Override
    public void history(DeviceItem tag) {
        histories.add(tag);
    }
}
