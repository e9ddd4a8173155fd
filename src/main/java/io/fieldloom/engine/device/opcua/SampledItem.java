package io.fieldloom.engine.device.opcua;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/** One monitored item and who takes its values: the tag of that index of a sampling. */
record SampledItem(MonitoredItems.Wanted wanted, OpcUaSampling sampling, int index) {
    UInteger handle() {
        return wanted.handle();
    }

    NodeId node() {
        return wanted.node();
    }
}
