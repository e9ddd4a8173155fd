package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusArray;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list of addresses with its plan, for whoever reads once, and often reads the same again. The
 * elements of an array are read as single values and put together. Belongs to a session's lane.
 */
final class Reading {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    private final List<String> asked;
    private final int[] begins;
    private final boolean[] arrays;
    private final int elements;
    private final BlockReader.Selection selection;

    Reading(List<String> asked, BlockReader reader) {
        this.asked = asked;
        begins = new int[asked.size() + 1];
        arrays = new boolean[asked.size()];
        List<ModbusAddress> good = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            begins[i] = good.size();
            arrays[i] = ModbusArray.isArray(asked.get(i));
            try {
                good.addAll(
                        arrays[i]
                                ? ModbusArray.parse(asked.get(i)).elements()
                                : List.of(ModbusAddress.parse(asked.get(i))));
            } catch (MalformedException e) {
                LOG.debug("{}", e.getMessage());
            }
        }
        elements = good.size();
        begins[asked.size()] = elements;
        selection = reader.new Selection(good);
    }

    List<String> asked() {
        return asked;
    }

    /** One sample for each address. */
    List<Sample> read() throws IOException {
        Sample[] parts = new Sample[elements];
        selection.readOnce((index, sample) -> parts[index] = sample);
        Sample[] samples = new Sample[asked.size()];
        for (int i = 0; i < samples.length; i++) {
            int begin = begins[i];
            int end = begins[i + 1];
            samples[i] =
                    begin == end
                            ? Sample.failed(ModbusStatus.ADDRESS_INVALID, Instant.now())
                            : arrays[i]
                                    ? together(Arrays.asList(parts).subList(begin, end))
                                    : parts[begin];
        }
        return Collections.unmodifiableList(Arrays.asList(samples));
    }

    private static Sample together(List<Sample> parts) {
        Optional<Sample> bad = parts.stream().filter(part -> !part.status().isGood()).findFirst();
        return bad.isPresent()
                ? Sample.failed(bad.get().status(), bad.get().receivedAt())
                : Sample.good(
                        new Value.Array(parts.stream().map(Sample::value).toList()),
                        parts.get(0).receivedAt());
    }
}
