package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.mapping.MappingView;
import java.util.List;
import java.util.Optional;

/**
 * The newest own value of one mapping's tag: from the running mapping, else read from the device
 * now and then. FX thread only.
 */
final class TagReader {
    private static final long AGAIN_NANOS = 1_000_000_000L;

    private final NamespaceServices services;
    private Mapping mapping;
    private Sample read;
    private long askedAt;
    private boolean asking;

    TagReader(NamespaceServices services) {
        this.services = services;
    }

    void follow(Mapping other) {
        if (mapping == null || !mapping.source().equals(other.source())) {
            read = null;
            asking = false;
            askedAt = System.nanoTime() - AGAIN_NANOS;
        }
        mapping = other;
    }

    Optional<Sample> newest() {
        if (mapping == null) {
            return Optional.empty();
        }
        Optional<Sample> running = services.mappings().view(mapping.topic()).map(MappingView::own);
        if (running.isPresent()) {
            return running;
        }
        ask();
        return Optional.ofNullable(read);
    }

    private void ask() {
        if (asking || System.nanoTime() - askedAt < AGAIN_NANOS) {
            return;
        }
        Optional<TagSpec> tag = services.editor().project().tagOf(mapping);
        Mapping asked = mapping;
        if (tag.isEmpty()) {
            return;
        }
        services.devices()
                .link(mapping.source().device())
                .ifPresent(
                        link -> {
                            asking = true;
                            askedAt = System.nanoTime();
                            link.read(List.of(tag.get().address()))
                                    .whenComplete(
                                            (samples, failure) ->
                                                    services.kit()
                                                            .fx()
                                                            .execute(
                                                                    () ->
                                                                            take(
                                                                                    asked,
                                                                                    tag.get(),
                                                                                    samples)));
                        });
    }

    private void take(Mapping asked, TagSpec tag, List<Sample> samples) {
        if (mapping.source().equals(asked.source())) {
            asking = false;
            if (samples != null && !samples.isEmpty()) {
                Sample raw = samples.get(0);
                read = raw.withValue(tag.own(raw.value()));
            }
        }
    }
}
