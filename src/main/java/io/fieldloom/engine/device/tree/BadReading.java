package io.fieldloom.engine.device.tree;

import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.value.Status;
import java.time.Instant;

/**
 * A tag that the project names and whose device answers that it is bad, as it was when it was last
 * on screen.
 *
 * @param since when it was first seen so
 */
public record BadReading(TagRef tag, Status status, Instant since) {}
