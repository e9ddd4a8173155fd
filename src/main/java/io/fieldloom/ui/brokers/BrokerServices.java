package io.fieldloom.ui.brokers;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.EditRefused;
import io.fieldloom.domain.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the broker dialogs ask of the program. Called on the FX thread unless it says otherwise;
 * answers come from memory.
 */
public interface BrokerServices {
    Project project();

    /** The folder of the project's file; empty while it is in none. */
    Optional<Path> folder();

    /** Makes one step of undo, or throws {@link EditRefused}. */
    void apply(Edit edit);

    /**
     * Keeps a password, on this computer or until the program ends. Called on a background thread.
     */
    void keepPassword(BrokerUrl url, String user, char[] password, boolean remember)
            throws IOException;

    /** Whether a password is known for a user of a broker. Called on a background thread. */
    boolean knowsPassword(BrokerUrl url, String user);

    /**
     * Connects once and takes leave.
     *
     * @param password what was typed; null takes the remembered one
     * @return completes with what was found, in words; fails with the reason and what to try
     */
    CompletionStage<String> test(Broker broker, char[] password);
}
