package io.fieldloom.engine.broker;

import java.io.IOException;

/** The wanted port of the embedded broker belongs to another program. */
public final class BrokerPortTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int port;

    BrokerPortTakenException(int port) {
        super("port " + port + " is taken by another program");
        this.port = port;
    }

    public int port() {
        return port;
    }

    /** What to try, a sentence. */
    public String advice() {
        return "Stop the program that listens on port " + port + ", or choose another port";
    }
}
