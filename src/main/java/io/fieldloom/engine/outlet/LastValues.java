package io.fieldloom.engine.outlet;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What receivers are to keep: the last message of each retained topic. A receiver that was away may
 * have forgotten it, as a broker without persistence does when it is restarted. Thread-safe.
 */
public interface LastValues {
    /** Nothing is kept anywhere. */
    LastValues NONE =
            new LastValues() {
                @Override
                public Collection<String> topics(String receiver) {
                    return List.of();
                }

                @Override
                public Optional<Publication> last(String receiver, String topic) {
                    return Optional.empty();
                }
            };

    /** The topics that a receiver is to keep a value of. Takes no lock that a publisher holds. */
    Collection<String> topics(String receiver);

    /** The last message of a topic as it was; empty where the receiver is not to keep one. */
    Optional<Publication> last(String receiver, String topic);
}
