package io.fieldloom.engine.plant;

import io.fieldloom.domain.connection.BrokerUrl;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What surrounds a project when it runs.
 *
 * @param stem the project file's name without its ending, as it stands in the online topic
 * @param folder what paths in the project are relative to
 * @param brokerUrls URLs that replace those of the file, by broker name ({@code embedded} too)
 * @param passwords where passwords come from
 * @param firstMapping topic of the first mapping in the file that goes to a broker, by its name:
 *     the online topic lies under the same root
 */
public record PlantSettings(
        String stem,
        Path folder,
        Map<String, BrokerUrl> brokerUrls,
        Passwords passwords,
        Function<String, Optional<String>> firstMapping) {
    public PlantSettings {
        Objects.requireNonNull(stem, "stem");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(passwords, "passwords");
        Objects.requireNonNull(firstMapping, "firstMapping");
        brokerUrls = Map.copyOf(brokerUrls);
    }

    /** The same with the project in another file. */
    PlantSettings withFile(String otherStem, Path otherFolder) {
        return new PlantSettings(otherStem, otherFolder, brokerUrls, passwords, firstMapping);
    }
}
