package io.fieldloom.engine.device;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Capability: many nodes are browsed at once, which a large address space needs. */
public interface Browsing {
    /**
     * The children of each parent, as {@link DeviceSession#browse} would give them; a parent that
     * cannot be browsed is missing from the map. The caller goes from level to level and keeps the
     * nodes it has seen, since an address space may have cycles.
     */
    CompletionStage<Map<String, List<TagNode>>> browseAll(List<String> parents);
}
