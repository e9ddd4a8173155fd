package io.fieldloom.domain.namespace;

import java.util.Objects;

/**
 * What the design says of one branch of the topic tree: its ISA-95 level where the depth does not
 * tell, and branches that hold no mapping yet.
 *
 * @param topic the branch
 * @param level the level's name ({@code cell}), or null to go by depth
 */
public record Level(String topic, String level) {
    public Level {
        Objects.requireNonNull(topic, "topic");
    }
}
