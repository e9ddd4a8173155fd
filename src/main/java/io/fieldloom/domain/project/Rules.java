package io.fieldloom.domain.project;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.Names;
import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.connection.DeviceLogin;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.NodeAddress;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.WatchEntry;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What each entry of a project must obey by itself: names, grammar of endpoints and addresses,
 * ranges. Files that break a rule do not validate, edits that would break one are refused. Whether
 * entries fit each other is lint's business.
 */
public final class Rules {
    /** More decimals than a double carries. */
    private static final int MOST_DECIMALS = 15;

    private static final int MOST_QUEUED = 1_000_000;

    private static final Duration LONGEST = Durations.parse("999999999h");

    private Rules() {}

    public static List<Misfit> of(Mapping mapping) {
        Findings found = new Findings();
        found.source(mapping.source(), "a mapping");
        found.whole(mapping.round(), 0, MOST_DECIMALS, "round");
        found.whole(mapping.qos(), 0, 2, "qos");
        return found.list;
    }

    public static List<Misfit> of(WatchEntry entry) {
        Findings found = new Findings();
        found.name(entry.name());
        found.source(entry.source(), "a watch list entry");
        found.positive(entry.interval(), "interval");
        found.whole(entry.monitoring().queue(), 1, MOST_QUEUED, "queue");
        return found.list;
    }

    public static List<Misfit> of(Level level) {
        Findings found = new Findings();
        if (level.level() != null && level.level().isBlank()) {
            found.add("a level's name has at least one character", "level");
        }
        return found.list;
    }

    public static List<Misfit> of(Defaults defaults) {
        Findings found = new Findings();
        found.whole(defaults.qos(), 0, 2, "qos");
        found.name(defaults.broker(), "broker");
        return found.list;
    }

    public static List<Misfit> of(Broker broker) {
        Findings found = new Findings();
        found.name(broker.name());
        if (broker.name().equals(Broker.EMBEDDED)) {
            found.add(
                    "'embedded' is the broker that Fieldloom starts, wherever it listens; give this"
                            + " one another name");
        }
        found.grammar(() -> BrokerUrl.parse(broker.url()), "url");
        if (broker.mqtt() != 5 && broker.mqtt() != 3) {
            found.add("mqtt is 5 or 3 (which is 3.1.1), not " + broker.mqtt(), "mqtt");
        }
        return found.list;
    }

    public static List<Misfit> of(Device device) {
        Findings found = new Findings();
        found.name(device.name());
        found.grammar(() -> Endpoint.parse(device.endpoint()), "endpoint");
        if (device.security() != null) {
            found.grammar(() -> Security.parse(device.security()), "security");
        }
        check(device.login(), device, found);
        found.positive(device.interval(), "interval");
        for (TagSpec tag : device.tags().values()) {
            check(tag, device, found);
        }
        return found.list;
    }

    private static void check(DeviceLogin login, Device device, Findings found) {
        if (login.certificate() != null) {
            found.file(login.certificate(), "userCert");
            if (login.user() != null) {
                found.add("a device has a user or a userCert, not both", "userCert");
            }
            if (login.key() == null) {
                found.add(
                        "a userCert needs a userKey beside it, the file with its private key",
                        "userCert");
            }
        }
        if (login.key() != null) {
            found.file(login.key(), "userKey");
            if (login.certificate() == null) {
                found.add("a userKey needs the userCert that it belongs to", "userKey");
            }
        }
        boolean isModbus = device.scheme().startsWith("modbus");
        if (isModbus && login.isCertificate()) {
            found.add("Modbus has no users and no certificates", "userCert");
        }
    }

    private static void check(TagSpec tag, Device device, Findings found) {
        found.name(tag.name(), "tags", tag.name());
        if (device.isOpcUa()) {
            found.node(tag.address(), "tags", tag.name(), "address");
        } else if (device.scheme().startsWith("modbus")) {
            found.grammar(() -> ModbusAddress.parse(tag.address()), "tags", tag.name(), "address");
        }
        found.positive(tag.interval(), "tags", tag.name(), "interval");
        found.whole(tag.monitoring().queue(), 1, MOST_QUEUED, "tags", tag.name(), "queue");
    }

    public static List<Misfit> of(Simulator simulator) {
        Findings found = new Findings();
        found.name(simulator.name());
        if (!simulator.protocol().equals(Simulator.OPC_UA)
                && !simulator.protocol().equals(Simulator.MODBUS)) {
            found.add(
                    "protocol is opcua or modbus, not '" + simulator.protocol() + "'", "protocol");
        }
        if (simulator.bind().isBlank()) {
            found.add("bind is an address of this computer, such as 127.0.0.1", "bind");
        }
        found.whole(simulator.port(), 1, 65_535, "port");
        found.whole(simulator.unit(), 0, 255, "unit");
        if (simulator.namespace() != null && simulator.namespace().isBlank()) {
            found.add("namespace is a URI, such as urn:acme:filler", "namespace");
        }
        SimulatorRules.check(simulator, found);
        return found.list;
    }

    /** The misfits of one entry, as they are found. */
    static final class Findings {
        private final List<Misfit> list = new ArrayList<>();

        void add(String message, String... path) {
            list.add(new Misfit(List.of(path), message));
        }

        void name(String name, String... path) {
            Names.fault(name).ifPresent(fault -> add(fault, path));
        }

        void source(TagRef source, String owner) {
            if (source.tag().isEmpty()) {
                add(owner + " names its tag", "tag");
            } else if (NodeAddress.isNodeAddress(source.tag())) {
                node(source.tag(), "tag");
            }
            if (source.device().isEmpty()) {
                add(owner + " names its device", "device");
            }
        }

        void whole(Integer number, int least, int most, String... path) {
            if (number != null && (number < least || number > most)) {
                add(
                        path[path.length - 1]
                                + " is a number from "
                                + least
                                + " to "
                                + most
                                + ", not "
                                + number,
                        path);
            }
        }

        void positive(Duration duration, String... path) {
            if (duration == null) {
                return;
            }
            String key = path[path.length - 1];
            if (duration.toMillis() < 1) {
                add(key + " is longer than nothing, such as 250ms or 1s", path);
            } else if (duration.toNanosPart() % 1_000_000 != 0 || duration.compareTo(LONGEST) > 0) {
                add(key + " is a whole number of milliseconds", path);
            }
        }

        void file(String name, String... path) {
            try {
                if (!Path.of(name).toString().isBlank()) {
                    return;
                }
            } catch (InvalidPathException e) {
                // said below
            }
            add(path[path.length - 1] + " is a file, not '" + name + "'", path);
        }

        void node(String address, String... path) {
            grammar(
                    () -> {
                        if (!NodeAddress.parse(address).isPortable()) {
                            throw new MalformedException(
                                    "'"
                                            + address
                                            + "' names its namespace by an index, which changes"
                                            + " with the server's configuration; write"
                                            + " nsu=URI;s=NAME");
                        }
                    },
                    path);
        }

        void grammar(Runnable parse, String... path) {
            try {
                parse.run();
            } catch (MalformedException e) {
                add(e.getMessage(), path);
            }
        }
    }
}
