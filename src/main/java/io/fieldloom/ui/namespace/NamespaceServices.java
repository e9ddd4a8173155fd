package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.mapping.MappingEngine;
import io.fieldloom.engine.mapping.Transforms;
import io.fieldloom.engine.project.LiveLint;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.UiKit;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the Namespace column works with.
 *
 * @param kit the window's
 * @param editor the open project
 * @param edits makes its edits
 * @param mappings what the running mappings publish
 * @param lint the project's problems
 * @param devices the links to its devices, to find and read tags
 * @param transforms compiles expressions for the preview
 * @param showTag goes to a mapping's source in Devices
 * @param isBrokerAway whether what a mapping publishes has to wait for its broker now
 * @param isRetained whether a broker is known to keep a value of Fieldloom's at a topic
 * @param clearRetained deletes what a broker keeps at topics, after whatever consent that needs
 */
public record NamespaceServices(
        UiKit kit,
        ProjectEditor editor,
        ProjectEdits edits,
        MappingEngine mappings,
        LiveLint lint,
        DeviceRegistry devices,
        Transforms transforms,
        Consumer<TagRef> showTag,
        Predicate<Mapping> isBrokerAway,
        BiPredicate<String, String> isRetained,
        BiConsumer<String, List<String>> clearRetained) {}
