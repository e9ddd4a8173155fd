package io.fieldloom.app.bench;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.plant.Passwords;
import io.fieldloom.engine.plant.Plant;
import io.fieldloom.engine.plant.PlantSettings;
import io.fieldloom.engine.project.LoadedProject;
import io.fieldloom.engine.project.ProjectFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A plant with a design of a benchmark. */
final class BenchPlant {
    private static final long STEP_SECONDS = 60;

    private BenchPlant() {}

    /** Opens a design and starts the embedded broker; where that listens. */
    static BrokerUrl open(Plant plant, Path folder, String text)
            throws ExecutionException, InterruptedException, TimeoutException {
        LoadedProject design = ProjectFile.parse(text);
        await(
                plant.open(
                        design.project(),
                        new PlantSettings(
                                "bench",
                                folder,
                                Map.of(),
                                Passwords.NONE,
                                broker -> design.text().firstMapping(design.project(), broker))));
        return await(plant.startBroker(EmbeddedBroker.DEFAULT_PORT, false));
    }

    static <T> T await(CompletionStage<T> step)
            throws ExecutionException, InterruptedException, TimeoutException {
        return step.toCompletableFuture().get(STEP_SECONDS, TimeUnit.SECONDS);
    }
}
