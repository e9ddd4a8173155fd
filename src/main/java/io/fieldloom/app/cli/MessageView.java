package io.fieldloom.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloom.engine.payload.DecodedPayload;
import io.fieldloom.engine.payload.PayloadDecoder;
import io.fieldloom.engine.payload.PayloadEncoder;
import io.fieldloom.engine.traffic.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A line for each message. Messages wait in a queue for the reader of standard output; what does
 * not fit is dropped, counted and told.
 */
final class MessageView implements WatchView {
    private static final int MOST_WAITING = 200_000;
    private static final long MOST_WAITING_BYTES = 128L * 1024 * 1024;
    private static final Duration BEAT = Duration.ofMillis(50);

    private final Shell shell;
    private final boolean json;
    private final JsonOutput lines;
    private final BlockingQueue<Message> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong waitingBytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();

    MessageView(Shell shell, boolean json) {
        this.shell = shell;
        this.json = json;
        this.lines = new JsonOutput(shell);
    }

    @Override
    public void received(Message message) {
        int bytes = message.payload().length;
        if (waitingBytes.get() + bytes > MOST_WAITING_BYTES || !waiting.offer(message)) {
            dropped.increment();
        } else {
            waitingBytes.addAndGet(bytes);
        }
    }

    @Override
    public void run(Duration atMost) throws InterruptedException {
        long started = System.nanoTime();
        while (!shell.stop().isRequested() && !isOver(started, atMost)) {
            Message message = waiting.poll(BEAT.toNanos(), TimeUnit.NANOSECONDS);
            if (message != null) {
                show(message);
            }
            if (waiting.isEmpty()) {
                lines.flush();
            }
        }
        // What had arrived by then is shown; what still comes is not.
        for (int left = waiting.size(); left > 0; left--) {
            show(waiting.remove());
        }
        lines.flush();
        if (dropped.sum() > 0) {
            shell.note(
                    dropped.sum()
                            + " messages were dropped, for they came faster than they were read."
                            + " Watch a narrower filter, or use --count");
        }
    }

    private static boolean isOver(long started, Duration atMost) {
        return atMost != null && System.nanoTime() - started >= atMost.toNanos();
    }

    private void show(Message message) {
        waitingBytes.addAndGet(-message.payload().length);
        DecodedPayload decoded = PayloadDecoder.decode(message.payload());
        if (json) {
            lines.buffered(out -> write(out, message, decoded));
        } else {
            shell.out()
                    .println(
                            PayloadEncoder.time(message.time())
                                    + "  "
                                    + message.topic()
                                    + "  "
                                    + text(decoded));
        }
    }

    private static void write(JsonGenerator out, Message message, DecodedPayload decoded)
            throws IOException {
        out.writeStringField("time", PayloadEncoder.time(message.time()));
        out.writeStringField("topic", message.topic());
        out.writeNumberField("qos", message.qos());
        out.writeBooleanField("retain", message.retained());
        out.writeStringField("encoding", decoded.encoding().word());
        out.writeFieldName("value");
        write(out, decoded.value());
    }

    /** The document as it was decoded; its own serializer would need an object mapper for it. */
    private static void write(JsonGenerator out, JsonNode value) throws IOException {
        try (JsonParser parser = value.traverse()) {
            parser.nextToken();
            out.copyCurrentStructureExact(parser);
        }
    }

    private static String text(DecodedPayload decoded) {
        JsonNode value = decoded.value();
        String text =
                switch (decoded.encoding()) {
                    case JSON -> value.toString();
                    case TEXT, BINARY -> value.textValue();
                    case EMPTY -> "";
                };
        return CommandFailure.oneLine(text);
    }
}
