package io.fieldloom.engine.device;

import java.util.Objects;
import java.util.function.Consumer;

/** Why a device cannot be reached: walks the layers from the name to the user, in plain words. */
public interface Diagnosis {
    /**
     * Walks until a layer fails. Blocks the calling thread, each layer for the endpoint's time-out
     * at most.
     *
     * @param told gets each layer as soon as it is known, on the calling thread
     * @return whether all layers are good
     */
    boolean walk(SessionRequest request, Consumer<Layer> told) throws InterruptedException;

    /**
     * One layer's finding.
     *
     * @param name {@code dns tcp hello endpoints certificate session identity modbus}
     * @param message what was found, naming addresses, certificates, codes; a sentence
     * @param advice what to try; empty where the layer is good
     */
    record Layer(String name, boolean ok, String message, String advice) {
        public Layer {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(advice, "advice");
        }

        public static Layer good(String name, String message) {
            return new Layer(name, true, message, "");
        }

        public static Layer bad(String name, String message, String advice) {
            return new Layer(name, false, message, advice);
        }
    }
}
