package io.fieldloom.engine.mapping;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.mapping.Transform.TransformException;
import io.fieldloom.engine.payload.PayloadEncoder;
import java.util.Optional;

/**
 * What a mapping would publish for a sample, computed as a running one does.
 *
 * @param result the sample as it would be published; null where the transform fails
 * @param unit the unit that would be published, or null
 * @param payload its bytes; empty where the format has none for it
 * @param fault why the transform fails, or null
 */
public record MappingPreview(Sample result, String unit, Optional<byte[]> payload, String fault) {

    /**
     * @param own the tag's own value
     */
    public static MappingPreview of(
            Project project, Mapping mapping, Sample own, Transforms transforms) {
        String unit = project.unitOf(mapping);
        try {
            Transform transform = transforms.compile(mapping.transform());
            Sample result =
                    own.withValue(RunningMapping.computed(own.value(), transform, mapping.round()));
            Optional<byte[]> payload =
                    PayloadEncoder.encode(project.payloadOf(mapping), result, unit);
            return new MappingPreview(result, unit, payload, null);
        } catch (TransformException e) {
            return new MappingPreview(null, unit, Optional.empty(), e.getMessage());
        }
    }
}
