package io.fieldloom.domain.tag;

import java.util.Objects;

/**
 * A tag as a mapping names it.
 *
 * @param device the device's name in the project
 * @param tag a name among the device's tags, else an address of the device's protocol (OPC UA:
 *     {@code nsu=urn:acme:filler;s=Filler01.Temperature})
 */
public record TagRef(String device, String tag) {
    public TagRef {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(tag, "tag");
    }

    public TagRef withDevice(String other) {
        return new TagRef(other, tag);
    }

    public TagRef withTag(String other) {
        return new TagRef(device, other);
    }
}
