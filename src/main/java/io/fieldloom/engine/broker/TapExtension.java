package io.fieldloom.engine.broker;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationFailedInput;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ClientInitiatedDisconnectInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.connect.WillPublishPacket;
import com.hivemq.extension.sdk.api.packets.general.DisconnectedReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import io.fieldloom.engine.traffic.Message;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tap inside the broker. It costs an interceptor's call for each message instead of a client's
 * round trip, and nothing is copied while nobody listens.
 */
final class TapExtension implements ExtensionMain {
    private static final byte[] NOTHING = {};

    private final List<Tap> taps;
    private final PublishInboundInterceptor interceptor = this::published;

    /**
     * @param taps who listens; read on the broker's threads, so it must allow that
     */
    TapExtension(List<Tap> taps) {
        this.taps = taps;
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        Services.initializerRegistry()
                .setClientInitializer(
                        (client, context) -> context.addPublishInboundInterceptor(interceptor));
        Services.eventRegistry().setClientLifecycleEventListener(client -> new LastWill());
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        // HiveMQ takes the interceptor and the listener away with the extension
    }

    private void published(PublishInboundInput input, PublishInboundOutput output) {
        if (!taps.isEmpty()) {
            tell(input.getClientInformation().getClientId(), input.getPublishPacket());
        }
    }

    private void tell(String clientId, PublishPacket packet) {
        Message message =
                new Message(
                        Instant.now(),
                        packet.getTopic(),
                        bytes(packet.getPayload()),
                        packet.getQos().getQosNumber(),
                        packet.getRetain(),
                        packet.getDupFlag(),
                        packet.getUserProperties().getFirst("fieldloom-origin").orElse(null));
        for (Tap tap : taps) {
            tap.seen(clientId, message);
        }
    }

    private static byte[] bytes(Optional<ByteBuffer> payload) {
        if (payload.isEmpty() || !payload.get().hasRemaining()) {
            return NOTHING;
        }
        ByteBuffer from = payload.get().duplicate();
        byte[] copy = new byte[from.remaining()];
        from.get(copy);
        return copy;
    }

    /**
     * The last will of one connection. The broker publishes it itself, past the interceptors, so it
     * is told from here. A will that waits (MQTT 5 will delay) is left out: its session may come
     * back.
     */
    private final class LastWill implements ClientLifecycleEventListener {
        private volatile WillPublishPacket will;

        @Override
        public void onMqttConnectionStart(ConnectionStartInput input) {
            will =
                    input.getConnectPacket()
                            .getWillPublish()
                            .filter(packet -> packet.getWillDelay() == 0)
                            .orElse(null);
        }

        @Override
        public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {
            // only the end of a connection matters here
        }

        @Override
        public void onAuthenticationFailedDisconnect(AuthenticationFailedInput input) {
            // a client that was never let in leaves no will
        }

        @Override
        public void onClientInitiatedDisconnect(ClientInitiatedDisconnectInput input) {
            if (input.getReasonCode()
                    .filter(DisconnectedReasonCode.DISCONNECT_WITH_WILL_MESSAGE::equals)
                    .isPresent()) {
                onDisconnect(input);
            }
        }

        @Override
        public void onDisconnect(DisconnectEventInput input) {
            WillPublishPacket left = will;
            if (left != null && !taps.isEmpty()) {
                tell(input.getClientInformation().getClientId(), left);
            }
        }
    }
}
