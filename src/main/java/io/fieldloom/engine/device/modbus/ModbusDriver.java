package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Diagnosis;
import io.fieldloom.engine.device.Discovery;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.SessionListener;
import io.fieldloom.engine.device.SessionRequest;
import java.util.Optional;

/** Modbus TCP: one session is one unit behind one connection. */
public final class ModbusDriver implements Driver {

    @Override
    public boolean speaks(String scheme) {
        return scheme.equals(Endpoint.MODBUS_TCP);
    }

    @Override
    public DeviceSession open(SessionRequest request, SessionListener listener) {
        return new ModbusSession(request, listener);
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
