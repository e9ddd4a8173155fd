package io.fieldloom.ui.kit;

import io.fieldloom.engine.device.tree.DeviceItem;
import java.util.List;

/** Where tags are drawn over time. FX thread only. */
public interface Charts {
    /** Draws these tags together, in the place of those before. */
    void chart(List<DeviceItem> tags);

    /** Lists one tag's values, with what its device recorded before. */
    void history(DeviceItem tag);
}
