package io.fieldloom.app.cli;

import io.fieldloom.engine.plant.PlantSummary;
import java.util.Locale;

/** What {@code demo} and {@code run} say at their end. */
final class SummaryOutput {
    private SummaryOutput() {}

    static void print(Shell shell, PlantSummary summary, boolean json) {
        if (!json) {
            shell.out().println(sentence(summary));
            return;
        }
        new JsonOutput(shell)
                .object(
                        out -> {
                            out.writeNumberField("tags", summary.tags());
                            out.writeNumberField("topics", summary.topics());
                            out.writeNumberField("published", summary.published());
                            out.writeNumberField("received", summary.received());
                            out.writeNumberField("dropped", summary.dropped());
                            out.writeNumberField("errors", summary.errors());
                            out.writeNumberField("seconds", Decimals.rounded(summary.seconds(), 3));
                            out.writeObjectFieldStart("latencyMillis");
                            out.writeNumberField("p50", Decimals.rounded(summary.p50Millis(), 3));
                            out.writeNumberField("p99", Decimals.rounded(summary.p99Millis(), 3));
                            out.writeEndObject();
                        });
    }

    private static String sentence(PlantSummary summary) {
        return String.format(
                Locale.ROOT,
                "%d tags, %d topics: %d published, %d received, %d dropped, %d errors in %.1f s;"
                        + " latency %.1f ms (median), %.1f ms (99 %%)",
                summary.tags(),
                summary.topics(),
                summary.published(),
                summary.received(),
                summary.dropped(),
                summary.errors(),
                summary.seconds(),
                summary.p50Millis(),
                summary.p99Millis());
    }
}
