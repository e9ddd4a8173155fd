package io.fieldloom.engine.plant;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.Presence;
import io.fieldloom.engine.payload.PayloadEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Fieldloom's own state on a broker: {@code acme/_fieldloom/bottling-hall}, retained. */
final class OnlineTopic {
    private OnlineTopic() {}

    /** The client id of a login, or one made at random, known before the connection is made. */
    static String clientId(BrokerLogin login) {
        return login.clientId() != null
                ? login.clientId()
                : "fieldloom-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /**
     * The online topic under the first level of the broker's first mapping in file order; empty
     * where no mapping goes there.
     */
    static Optional<Presence> of(String broker, PlantSettings settings, String clientId) {
        return settings.firstMapping()
                .apply(broker)
                .map(first -> presence(Topic.root(first), settings.stem(), clientId));
    }

    private static Presence presence(String root, String stem, String clientId) {
        ObjectNode online = JsonNodeFactory.instance.objectNode();
        online.put("state", "online");
        online.put("since", PayloadEncoder.time(Instant.now()));
        online.put("id", clientId);
        ObjectNode offline = JsonNodeFactory.instance.objectNode();
        offline.put("state", "offline");
        return new Presence(root + "/_fieldloom/" + stem, bytes(online), bytes(offline));
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
