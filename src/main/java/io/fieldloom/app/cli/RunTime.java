package io.fieldloom.app.cli;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How long a command runs: {@code --for}, or until a signal comes. */
final class RunTime {
    /** A wait without an end is made of these. */
    private static final Duration SLICE = Duration.ofHours(1);

    @Option(
            names = "--for",
            paramLabel = "T",
            converter = AsDuration.class,
            description = "How long, such as 250ms, 10s, 5m or 2h; without it until Ctrl-C.")
    private Duration atMost;

    /** Whether an end was given. */
    boolean isLimited() {
        return atMost != null;
    }

    /** The time that was given, or null. */
    Duration atMost() {
        return atMost;
    }

    /** Waits for the end of the time, counted from now, or for the wish to stop. */
    void await(Shell shell) throws InterruptedException {
        if (isLimited()) {
            shell.stop().await(atMost);
            return;
        }
        boolean stopped = false;
        while (!stopped) {
            stopped = shell.stop().await(SLICE);
        }
    }

    /** Durations as every option spells them. */
    static final class AsDuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Durations.parse(text);
            } catch (MalformedException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
