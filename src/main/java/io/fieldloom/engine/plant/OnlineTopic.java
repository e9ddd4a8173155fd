package io.fieldloom.engine.plant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.MqttConnection;
import io.fieldloom.engine.mqtt.MqttListener;
import io.fieldloom.engine.mqtt.Presence;
import io.fieldloom.engine.mqtt.SessionSettings;
import io.fieldloom.engine.mqtt.Subscription;
import io.fieldloom.engine.payload.PayloadEncoder;
import io.fieldloom.engine.traffic.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fieldloom's own state on a broker: {@code acme/_fieldloom/bottling-hall}, retained. */
final class OnlineTopic {
    private static final Logger LOG = LoggerFactory.getLogger(OnlineTopic.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LOOK_SECONDS = 2;

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

    /**
     * Looks whether another Fieldloom says on the same topic that it is online.
     *
     * @param warn told in a sentence when one does
     * @return completes when the broker was asked, or could not be; never fails
     */
    static CompletableFuture<Void> lookForAnother(
            BrokerLogin login,
            Presence own,
            String clientId,
            Consumer<String> warn,
            ScheduledExecutorService pool) {
        MqttConnection look =
                new MqttConnection(
                        login.withClientId(null),
                        SessionSettings.DEFAULT,
                        new MqttListener() {
                            @Override
                            public void received(Message message) {
                                warnOf(message, login.name(), clientId, warn);
                            }
                        },
                        pool);
        look.subscribe(new Subscription(own.topic(), 1))
                .exceptionally(
                        failure -> {
                            LOG.debug("The online topic cannot be read", failure);
                            return null;
                        });
        CompletableFuture<Void> looked =
                look.open()
                        .handle((done, failure) -> (Void) null)
                        .completeOnTimeout(null, LOOK_SECONDS, TimeUnit.SECONDS);
        // What is retained comes with the subscription's answer or right after it.
        looked.whenComplete(
                (done, failure) -> pool.schedule(look::close, LOOK_SECONDS, TimeUnit.SECONDS));
        return looked;
    }

    private static void warnOf(
            Message message, String broker, String clientId, Consumer<String> warn) {
        try {
            JsonNode state = JSON.readTree(message.payload());
            boolean another =
                    message.retained()
                            && state.path("state").asText().equals("online")
                            && !state.path("id").asText().equals(clientId);
            if (another) {
                warn.accept(
                        broker
                                + ": another Fieldloom ("
                                + state.path("id").asText("unknown")
                                + ") is online on "
                                + message.topic()
                                + " since "
                                + state.path("since").asText("unknown")
                                + ". Stop one of the two if both publish the same topics");
            }
        } catch (IOException e) {
            LOG.debug("{} is no state of a Fieldloom", message.topic(), e);
        }
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
