package io.fieldloom.ui.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Brings the program's log into a {@link LogMemory}: what our own code says from information on,
 * what the parts say from warnings on.
 */
public final class LogAppender extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final String OURS = "io.fieldloom";

    private final LogMemory memory;
    private final Logger root;
    private final Logger ours;
    private final Level before;

    private LogAppender(LogMemory memory, Logger root, Logger ours) {
        this.memory = memory;
        this.root = root;
        this.ours = ours;
        before = ours.getLevel();
        setName("WINDOW");
    }

    /** Begins to listen; the caller ends it by {@link #close}. */
    public static LogAppender listen(LogMemory memory) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        Logger root = (Logger) factory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) factory.getLogger(OURS);
        LogAppender appender = new LogAppender(memory, root, ours);
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        if (!ours.isInfoEnabled()) {
            ours.setLevel(Level.INFO);
        }
        return appender;
    }

    @Override
    protected void append(ILoggingEvent event) {
        boolean ours = event.getLoggerName().startsWith(OURS);
        Level least = ours ? Level.INFO : Level.WARN;
        if (!event.getLevel().isGreaterOrEqual(least)) {
            return;
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        memory.add(
                event.getInstant(),
                level(event.getLevel()),
                LogSource.of(event.getLoggerName()),
                message(event.getFormattedMessage(), thrown),
                thrown == null ? "" : ThrowableProxyUtil.asString(thrown));
    }

    private static LogLine.Level level(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return LogLine.Level.ERROR;
        }
        return level.isGreaterOrEqual(Level.WARN) ? LogLine.Level.WARNING : LogLine.Level.INFO;
    }

    private static String message(String said, IThrowableProxy thrown) {
        String line = said.replaceAll("\\s*\\R\\s*", " ").strip();
        if (thrown == null || thrown.getMessage() == null || line.contains(thrown.getMessage())) {
            return line;
        }
        return line + ": " + thrown.getMessage().replaceAll("\\s*\\R\\s*", " ");
    }

    @Override
    public void close() {
        root.detachAppender(this);
        ours.setLevel(before);
        stop();
    }
}
