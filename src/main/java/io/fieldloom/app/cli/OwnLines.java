package io.fieldloom.app.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps what libraries log away from standard error: of the same failure a line of our own says
 * what it means. The window's log still shows theirs. Named in the logging set-up.
 */
public final class OwnLines extends Filter<ILoggingEvent> {
    private boolean parts;

    /** Whether the libraries may speak too. */
    public void setParts(boolean parts) {
        this.parts = parts;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return parts || event.getLoggerName().startsWith("io.fieldloom")
                ? FilterReply.NEUTRAL
                : FilterReply.DENY;
    }
}
