package io.fieldloom.engine.project;

import java.util.List;

/**
 * One node of a YAML text and where it stands in that text. Immutable.
 *
 * @param kind what it is
 * @param style quote of a scalar ({@code ' ' } for plain), or {@code [} for a flow collection
 * @param value a scalar's text; empty for a collection
 * @param start offset of its first character
 * @param end offset after its last character; of a block collection, after its last child
 * @param line line of its first character, from 1
 * @param column column of its first character, from 1
 * @param children of a list its items, of a map its keys and values in turn
 */
record YamlNode(
        Kind kind,
        char style,
        String value,
        int start,
        int end,
        int line,
        int column,
        List<YamlNode> children) {
    static final char PLAIN = ' ';
    static final char BLOCK = '-';
    static final char FLOW = '[';

    enum Kind {
        SCALAR,
        MAP,
        LIST
    }

    boolean isScalar() {
        return kind == Kind.SCALAR;
    }

    boolean isMap() {
        return kind == Kind.MAP;
    }

    boolean isFlow() {
        return style == FLOW;
    }

    boolean isPlain() {
        return style == PLAIN;
    }

    /** Nothing where a value could be: {@code key:} and no more. */
    boolean isMissing() {
        return isPlain() && value.isEmpty();
    }

    /** What counts as an empty collection where one is expected. */
    boolean isNull() {
        return isPlain()
                && switch (value) {
                    case "", "~", "null", "Null", "NULL" -> true;
                    default -> false;
                };
    }

    int size() {
        return kind == Kind.MAP ? children.size() / 2 : children.size();
    }

    YamlNode key(int at) {
        return children.get(2 * at);
    }

    YamlNode valueOf(int at) {
        return children.get(2 * at + 1);
    }

    /** Place of a key in a map; -1 if it is not there. */
    int find(String key) {
        for (int at = 0; at < size(); at++) {
            if (key(at).isScalar() && key(at).value.equals(key)) {
                return at;
            }
        }
        return -1;
    }
}
