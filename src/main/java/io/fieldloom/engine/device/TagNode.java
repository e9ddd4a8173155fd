package io.fieldloom.engine.device;

import java.util.Objects;

/**
 * One node of a device's address space, as browsing finds it.
 *
 * @param address what {@code browse}, {@code read} and {@code subscribe} take
 * @param name BrowseName without index, or the table's or tag's name
 * @param displayName what a person reads; the name where the protocol has nothing else
 * @param nodeClass {@code Object Variable Method ...}, {@code Table}
 * @param type the protocol's type name of a variable ({@code Double}), else null
 * @param mayHaveChildren false only where the driver knows that there are none
 * @param writable whether the device says that it may be written
 */
public record TagNode(
        String address,
        String name,
        String displayName,
        String nodeClass,
        String type,
        boolean mayHaveChildren,
        boolean writable) {
    public TagNode {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(nodeClass, "nodeClass");
    }

    /** Whether it has a value that can be read and mapped. */
    public boolean isVariable() {
        return nodeClass.equals("Variable");
    }
}
