package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Diagnosis;
import io.fieldloom.engine.device.Discovery;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.SessionListener;
import io.fieldloom.engine.device.SessionRequest;
import java.util.Optional;
import java.util.Set;

/**
 * Modbus over TCP, UDP, a serial line (RTU), and RTU over TCP: one session is one unit. Units at
 * the same place share one connection, within one driver.
 */
public final class ModbusDriver implements Driver {
    private static final Set<String> SCHEMES =
            Set.of(
                    Endpoint.MODBUS_TCP,
                    Endpoint.MODBUS_RTU_TCP,
                    Endpoint.MODBUS_UDP,
                    Endpoint.MODBUS_RTU);

    private final Lines lines = new Lines();

    @Override
    public boolean speaks(String scheme) {
        return SCHEMES.contains(scheme);
    }

    @Override
    public DeviceSession open(SessionRequest request, SessionListener listener) {
        return new ModbusSession(lines.of(request.endpoint()), request, listener);
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new ModbusDiscovery(this));
    }

    @Override
    public Optional<Diagnosis> diagnosis() {
        return Optional.of(new ModbusDiagnosis(this));
    }
}
