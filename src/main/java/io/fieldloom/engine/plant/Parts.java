package io.fieldloom.engine.plant;

import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.modbus.ModbusDriver;
import io.fieldloom.engine.device.opcua.OpcUaDriver;
import io.fieldloom.engine.security.AuditLog;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.security.OwnCertificate;
import io.fieldloom.engine.security.Secrets;
import io.fieldloom.engine.security.TrustList;
import io.fieldloom.engine.simulate.SimulatorFactory;
import io.fieldloom.engine.simulate.modbus.ModbusSimulator;
import io.fieldloom.engine.simulate.opcua.OpcUaSimulator;
import java.util.List;
import java.util.Map;

/**
 * The parts of this build that window and command line share: which protocols are spoken, and where
 * trust and secrets lie. The one place that knows every driver.
 *
 * @param home Fieldloom's own folder
 * @param trust server certificates that a person trusts
 * @param secrets remembered passwords
 * @param audit who wrote what to which device
 * @param opcUa the OPC UA driver, which also lists what a server offers
 * @param modbus the Modbus driver
 */
public record Parts(
        Home home,
        OwnCertificate certificate,
        TrustList trust,
        Secrets secrets,
        AuditLog audit,
        OpcUaDriver opcUa,
        ModbusDriver modbus) {

    /** Wires them. Nothing is read or connected yet. */
    public static Parts of(Home home) {
        OwnCertificate own = OwnCertificate.ofClient(home);
        TrustList trust = new TrustList(home);
        return new Parts(
                home,
                own,
                trust,
                new Secrets(home),
                AuditLog.of(home),
                new OpcUaDriver(own, trust),
                new ModbusDriver());
    }

    public List<Driver> drivers() {
        return List.of(opcUa, modbus);
    }

    /** A plant that speaks and simulates every protocol of this build. */
    public Plant newPlant() {
        Map<String, SimulatorFactory> simulators =
                Map.of(
                        Simulator.OPC_UA,
                        design -> new OpcUaSimulator(design, home),
                        Simulator.MODBUS,
                        ModbusSimulator::new);
        return new Plant(home, drivers(), simulators);
    }
}
