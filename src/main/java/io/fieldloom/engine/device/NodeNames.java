package io.fieldloom.engine.device;

import java.util.concurrent.CompletionStage;

/** Capability: a node's own name, where it was not found by browsing its parent. */
public interface NodeNames {
    /** The BrowseName without its index. Fails with BAD_ADDRESS where there is no such node. */
    CompletionStage<String> browseName(String address);
}
