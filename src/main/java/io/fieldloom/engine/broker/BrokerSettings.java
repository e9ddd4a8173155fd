package io.fieldloom.engine.broker;

import com.hivemq.configuration.service.InternalConfigurations;

/**
 * What the embedded broker is set to. It serves a laptop, so its limits protect against running out
 * of memory, not against its users:
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><td>queued messages for each client (QoS 1 and 2)</td><td>100,000; the default is 1,000</td></tr>
 * <tr><td>queued bytes for each client (QoS 0)</td><td>64 MB; the default is 5 MB</td></tr>
 * <tr><td>unacknowledged messages for each client</td><td>65,535 in, 1,000 out; the defaults are
 *     10 and 50</td></tr>
 * <tr><td>packet</td><td>256 MB, the most that MQTT has</td></tr>
 * <tr><td>connections, keep-alive</td><td>unlimited</td></tr>
 * </table>
 */
final class BrokerSettings {
    static final int QUEUED_MESSAGES = 100_000;
    static final int QUEUED_BYTES_QOS_0 = 64 * 1024 * 1024;
    static final int IN_FLIGHT_OUT = 1_000;

    private static final String CONFIGURATION =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <hivemq>
              <listeners>
                <tcp-listener>
                  <port>%d</port>
                  <bind-address>127.0.0.1</bind-address>
                  <name>loopback</name>
                </tcp-listener>
              </listeners>
              <mqtt>
                <queued-messages>
                  <max-queue-size>%d</max-queue-size>
                  <strategy>discard-oldest</strategy>
                </queued-messages>
                <keep-alive>
                  <allow-unlimited>true</allow-unlimited>
                </keep-alive>
                <packets>
                  <max-packet-size>268435460</max-packet-size>
                </packets>
                <receive-maximum>
                  <server-receive-maximum>65535</server-receive-maximum>
                </receive-maximum>
              </mqtt>
              <persistence>
                <mode>in-memory</mode>
              </persistence>
              <anonymous-usage-statistics>
                <enabled>false</enabled>
              </anonymous-usage-statistics>
            </hivemq>
            """;

    private BrokerSettings() {}

    /** The text of {@code config.xml}: one plain listener on this computer alone. */
    static String configuration(int port) {
        return CONFIGURATION.formatted(port, QUEUED_MESSAGES);
    }

    /** Settings that have no place in the file. They hold for the whole process. */
    static void applyInternal() {
        // nothing to flush: the state is in memory and is thrown away
        InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(0);
        InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
        InternalConfigurations.QOS_0_MEMORY_LIMIT_PER_CLIENT_BYTES.set(QUEUED_BYTES_QOS_0);
        InternalConfigurations.MAX_INFLIGHT_WINDOW_SIZE_MESSAGES = IN_FLIGHT_OUT;
    }
}
