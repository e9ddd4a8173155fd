package io.fieldloom.engine.plant;

import io.fieldloom.engine.outlet.OutletState;
import java.util.function.Consumer;

/**
 * Says when a broker is lost and when it is back, once each, and what that has cost. A broker that
 * was never reached is told of by whoever waited for it. The outlet calls it on its lane.
 */
final class LossNotes implements Consumer<OutletState> {
    private final String broker;
    private final Consumer<String> taker;
    private boolean isUp;
    private boolean isLost;
    private long droppedBefore;

    /**
     * @param name the broker's name
     * @param url where it is
     */
    LossNotes(String name, String url, Consumer<String> taker) {
        this.broker = "broker " + name + " (" + url + ")";
        this.taker = taker;
    }

    @Override
    public void accept(OutletState now) {
        switch (now.link()) {
            case UP -> {
                if (isLost) {
                    long dropped = now.dropped() - droppedBefore;
                    taker.accept(
                            broker
                                    + ": connected again; "
                                    + messages(dropped)
                                    + " dropped meanwhile");
                }
                isUp = true;
                isLost = false;
            }
            case DOWN -> {
                if (isUp) {
                    isLost = true;
                    droppedBefore = now.dropped();
                    taker.accept(now.reason());
                }
                isUp = false;
            }
            case CONNECTING, CLOSED -> isUp = false;
        }
    }

    /** {@code 3 messages were}. */
    static String messages(long count) {
        return count == 0
                ? "no message was"
                : count == 1 ? "1 message was" : count + " messages were";
    }
}
