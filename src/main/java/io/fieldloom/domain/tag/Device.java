package io.fieldloom.domain.tag;

import io.fieldloom.domain.connection.DeviceLogin;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.pcollections.PMap;

/**
 * One device of the project.
 *
 * @param name its key in the file
 * @param endpoint its endpoint text, see {@link io.fieldloom.domain.connection.Endpoint}
 * @param security {@code POLICY/MODE} (OPC UA), or null for the default choice
 * @param login who one is there
 * @param interval sampling interval of its tags that name none
 * @param tags tags by name, in file order
 * @param simulator name of the simulator that stands in for it, or null
 * @param use where its values come from
 * @param description free text, or null
 */
public record Device(
        String name,
        String endpoint,
        String security,
        DeviceLogin login,
        Duration interval,
        PMap<String, TagSpec> tags,
        String simulator,
        Use use,
        String description) {
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    public Device {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(tags, "tags");
        login = login == null ? DeviceLogin.ANONYMOUS : login;
        interval = interval == null ? DEFAULT_INTERVAL : interval;
        use = use == null ? Use.REAL : use;
    }

    /** Where a device's values come from. */
    public enum Use {
        REAL("real"),
        SIMULATED("simulated"),
        REPLAYED("replayed");

        private final String word;

        Use(String word) {
            this.word = word;
        }

        /** The word in the project file and in the {@code fieldloom-origin} user property. */
        public String word() {
            return word;
        }
    }

    /** The scheme of the endpoint, in lower case: {@code opc.tcp}, {@code modbus-tcp}. */
    public String scheme() {
        int colon = endpoint.indexOf(':');
        return colon < 0 ? "" : endpoint.substring(0, colon).toLowerCase(java.util.Locale.ROOT);
    }

    public boolean isOpcUa() {
        return scheme().equals("opc.tcp");
    }

    /**
     * The tag that a mapping's {@code tag} means here: one of the device's own by name, else, on an
     * OPC UA device, the node of that address. Empty where neither is the case.
     */
    public Optional<TagSpec> tag(String reference) {
        TagSpec own = tags.get(reference);
        if (own != null) {
            return Optional.of(own);
        }
        return isOpcUa() && NodeAddress.isNodeAddress(reference)
                ? Optional.of(TagSpec.of(reference, reference))
                : Optional.empty();
    }

    /** How often a tag is sampled: as it says itself, else as all of this device are. */
    public Duration intervalOf(TagSpec tag) {
        return tag.interval() == null ? interval : tag.interval();
    }

    public Device withTags(PMap<String, TagSpec> other) {
        return new Device(
                name, endpoint, security, login, interval, other, simulator, use, description);
    }

    public Device withName(String other) {
        return new Device(
                other, endpoint, security, login, interval, tags, simulator, use, description);
    }

    public Device withUse(Use other) {
        return new Device(
                name, endpoint, security, login, interval, tags, simulator, other, description);
    }

    public Device withSimulator(String other) {
        return new Device(name, endpoint, security, login, interval, tags, other, use, description);
    }
}
