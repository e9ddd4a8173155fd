package io.fieldloom.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldloom.engine.device.Events.Condition;
import io.fieldloom.engine.device.Events.Event;
import io.fieldloom.engine.device.Events.Field;
import io.fieldloom.engine.payload.PayloadEncoder;
import java.io.IOException;

/** One line an event. */
final class EventView {
    private static final int[] WIDTHS = {24, 4, 20, 32};

    private final Shell shell;
    private final JsonOutput lines;
    private final boolean json;

    EventView(Shell shell, boolean json) {
        this.shell = shell;
        this.json = json;
        lines = new JsonOutput(shell);
    }

    void show(Event event) {
        if (json) {
            lines.object(out -> write(out, event));
            return;
        }
        shell.out()
                .println(
                        Columns.line(
                                new String[] {
                                    event.time() == null ? "-" : PayloadEncoder.time(event.time()),
                                    Integer.toString(event.severity()),
                                    event.source(),
                                    event.alarm().map(Condition::words).orElse(""),
                                    event.message() + "  " + event.id()
                                },
                                WIDTHS));
        lines.flush();
    }

    private static void write(JsonGenerator out, Event event) throws IOException {
        if (event.time() != null) {
            out.writeStringField("time", PayloadEncoder.time(event.time()));
        }
        out.writeStringField("id", event.id());
        out.writeStringField("type", event.type());
        out.writeStringField("source", event.source());
        out.writeNumberField("severity", event.severity());
        out.writeStringField("message", event.message());
        if (event.alarm().isPresent()) {
            Condition alarm = event.alarm().get();
            out.writeObjectFieldStart("alarm");
            out.writeStringField("node", alarm.address());
            out.writeStringField("name", alarm.name());
            out.writeBooleanField("stands", alarm.retained());
            state(out, "active", alarm.active());
            state(out, "acknowledged", alarm.acknowledged());
            state(out, "confirmed", alarm.confirmed());
            out.writeEndObject();
        }
        out.writeObjectFieldStart("fields");
        for (Field field : event.fields()) {
            JsonOutput.value(out, field.name(), field.value());
        }
        out.writeEndObject();
    }

    private static void state(JsonGenerator out, String name, Boolean state) throws IOException {
        if (state != null) {
            out.writeBooleanField(name, state);
        }
    }
}
