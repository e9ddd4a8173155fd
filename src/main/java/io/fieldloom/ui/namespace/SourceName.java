package io.fieldloom.ui.namespace;

import io.fieldloom.domain.tag.NodeAddress;
import io.fieldloom.domain.tag.TagRef;

/** How the source of a mapping is called where there is little room. Pure. */
final class SourceName {
    private SourceName() {}

    /** The device and the tag as people call it: {@code filler-opcua › Filler02.Alarm}. */
    static String of(TagRef source) {
        return source.device() + " › " + tag(source);
    }

    /** Without the object that has the tag: {@code filler-opcua › Alarm}. */
    static String brief(TagRef source) {
        String tag = tag(source);
        return source.device() + " › " + tag.substring(part(tag, tag.length()) + 1);
    }

    /** With the whole address. */
    static String inFull(TagRef source) {
        return source.device() + " › " + source.tag();
    }

    /**
     * Of a NodeId's text the last two parts: the tag's name, which many machines share, and the
     * object that has it.
     */
    static String tag(TagRef source) {
        String tag = source.tag();
        if (!NodeAddress.isNodeAddress(tag)) {
            return tag;
        }
        String id = tag.substring(tag.lastIndexOf(';') + 1);
        String name = id.startsWith("s=") ? id.substring(2) : id;
        return name.substring(part(name, part(name, name.length())) + 1);
    }

    /** The last separator before a place, -1 for none. */
    private static int part(String name, int before) {
        return Math.max(name.lastIndexOf('.', before - 1), name.lastIndexOf('/', before - 1));
    }
}
