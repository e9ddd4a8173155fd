package io.fieldloom.engine.device.modbus;

import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.SelfDescription;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Function 43 kind 14, read device identification (Modbus Application Protocol V1.1b3, 6.21). */
final class Identification implements SelfDescription {
    static final int FUNCTION = 43;
    static final byte KIND = 14;

    static final String GROUP = "Device";

    /** Basic, regular and extended objects; a device gives what it has of them. */
    private static final int[] CODES = {3, 2, 1};

    /** A device that never says that there is no more must not be asked for ever. */
    private static final int MOST_REQUESTS = 32;

    private static final String[] NAMES = {
        "Vendor name",
        "Product code",
        "Revision",
        "Vendor URL",
        "Product name",
        "Model name",
        "User application name"
    };

    private final Lane lane;
    private final ModbusLink link;
    private final Failures failures;

    Identification(Lane lane, ModbusLink link, Failures failures) {
        this.lane = lane;
        this.link = link;
        this.failures = failures;
    }

    @Override
    public CompletionStage<List<Entry>> describe() {
        return lane.call(this::ask);
    }

    private List<Entry> ask() throws IOException, DeviceException {
        Outcome last = null;
        for (int code : CODES) {
            Map<String, String> found = new LinkedHashMap<>();
            last = ask(code, found);
            if (last instanceof Outcome.Data) {
                return found.entrySet().stream()
                        .map(object -> Entry.of(GROUP, object.getKey(), object.getValue()))
                        .toList();
            }
            if (!(last instanceof Outcome.Refused)) {
                break;
            }
        }
        throw failures.noIdentification(last);
    }

    private Outcome ask(int code, Map<String, String> found) throws IOException {
        int object = 0;
        for (int request = 0; request < MOST_REQUESTS; request++) {
            Outcome outcome = link.exchange(List.of(Call.identification(code, object))).get(0);
            if (!(outcome instanceof Outcome.Data data)) {
                return found.isEmpty() ? outcome : new Outcome.Data(new byte[0]);
            }
            byte[] bytes = data.bytes();
            if (!take(bytes, found)) {
                return new Outcome.Garbled("sent an identification that ends in the middle");
            }
            int next = bytes[4] & 0xFF;
            if (bytes[3] != (byte) 0xFF || next <= object) {
                return outcome;
            }
            object = next;
        }
        return new Outcome.Data(new byte[0]);
    }

    /** Kind, code, conformity, more follows, next object, count; then id, length, text of each. */
    private static boolean take(byte[] bytes, Map<String, String> found) {
        if (bytes.length < 6) {
            return false;
        }
        int at = 6;
        for (int left = bytes[5] & 0xFF; left > 0; left--) {
            if (at + 2 > bytes.length || at + 2 + (bytes[at + 1] & 0xFF) > bytes.length) {
                return false;
            }
            int id = bytes[at] & 0xFF;
            int length = bytes[at + 1] & 0xFF;
            String text = new String(bytes, at + 2, length, StandardCharsets.UTF_8).strip();
            found.put(id < NAMES.length ? NAMES[id] : "Object " + id, text);
            at += 2 + length;
        }
        return true;
    }
}
