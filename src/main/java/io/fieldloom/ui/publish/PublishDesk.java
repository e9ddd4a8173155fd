package io.fieldloom.ui.publish;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.outlet.Publication;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the publish form asks of the program. Called on the FX thread unless it says otherwise;
 * answers come from memory.
 */
public interface PublishDesk {
    /** The open project: its brokers and topics. */
    Project project();

    /** Where a broker of the project is; empty while it is not known, as before it has started. */
    Optional<BrokerUrl> url(String broker);

    /** Sends one message; completes with the broker's reason code, or fails saying why not. */
    CompletionStage<Integer> send(String broker, Publication publication);

    /**
     * Topics of the design, and of the watched broker's traffic, that contain a text. Called on a
     * background thread.
     */
    List<String> topicsSeen(String text, int most);

    /** Whether a topic is known to carry a retained value there. */
    boolean isRetained(String broker, String topic);
}
