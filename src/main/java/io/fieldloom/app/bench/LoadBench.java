package io.fieldloom.app.bench;

import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.plant.Plant;
import io.fieldloom.engine.plant.PlantSummary;
import io.fieldloom.engine.security.Home;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The load that a gateway's maker publishes for his own: 100,000 tags over ten devices, each new
 * once a second, to a broker. The devices run in a process of their own; what is measured holds the
 * mappings and the broker.
 */
public final class LoadBench implements Benchmark {
    private static final int DEVICES_OF_A_KIND = 5;
    private static final int TAGS_OF_A_DEVICE = 10_000;
    private static final Duration SETTLED = Duration.ofSeconds(15);
    private static final Duration MEASURED = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String purpose() {
        return "100,000 tags a second of ten devices, OPC UA and Modbus, published over MQTT";
    }

    @Override
    public int run(PrintStream out) {
        try (BenchFolder folder = new BenchFolder();
                Child devices = Child.simulate(folder.path(), simulators(), "3g");
                Plant plant = Parts.of(new Home(folder.path())).newPlant()) {
            start(plant, folder.path(), design(devices.endpoints()));
            Thread.sleep(SETTLED.toMillis());
            return measured(out, plant);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 3;
        } catch (Exception e) {
            out.println("load: " + e);
            return 3;
        }
    }

    private static int measured(PrintStream out, Plant plant) throws InterruptedException {
        plant.latency().reset();
        PlantSummary before = plant.summary();
        Work work = new Work();
        Thread.sleep(MEASURED.toMillis());
        PlantSummary after = plant.summary();
        out.printf(
                Locale.ROOT,
                "%,d tags of %d devices: %,.0f messages/s published, %,.0f/s seen at the broker,"
                        + " %,d dropped, %,d errors%n",
                2 * DEVICES_OF_A_KIND * TAGS_OF_A_DEVICE,
                2 * DEVICES_OF_A_KIND,
                (after.published() - before.published()) / (double) MEASURED.toSeconds(),
                (after.received() - before.received()) / (double) MEASURED.toSeconds(),
                after.dropped() - before.dropped(),
                after.errors() - before.errors());
        out.printf(
                Locale.ROOT,
                "  from the driver to the broker: p50 %.1f ms, p99 %.1f ms%n",
                plant.latency().snapshot().p50Millis(),
                plant.latency().snapshot().p99Millis());
        work.print(out);
        return after.published() > before.published() && after.dropped() == before.dropped()
                ? 0
                : 1;
    }

    private static void start(Plant plant, Path folder, String text) throws Exception {
        BenchPlant.open(plant, folder, text);
        plant.connectDevices();
        BenchPlant.await(plant.startMappings());
        BenchPlant.await(plant.devicesAnswered());
    }

    private static String simulators() {
        StringBuilder text = new StringBuilder("fieldloom: 1\nsimulators:\n");
        for (int device = 0; device < DEVICES_OF_A_KIND; device++) {
            text.append("  opcua-").append(device).append(":\n    protocol: opcua\n");
            text.append("    namespace: urn:fieldloom:bench\n    nodes:\n");
            for (int tag = 0; tag < TAGS_OF_A_DEVICE; tag++) {
                text.append("      Cell").append(tag / 100).append("/Tag").append(tag);
                text.append(": {type: UInt16, signal: counter, each: 1s}\n");
            }
        }
        for (int device = 0; device < DEVICES_OF_A_KIND; device++) {
            text.append("  modbus-").append(device).append(":\n    protocol: modbus\n");
            text.append("    registers:\n");
            for (int tag = 0; tag < TAGS_OF_A_DEVICE; tag++) {
                text.append("      \"holding:").append(tag);
                text.append("\": {signal: counter, each: 1s}\n");
            }
        }
        return text.toString();
    }

    private static String design(List<String> endpoints) {
        StringBuilder devices = new StringBuilder("fieldloom: 1\ndefaults: {qos: 0}\ndevices:\n");
        StringBuilder mappings = new StringBuilder("mappings:\n");
        for (int device = 0; device < endpoints.size(); device++) {
            devices.append("  d").append(device).append(": {endpoint: \"");
            devices.append(endpoints.get(device)).append("\", interval: 1s");
            boolean isOpcUa = device < DEVICES_OF_A_KIND;
            if (isOpcUa) {
                devices.append("}\n");
            } else {
                devices.append(", tags: {");
                for (int tag = 0; tag < TAGS_OF_A_DEVICE; tag++) {
                    devices.append(tag == 0 ? "" : ", ").append("Tag").append(tag);
                    devices.append(": {address: \"holding:").append(tag).append("\"}");
                }
                devices.append("}}\n");
            }
            for (int tag = 0; tag < TAGS_OF_A_DEVICE; tag++) {
                mappings.append("  load/d").append(device).append("/tag-").append(tag);
                mappings.append(": {device: d").append(device).append(", tag: ");
                mappings.append(
                        isOpcUa
                                ? "\"nsu=urn:fieldloom:bench;s=Cell"
                                        + tag / 100
                                        + ".Tag"
                                        + tag
                                        + "\""
                                : "Tag" + tag);
                mappings.append("}\n");
            }
        }
        return devices.append(mappings).toString();
    }
}
