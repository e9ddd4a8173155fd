package io.fieldloom.engine.mapping;

import io.fieldloom.domain.value.Value;

/**
 * A compiled transform. Immutable and safe to share between threads.
 *
 * @see Transforms
 */
@FunctionalInterface
public interface Transform {
    /** Leaves every value as it is. */
    Transform NONE = value -> value;

    /**
     * The transformed value.
     *
     * @throws TransformException when the expression cannot be computed for this value
     */
    Value apply(Value value) throws TransformException;

    /** An expression that does not parse or cannot be computed; the message says why. */
    final class TransformException extends Exception {
        private static final long serialVersionUID = 1L;

        TransformException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
