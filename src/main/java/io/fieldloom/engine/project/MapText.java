package io.fieldloom.engine.project;

import java.io.IOException;

/**
 * The text of one YAML map: its members, what stands between them, and what follows the last.
 * Immutable.
 *
 * @param flow whether it stands in braces, which are not part of this text
 * @param indent column of the keys of a block map, from 0
 * @param opening whether the text begins at the start of a line, which only the root's does
 * @param members keys with their values
 * @param close text after the last member; of a block map only what a removed member left behind
 */
record MapText(boolean flow, int indent, boolean opening, Members members, String close) {

    int breaks() {
        return members.breaks() + LineBreaks.count(close);
    }

    void writeTo(Appendable out) throws IOException {
        members.writeTo(out);
        out.append(close);
    }

    MapText withMembers(Members other) {
        return new MapText(flow, indent, opening, other, close);
    }

    MapText with(Members other, String otherClose) {
        return new MapText(flow, indent, opening, other, otherClose);
    }

    Member get(String key) {
        return members.get(key);
    }

    /** An empty map in place of nothing. */
    static MapText empty(boolean flow, int indent, String close) {
        return new MapText(flow, indent, false, Members.EMPTY, close);
    }

    MapText replace(Member member) {
        return withMembers(members.replace(members.find(member.key()), member));
    }
}
