package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.traffic.Message;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** One MQTT 5 connection on Paho. */
final class Wire5 implements Wire {
    private static final int MOST_IN_FLIGHT = 65_535;
    private static final String ORIGIN = "fieldloom-origin";

    private final BrokerLogin login;
    private final SessionSettings settings;
    private final FailureWords words;
    private final Events events;
    private final ScheduledExecutorService pool;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile MqttAsyncClient client;
    private volatile int inFlightLimit = MOST_IN_FLIGHT;
    private volatile long packetLimit = Long.MAX_VALUE;

    Wire5(
            BrokerLogin login,
            SessionSettings settings,
            FailureWords words,
            Events events,
            ScheduledExecutorService pool) {
        this.login = login;
        this.settings = settings;
        this.words = words;
        this.events = events;
        this.pool = pool;
    }

    @Override
    public void connect() {
        PahoThreads.start("mqtt-connect " + login.name(), this::connectNow);
    }

    private void connectNow() {
        try {
            client =
                    new MqttAsyncClient(
                            PahoThreads.uri(login.url()),
                            login.clientId(),
                            new MemoryPersistence(),
                            new Pings(pool),
                            null);
            client.setCallback(new Callback());
            client.connect(
                    options(),
                    null,
                    new MqttActionListener() {
                        @Override
                        public void onSuccess(IMqttToken token) {
                            accepted(token);
                        }

                        @Override
                        public void onFailure(IMqttToken token, Throwable cause) {
                            refused(token, cause);
                        }
                    });
        } catch (UnknownHostException e) {
            fail(words.unreachable(e));
        } catch (IOException e) {
            fail(words.file(e));
        } catch (MqttException | RuntimeException e) {
            fail(words.unreachable(e));
        }
    }

    private MqttConnectionOptions options() throws IOException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(settings.cleanStart());
        options.setSessionExpiryInterval(settings.sessionExpiry().toSeconds());
        options.setKeepAliveInterval(Math.toIntExact(settings.keepAlive().toSeconds()));
        options.setConnectionTimeout(PahoThreads.SOCKET_SECONDS);
        options.setReceiveMaximum(MOST_IN_FLIGHT);
        options.setUseSubscriptionIdentifiers(false);
        options.setSocketFactory(Sockets.of(login));
        options.setHttpsHostnameVerificationEnabled(!login.insecure());
        if (login.user() != null) {
            options.setUserName(login.user());
        }
        if (login.password() != null) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(login.password()));
            byte[] password = new byte[bytes.remaining()];
            bytes.get(password);
            options.setPassword(password);
        }
        Presence presence = settings.presence();
        if (presence != null) {
            options.setWill(
                    presence.topic(),
                    new MqttMessage(presence.offline(), 1, true, new MqttProperties()));
            options.setWillMessageProperties(new MqttProperties());
        }
        return options;
    }

    private void accepted(IMqttToken token) {
        MqttProperties properties = token.getResponseProperties();
        if (properties != null) {
            if (properties.getReceiveMaximum() != null) {
                inFlightLimit = properties.getReceiveMaximum();
            }
            if (properties.getMaximumPacketSize() != null) {
                packetLimit = properties.getMaximumPacketSize();
            }
        }
        events.connected(this);
    }

    private void refused(IMqttToken token, Throwable cause) {
        int code = cause instanceof MqttException e ? e.getReasonCode() : 0;
        boolean answered = code > 0 && code < 256;
        MqttProperties properties = answered ? token.getResponseProperties() : null;
        fail(
                answered
                        ? words.connectRefused(
                                code,
                                properties == null ? null : properties.getReasonString(),
                                cause)
                        : words.unreachable(cause));
    }

    private void fail(MqttFailure failure) {
        if (ended.compareAndSet(false, true)) {
            events.refused(this, failure);
        }
    }

    @Override
    public boolean publish(Publication publication, Answer answer) {
        MqttProperties properties = new MqttProperties();
        if (publication.origin() != null) {
            properties.setUserProperties(List.of(new UserProperty(ORIGIN, publication.origin())));
        }
        MqttMessage message =
                new MqttMessage(
                        publication.payload(), publication.qos(), publication.retain(), properties);
        try {
            client.publish(publication.topic(), message, null, new Result(answer, false));
        } catch (MqttException e) {
            if (e.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT) {
                return false;
            }
            answer.failed(words.broken(e));
        } catch (RuntimeException e) {
            answer.failed(words.broken(e));
        }
        return true;
    }

    @Override
    public void subscribe(List<Subscription> subscriptions, Answer answer) {
        MqttSubscription[] wanted =
                subscriptions.stream().map(Wire5::asked).toArray(MqttSubscription[]::new);
        try {
            client.subscribe(wanted, null, new Result(answer, true), new MqttProperties());
        } catch (IllegalArgumentException e) {
            answer.done(0x8F);
        } catch (MqttException | RuntimeException e) {
            answer.failed(words.broken(e));
        }
    }

    private static MqttSubscription asked(Subscription one) {
        MqttSubscription asked = new MqttSubscription(one.filter(), one.qos());
        asked.setRetainAsPublished(one.retainAsPublished());
        return asked;
    }

    @Override
    public void unsubscribe(String filter, Answer answer) {
        try {
            client.unsubscribe(
                    new String[] {filter}, null, new Result(answer, false), new MqttProperties());
        } catch (MqttException | RuntimeException e) {
            answer.failed(words.broken(e));
        }
    }

    @Override
    public int inFlightLimit() {
        return inFlightLimit;
    }

    @Override
    public long packetLimit() {
        return packetLimit;
    }

    @Override
    public void disconnect(Duration atMost) {
        if (ended.compareAndSet(false, true)) {
            MqttAsyncClient now = client;
            PahoThreads.finish(
                    "mqtt-disconnect " + login.name(),
                    () -> {
                        now.disconnectForcibly(0, atMost.toMillis(), true);
                        now.close(true);
                    },
                    atMost);
        }
    }

    @Override
    public void drop() {
        ended.set(true);
        MqttAsyncClient now = client;
        if (now != null) {
            PahoThreads.start(
                    "mqtt-drop " + login.name(),
                    () ->
                            PahoThreads.quietly(
                                    () -> {
                                        now.disconnectForcibly(0, 1, false);
                                        now.close(true);
                                    }));
        }
    }

    private void lost(MqttDisconnectResponse response) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        MqttException cause = response.getException();
        MqttFailure failure;
        if (cause == null) {
            failure = words.disconnected(response.getReturnCode(), response.getReasonString());
        } else {
            int code = cause.getReasonCode();
            failure =
                    switch (code) {
                        case MqttClientException.REASON_CODE_CLIENT_TIMEOUT,
                                MqttClientException.REASON_CODE_WRITE_TIMEOUT ->
                                words.pingUnanswered(cause);
                        default ->
                                code >= 0x80 && code < 0x100
                                        ? words.publicationRefused(code, cause)
                                        : words.broken(cause);
                    };
        }
        events.lost(this, failure);
    }

    private final class Callback implements MqttCallback {
        @Override
        public void disconnected(MqttDisconnectResponse response) {
            lost(response);
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            String origin = null;
            MqttProperties properties = message.getProperties();
            if (properties != null && properties.getUserProperties() != null) {
                for (UserProperty property : properties.getUserProperties()) {
                    if (property.getKey().equals(ORIGIN)) {
                        origin = property.getValue();
                        break;
                    }
                }
            }
            events.received(
                    new Message(
                            Instant.now(),
                            topic,
                            message.getPayload(),
                            message.getQos(),
                            message.isRetained(),
                            message.isDuplicate(),
                            origin));
        }

        @Override
        public void mqttErrorOccurred(MqttException error) {
            // the loss that follows says it
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // each publication has a listener of its own
        }

        @Override
        public void connectComplete(boolean again, String uri) {
            // the attempt has a listener of its own
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // no authentication method was offered
        }
    }

    private final class Result implements MqttActionListener {
        private final Answer answer;
        private final boolean granted;

        Result(Answer answer, boolean granted) {
            this.answer = answer;
            this.granted = granted;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int worst = 0;
            int[] codes = token.getReasonCodes();
            if (codes != null) {
                for (int code : codes) {
                    worst =
                            granted || code >= 0x80
                                    ? Math.max(worst, code)
                                    : worst == 0 ? code : worst;
                }
            }
            answer.done(worst);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            answer.failed(words.broken(cause));
        }
    }

    /** Pings on the shared pool, so that no timer thread of its own keeps the process alive. */
    private static final class Pings implements MqttPingSender {
        private final PahoThreads.Timer timer;
        private ClientComms comms;

        Pings(ScheduledExecutorService pool) {
            this.timer = new PahoThreads.Timer(pool);
        }

        @Override
        public void init(ClientComms clientComms) {
            comms = clientComms;
        }

        @Override
        public void start() {
            if (comms.getKeepAlive() > 0) {
                schedule(comms.getKeepAlive());
            }
        }

        @Override
        public void stop() {
            timer.stop();
        }

        @Override
        public void schedule(long delayMillis) {
            timer.in(delayMillis, comms::checkForActivity);
        }
    }
}
