package io.fieldloom.engine.plant;

import io.fieldloom.domain.connection.BrokerUrl;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * What surrounds a project when it runs.
 *
 * @param stem the project file's name without its ending, as it stands in the online topic
 * @param folder what paths in the project are relative to
 * @param brokerUrls URLs that replace those of the file, by broker name ({@code embedded} too)
 * @param passwords where passwords come from
 * @param lineOf line of a mapping in the file, by topic: the first one names the online topic
 */
public record PlantSettings(
        String stem,
        Path folder,
        Map<String, BrokerUrl> brokerUrls,
        Passwords passwords,
        ToIntFunction<String> lineOf) {
    public PlantSettings {
        Objects.requireNonNull(stem, "stem");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(passwords, "passwords");
        Objects.requireNonNull(lineOf, "lineOf");
        brokerUrls = Map.copyOf(brokerUrls);
    }
}
