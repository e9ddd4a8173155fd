package io.fieldloom.domain;

/**
 * A text that does not follow its grammar: an endpoint, an address, a duration, a name. The message
 * is a whole sentence for the engineer that names the offending text and what would be accepted.
 */
public final class MalformedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }
}
