package io.fieldloom.engine.project;

import io.fieldloom.engine.project.YamlNode.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Parses YAML into {@link YamlNode}s with exact offsets. Scalars stay the text they are; anchors,
 * aliases, tags and further documents are faults.
 */
final class YamlText {
    /** No project needs more; a hostile file must not exhaust the stack. */
    private static final int DEEPEST = 40;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setLabel("").setCodePointLimit(Integer.MAX_VALUE).build();

    private final String text;
    private final FaultList faults;
    private final Iterator<Event> events;
    private final int[] surrogatePairs;

    private YamlText(String text, FaultList faults) {
        this.text = text;
        this.faults = faults;
        this.surrogatePairs = surrogatePairs(text);
        this.events = new Parse(SETTINGS).parseReader(new WholeCharacters(text)).iterator();
    }

    /** A text that is not YAML: where and why. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;
        private final int column;

        SyntaxException(int line, int column, String message, Throwable cause) {
            super(message, cause);
            this.line = line;
            this.column = column;
        }

        int line() {
            return line;
        }

        int column() {
            return column;
        }
    }

    /**
     * The root of the only document; empty where there is none.
     *
     * @param faults takes what YAML allows and a project file does not
     */
    static Optional<YamlNode> parse(String text, FaultList faults) throws SyntaxException {
        try {
            return new YamlText(text, faults).document();
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            throw new SyntaxException(
                    mark.map(Mark::getLine).orElse(0) + 1,
                    mark.map(Mark::getColumn).orElse(0) + 1,
                    words(e),
                    e);
        } catch (ReaderException e) {
            int at = text.offsetByCodePoints(0, Math.min(e.getPosition(), codePoints(text)));
            throw new SyntaxException(
                    LineBreaks.count(text, 0, at) + 1,
                    at - LineBreaks.lineStart(text, at) + 1,
                    String.format("the character U+%04X is not allowed in YAML", e.getCodePoint()),
                    e);
        } catch (YamlEngineException e) {
            throw new SyntaxException(1, 1, String.valueOf(e.getMessage()), e);
        }
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String words(MarkedYamlEngineException e) {
        String problem = e.getProblem() == null ? "not understood" : e.getProblem();
        if (problem.contains("\\t") || problem.contains("TAB")) {
            problem += "; indent with spaces, not with tabs";
        }
        return e.getContext() == null || e.getContext().isBlank()
                ? problem
                : problem + " (" + e.getContext() + ")";
    }

    private Optional<YamlNode> document() throws SyntaxException {
        Optional<YamlNode> root = Optional.empty();
        boolean seen = false;
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                if (seen) {
                    Mark mark = start(event);
                    faults.add(
                            mark.getLine() + 1,
                            mark.getColumn() + 1,
                            "",
                            "a second document begins; a project file holds one");
                    return root;
                }
                seen = true;
            } else if (event instanceof NodeEvent node) {
                root = Optional.of(node(node, 0));
            }
        }
        return root;
    }

    private YamlNode node(NodeEvent event, int depth) throws SyntaxException {
        Mark mark = start(event);
        int line = mark.getLine() + 1;
        int column = mark.getColumn() + 1;
        if (depth > DEEPEST) {
            throw new SyntaxException(line, column, "nested too deeply", null);
        }
        if (event instanceof AliasEvent alias) {
            refuse(line, column, "an alias (*" + alias.getAlias() + ")");
            return scalar(YamlNode.PLAIN, "", offset(mark), offset(end(event)), line, column);
        }
        if (event.getAnchor().isPresent()) {
            refuse(line, column, "an anchor (&" + event.getAnchor().get() + ")");
        }
        if (event instanceof ScalarEvent scalar) {
            if (scalar.getTag().isPresent()) {
                refuse(line, column, "a tag (" + scalar.getTag().get() + ")");
            }
            return scalar(scalar, line, column);
        }
        CollectionStartEvent collection = (CollectionStartEvent) event;
        if (collection.getTag().isPresent()) {
            refuse(line, column, "a tag (" + collection.getTag().get() + ")");
        }
        return collection(collection, line, column, depth);
    }

    private void refuse(int line, int column, String what) {
        faults.add(
                line, column, "", what + " is not allowed in a project file; write it out in full");
    }

    private static YamlNode scalar(
            char style, String value, int start, int end, int line, int column) {
        return new YamlNode(Kind.SCALAR, style, value, start, end, line, column, List.of());
    }

    private YamlNode scalar(ScalarEvent event, int line, int column) {
        int start = offset(start(event));
        int end = offset(end(event));
        char style = style(event.getScalarStyle());
        if (style == '|' || style == '>') {
            end = endOfBlockScalar(start, end);
        }
        return scalar(style, event.getValue(), start, end, line, column);
    }

    private static char style(ScalarStyle style) {
        return switch (style) {
            case PLAIN -> YamlNode.PLAIN;
            case SINGLE_QUOTED -> '\'';
            case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> '"';
            case LITERAL -> '|';
            case FOLDED -> '>';
        };
    }

    /**
     * The parser counts blank lines after a block scalar as its own, though only '+' keeps them.
     */
    private int endOfBlockScalar(int start, int end) {
        int header = LineBreaks.lineEnd(text, start);
        boolean keep = text.substring(start, Math.min(header, end)).indexOf('+') >= 0;
        int last = end;
        if (!keep) {
            while (last > start && Character.isWhitespace(text.charAt(last - 1))) {
                last--;
            }
            // Its last line stays whole, line break included.
            last = LineBreaks.nextLine(text, last);
        }
        return Math.min(last, end);
    }

    private YamlNode collection(CollectionStartEvent event, int line, int column, int depth)
            throws SyntaxException {
        boolean map = event.getEventId() == Event.ID.MappingStart;
        int start = offset(start(event));
        int end = start;
        List<YamlNode> children = new ArrayList<>(map ? 8 : 4);
        Event next = events.next();
        while (next instanceof NodeEvent child) {
            YamlNode node = node(child, depth + 1);
            if (map && children.size() % 2 == 1) {
                node = placed(node, children.get(children.size() - 1));
            }
            end = Math.max(end, node.end());
            children.add(node);
            next = events.next();
        }
        if (event.isFlow()) {
            end = offset(end(next));
        }
        return new YamlNode(
                map ? Kind.MAP : Kind.LIST,
                event.isFlow() ? YamlNode.FLOW : YamlNode.BLOCK,
                "",
                start,
                end,
                line,
                column,
                children.isEmpty() ? List.of() : children);
    }

    /**
     * A value that is not there stands after its key's colon; where there is no colon the parser
     * puts it at whatever comes next.
     */
    private YamlNode placed(YamlNode value, YamlNode key) {
        boolean missing = value.isScalar() && value.start() == value.end();
        if (!missing || (value.start() > 0 && text.charAt(value.start() - 1) == ':')) {
            return value;
        }
        return scalar(
                YamlNode.PLAIN, value.value(), key.end(), key.end(), key.line(), key.column());
    }

    private static Mark start(Event event) {
        return event.getStartMark().orElseThrow();
    }

    private static Mark end(Event event) {
        return event.getEndMark().orElseThrow();
    }

    /** Marks count code points; offsets count chars. */
    private int offset(Mark mark) {
        int index = mark.getIndex();
        if (surrogatePairs.length == 0) {
            return index;
        }
        int found = Arrays.binarySearch(surrogatePairs, index);
        // Pairs at lower code point indices shift this one by a char each.
        return index + (found >= 0 ? found : -found - 1);
    }

    /** Code point indices of the characters that take two chars. */
    private static int[] surrogatePairs(String text) {
        int[] found = new int[0];
        int count = 0;
        int shift = 0;
        for (int at = 0; at < text.length(); at++) {
            if (Character.isHighSurrogate(text.charAt(at))) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, Math.max(16, 2 * count));
                }
                found[count++] = at - shift++;
                at++;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
