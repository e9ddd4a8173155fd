package io.fieldloom.engine.device.opcua;

import io.fieldloom.engine.device.Revised;
import io.fieldloom.engine.device.TagRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * What a lost session left at its server, which keeps it for the subscriptions' lifetime.
 *
 * @param server the server that has it
 */
record Legacy(Server server, List<Left> subscriptions) {

    /**
     * Which run of a server it is: after a restart the numbers of subscriptions begin anew and may
     * be somebody else's.
     *
     * @param started null where the server does not say
     * @param namespaces its namespace table
     */
    record Server(DateTime started, List<String> namespaces) {
        boolean isStill(Server before) {
            return started != null && !DateTime.NULL_VALUE.equals(started) && equals(before);
        }
    }

    /**
     * One subscription.
     *
     * @param interval the publishing interval that was asked for
     */
    record Left(ServerSubscription subscription, Duration interval, List<Item> items) {}

    /**
     * One monitored item.
     *
     * @param handle the client's number of it
     * @param id the server's number of it
     */
    record Item(UInteger handle, UInteger id, TagRequest tag, NodeId node, Revised revised) {
        Item {
            Objects.requireNonNull(handle, "handle");
            Objects.requireNonNull(id, "id");
        }
    }
}
