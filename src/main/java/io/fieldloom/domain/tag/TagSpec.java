package io.fieldloom.domain.tag;

import io.fieldloom.domain.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;

/**
 * One tag of a device as the project file describes it.
 *
 * @param name its name on that device; for a tag that is used by address alone, the address
 * @param address the protocol's address, see {@link ModbusAddress} and {@link NodeAddress}
 * @param scale factor from the raw to the tag's own value (1: none)
 * @param offset added after the scale (0: none)
 * @param unit the engineering unit, or null
 * @param interval wanted sampling interval, or null for the device's
 * @param monitoring what the server does with its monitored item (OPC UA)
 * @param description free text, or null
 */
public record TagSpec(
        String name,
        String address,
        BigDecimal scale,
        BigDecimal offset,
        String unit,
        Duration interval,
        Monitoring monitoring,
        String description) {
    public TagSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
        scale = scale == null ? BigDecimal.ONE : scale;
        offset = offset == null ? BigDecimal.ZERO : offset;
        monitoring = monitoring == null ? Monitoring.USUAL : monitoring;
    }

    /** A tag without anything but an address. */
    public static TagSpec of(String name, String address) {
        return new TagSpec(name, address, null, null, null, null, null, null);
    }

    /** Whether the tag's own value differs from the raw one. */
    public boolean isScaled() {
        return scale.compareTo(BigDecimal.ONE) != 0 || offset.signum() != 0;
    }

    /**
     * Raw value to the tag's own value: raw × scale + offset in decimal arithmetic, element by
     * element in an array. What is not a finite number stays as it is.
     */
    public Value own(Value raw) {
        if (!isScaled()) {
            return raw;
        }
        if (raw instanceof Value.Numeric number && number.isFinite()) {
            return new Value.Decimal(number.decimal().multiply(scale).add(offset));
        }
        if (raw instanceof Value.Array array) {
            return new Value.Array(array.elements().stream().map(this::own).toList());
        }
        return raw;
    }

    public TagSpec withName(String other) {
        return new TagSpec(other, address, scale, offset, unit, interval, monitoring, description);
    }
}
