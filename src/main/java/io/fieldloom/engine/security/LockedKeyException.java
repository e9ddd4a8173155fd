package io.fieldloom.engine.security;

import java.io.IOException;

/** A private key is encrypted, and what was given as its password, if anything, is not it. */
public final class LockedKeyException extends IOException {
    private static final long serialVersionUID = 1L;

    LockedKeyException(String message) {
        super(message);
    }

    LockedKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
