package io.fieldloom.engine.plant;

import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.LinkState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Says once when a device is lost or cannot be reached, and once when it is back; not again with
 * every attempt, unless it now needs a person. Each link calls it on its own lane.
 */
final class DeviceNotes implements BiConsumer<DeviceLink, LinkState> {
    private final Consumer<String> taker;
    private final BiFunction<String, DeviceException, String> words;
    private final Map<String, DeviceException.Kind> told = new ConcurrentHashMap<>();

    /**
     * @param taker takes the sentences
     * @param words what to say of a device that failed, and why it did
     */
    DeviceNotes(Consumer<String> taker, BiFunction<String, DeviceException, String> words) {
        this.taker = taker;
        this.words = words;
    }

    @Override
    public void accept(DeviceLink link, LinkState state) {
        String name = link.name();
        switch (state.phase()) {
            case WAITING -> state.why().ifPresent(why -> failed(name, why));
            case UP -> {
                if (told.remove(name) != null) {
                    taker.accept(
                            name + (state.reconnects() > 0 ? ": connected again" : ": connected"));
                }
            }
            case STOPPED -> told.remove(name);
            case CONNECTING -> {}
        }
    }

    private void failed(String name, DeviceException why) {
        DeviceException.Kind before = told.get(name);
        if (before == null || why.kind().needsPerson() && why.kind() != before) {
            told.put(name, why.kind());
            taker.accept(words.apply(name, why));
        }
    }
}
