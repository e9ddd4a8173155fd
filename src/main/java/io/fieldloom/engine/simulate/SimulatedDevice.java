package io.fieldloom.engine.simulate;

import io.fieldloom.domain.simulation.Simulator;
import java.io.IOException;

/** One running simulated device: a real server of its protocol on this computer. Thread-safe. */
public interface SimulatedDevice extends AutoCloseable {
    Simulator design();

    /** Listens and lets the signals run. Idempotent. A port that is taken is an IOException. */
    void start() throws IOException;

    /** The endpoint that clients connect to, once started. */
    String endpoint();

    /** A snapshot for the window: changes so far and connected clients. */
    State state();

    /** Stops listening. Idempotent, throws nothing, waits two seconds at most. */
    @Override
    void close();

    /**
     * @param running whether it listens
     * @param points nodes or registers it has
     * @param changes value changes since the start
     * @param clients connected clients
     */
    record State(boolean running, int points, long changes, int clients) {}
}
