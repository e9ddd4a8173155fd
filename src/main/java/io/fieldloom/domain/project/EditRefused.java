package io.fieldloom.domain.project;

/**
 * An edit that would leave the design without meaning: a name that is taken, a topic that does not
 * exist. The message is a sentence for the engineer. Nothing was changed.
 */
public final class EditRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EditRefused(String message) {
        super(message);
    }
}
