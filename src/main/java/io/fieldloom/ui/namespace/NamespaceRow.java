package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;

/**
 * One row of the designed namespace: a branch, a mapping, or both.
 *
 * @param topic its topic
 * @param name the last level
 * @param depth 0 for a root
 * @param branch whether levels lie below it
 * @param open whether they are shown
 * @param level its ISA-95 level, or null
 * @param mapping the mapping of this very topic, or null
 * @param mappings mappings at and below it
 */
record NamespaceRow(
        String topic,
        String name,
        int depth,
        boolean branch,
        boolean open,
        String level,
        Mapping mapping,
        int mappings) {

    /** Whether it stands for a level and not only for a mapping. */
    boolean isLevel() {
        return branch || mapping == null;
    }
}
