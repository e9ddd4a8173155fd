package io.fieldloom.engine.device.opcua;

import java.util.Map;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;

/**
 * What is known of one DataType.
 *
 * @param name its BrowseName ({@code Double}, {@code MachineState}); null where the server does not
 *     say
 * @param builtin the built-in type that travels; null for an abstract type such as Number
 * @param enumeration whether it is a subtype of Enumeration
 * @param names an enumeration's names by number; empty otherwise
 */
record DataTypeInfo(
        String name, OpcUaDataType builtin, boolean enumeration, Map<Long, String> names) {
    static final DataTypeInfo UNKNOWN = new DataTypeInfo(null, null, false, Map.of());

    DataTypeInfo {
        names = Map.copyOf(names);
    }

    /** The same type, for a variable that names its own states. */
    DataTypeInfo withNames(Map<Long, String> own) {
        return new DataTypeInfo(name, builtin, enumeration, own);
    }

    boolean isInteger() {
        return builtin != null
                && builtin.getTypeId() >= OpcUaDataType.SByte.getTypeId()
                && builtin.getTypeId() <= OpcUaDataType.UInt64.getTypeId();
    }
}
