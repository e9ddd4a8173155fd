package io.fieldloom.ui.registers;

import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.modbus.RegisterReadings;
import io.fieldloom.engine.device.modbus.RegisterReadings.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One address and what was read there. FX thread only. */
final class RegisterRow {
    private final ModbusAddress address;
    private final Sample sample;
    private final int[] run;
    private final int runStart;
    private List<Reading> readings;
    private Map<Interpretation, Reading> byInterpretation;

    /**
     * @param run the good registers around it; empty where it is none itself
     * @param runStart the address of the first of them
     */
    private RegisterRow(ModbusAddress address, Sample sample, int[] run, int runStart) {
        this.address = address;
        this.sample = sample;
        this.run = run;
        this.runStart = runStart;
    }

    /** The rows of a range from one sample for each of its addresses. */
    static List<RegisterRow> of(RegisterRange range, List<Sample> samples) {
        List<RegisterRow> rows = new ArrayList<>();
        int at = 0;
        while (at < samples.size()) {
            int end = at;
            while (end < samples.size() && isRegister(samples.get(end))) {
                end++;
            }
            int[] run = new int[end - at];
            for (int i = at; i < end; i++) {
                run[i - at] = (int) ((Value.Numeric) samples.get(i).value()).asDouble();
            }
            for (int i = at; i < Math.max(end, at + 1); i++) {
                ModbusAddress address =
                        ModbusAddress.parse(range.table().word() + ":" + (range.first() + i));
                rows.add(new RegisterRow(address, samples.get(i), run, range.first() + at));
            }
            at = Math.max(end, at + 1);
        }
        return List.copyOf(rows);
    }

    private static boolean isRegister(Sample sample) {
        return sample.status().isGood() && sample.value() instanceof Value.Numeric;
    }

    ModbusAddress address() {
        return address;
    }

    Sample sample() {
        return sample;
    }

    boolean isGood() {
        return sample.status().isGood();
    }

    /** The register itself, 0 to 65535; empty for a bit and for what could not be read. */
    Optional<Integer> word() {
        return run.length == 0 ? Optional.empty() : Optional.of(run[address.address() - runStart]);
    }

    /** All that can be made of what begins here. */
    List<Reading> readings() {
        if (readings == null) {
            readings =
                    run.length > 0
                            ? RegisterReadings.at(address.table(), run, runStart, address.address())
                            : isGood() ? List.of(new Reading(address, sample.value())) : List.of();
        }
        return readings;
    }

    /** What one interpretation makes of it; empty where registers are missing for it. */
    Optional<Reading> reading(Interpretation how) {
        if (byInterpretation == null) {
            byInterpretation = new HashMap<>();
            readings()
                    .forEach(each -> byInterpretation.put(Interpretation.of(each.address()), each));
        }
        return Optional.ofNullable(byInterpretation.get(how));
    }
}
