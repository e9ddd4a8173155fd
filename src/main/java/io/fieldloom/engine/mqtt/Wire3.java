package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.traffic.Message;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.internal.ClientComms;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * One MQTT 3.1.1 connection on Paho. The protocol has no reason codes and no user properties, so a
 * message that the broker does not want ends the connection, and origins are not carried.
 */
final class Wire3 implements Wire {
    /** Brokers of that age hold few unacknowledged messages; more would only wait there. */
    private static final int IN_FLIGHT = 1_000;

    private final BrokerLogin login;
    private final SessionSettings settings;
    private final FailureWords words;
    private final Events events;
    private final ScheduledExecutorService pool;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile MqttAsyncClient client;

    Wire3(
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
                    new IMqttActionListener() {
                        @Override
                        public void onSuccess(IMqttToken token) {
                            events.connected(Wire3.this);
                        }

                        @Override
                        public void onFailure(IMqttToken token, Throwable cause) {
                            refused(cause);
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

    private MqttConnectOptions options() throws IOException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setAutomaticReconnect(false);
        options.setCleanSession(settings.cleanStart());
        options.setKeepAliveInterval(Math.toIntExact(settings.keepAlive().toSeconds()));
        options.setConnectionTimeout(PahoThreads.SOCKET_SECONDS);
        options.setMaxInflight(2 * IN_FLIGHT);
        options.setSocketFactory(Sockets.of(login));
        options.setHttpsHostnameVerificationEnabled(!login.insecure());
        if (login.user() != null) {
            options.setUserName(login.user());
        }
        if (login.password() != null) {
            options.setPassword(login.password());
        }
        Presence presence = settings.presence();
        if (presence != null) {
            options.setWill(presence.topic(), presence.offline(), 1, true);
        }
        return options;
    }

    private void refused(Throwable cause) {
        int code = cause instanceof MqttException e ? e.getReasonCode() : 0;
        fail(
                code >= 1 && code <= 5
                        ? words.connectRefused(code, null, cause)
                        : words.unreachable(cause));
    }

    private void fail(MqttFailure failure) {
        if (ended.compareAndSet(false, true)) {
            events.refused(this, failure);
        }
    }

    @Override
    public boolean publish(Publication publication, Answer answer) {
        MqttMessage message = new MqttMessage(publication.payload());
        message.setQos(publication.qos());
        message.setRetained(publication.retain());
        try {
            client.publish(publication.topic(), message, null, new Result(answer, false));
        } catch (MqttException e) {
            if (e.getReasonCode() == MqttException.REASON_CODE_MAX_INFLIGHT) {
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
        String[] filters = subscriptions.stream().map(Subscription::filter).toArray(String[]::new);
        int[] levels = subscriptions.stream().mapToInt(Subscription::qos).toArray();
        try {
            client.subscribe(filters, levels, null, new Result(answer, true));
        } catch (IllegalArgumentException e) {
            answer.done(0x8F);
        } catch (MqttException | RuntimeException e) {
            answer.failed(words.broken(e));
        }
    }

    @Override
    public void unsubscribe(String filter, Answer answer) {
        try {
            client.unsubscribe(new String[] {filter}, null, new Result(answer, false));
        } catch (MqttException | RuntimeException e) {
            answer.failed(words.broken(e));
        }
    }

    @Override
    public int inFlightLimit() {
        return IN_FLIGHT;
    }

    @Override
    public long packetLimit() {
        return Long.MAX_VALUE;
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

    private final class Callback implements MqttCallback {
        @Override
        public void connectionLost(Throwable cause) {
            if (ended.compareAndSet(false, true)) {
                int code = cause instanceof MqttException e ? e.getReasonCode() : 0;
                boolean silence =
                        code == MqttException.REASON_CODE_CLIENT_TIMEOUT
                                || code == MqttException.REASON_CODE_WRITE_TIMEOUT;
                events.lost(
                        Wire3.this, silence ? words.pingUnanswered(cause) : words.broken(cause));
            }
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            events.received(
                    new Message(
                            Instant.now(),
                            topic,
                            message.getPayload(),
                            message.getQos(),
                            message.isRetained(),
                            message.isDuplicate(),
                            null));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // each publication has a listener of its own
        }
    }

    private final class Result implements IMqttActionListener {
        private final Answer answer;
        private final boolean granted;

        Result(Answer answer, boolean granted) {
            this.answer = answer;
            this.granted = granted;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int worst = 0;
            if (granted && token.getGrantedQos() != null) {
                for (int code : token.getGrantedQos()) {
                    worst = Math.max(worst, code);
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
