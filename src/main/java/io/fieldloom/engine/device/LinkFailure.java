package io.fieldloom.engine.device;

import java.time.Instant;
import java.util.Objects;

/**
 * A session that could not be opened, or that ended by itself.
 *
 * @param at when
 * @param why the reason
 * @param inARow how many came one after the other without a session between them, this one included
 */
public record LinkFailure(Instant at, DeviceException why, int inARow) {
    public LinkFailure {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(why, "why");
    }
}
