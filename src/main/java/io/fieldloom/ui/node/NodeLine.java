package io.fieldloom.ui.node;

import io.fieldloom.ui.kit.Tone;

/**
 * One attribute, property or part of a value.
 *
 * @param path unique among the lines of a node
 * @param depth 0, or how deep in a value this part is
 * @param name what it is
 * @param note what kind of thing it is, where it is no attribute; else empty
 * @param text its value in words
 * @param tone whether it could be read
 */
record NodeLine(String path, int depth, String name, String note, String text, Tone tone) {
    static NodeLine of(String name, String text) {
        return new NodeLine(name, 0, name, "", text, Tone.NORMAL);
    }

    String copied() {
        return name + "\t" + text;
    }
}
