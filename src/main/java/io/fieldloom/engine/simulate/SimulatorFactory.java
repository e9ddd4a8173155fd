package io.fieldloom.engine.simulate;

import io.fieldloom.domain.simulation.Simulator;

/** Makes a simulated device of one protocol; it does not listen yet. */
@FunctionalInterface
public interface SimulatorFactory {
    SimulatedDevice make(Simulator design);
}
