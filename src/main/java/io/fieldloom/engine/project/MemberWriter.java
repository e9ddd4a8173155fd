package io.fieldloom.engine.project;

import io.fieldloom.engine.project.Scalars.Meaning;
import java.util.List;
import java.util.Map;

/** Writes the text of members that are new. */
final class MemberWriter {
    /** A new entry without siblings stays on one line up to here. */
    private static final int WIDE = 110;

    private final String lineBreak;

    MemberWriter(String lineBreak) {
        this.lineBreak = lineBreak;
    }

    /** A member of a block map, from its key on to the end of its last line. */
    String block(String key, Spec spec, int indent, Style style) {
        StringBuilder out = new StringBuilder();
        block(out, key, spec, indent, style);
        return out.toString();
    }

    /** A member of a flow map. */
    String flow(String key, Spec spec, Style style) {
        StringBuilder out = new StringBuilder();
        flow(out, key, spec, style);
        return out.toString();
    }

    /** The style for a new entry that has no sibling to copy. */
    Style usual(String key, Spec spec, int indent) {
        if (spec instanceof Spec.Keys keys && !keys.compact()) {
            return Style.usual(false);
        }
        Style oneLine = Style.usual(true);
        return new Style(
                indent + flow(key, spec, oneLine).length() <= WIDE,
                false,
                Style.USUAL_STEP,
                YamlNode.PLAIN,
                YamlNode.PLAIN,
                Map.of());
    }

    private void block(StringBuilder out, String key, Spec spec, int indent, Style style) {
        String keyText = key(key, false, style.keyQuote());
        if (isLong(keyText)) {
            out.append("? ").append(keyText).append(lineBreak).append(" ".repeat(indent));
            out.append(':');
        } else {
            out.append(keyText).append(':');
        }
        if (spec instanceof Spec.Keys keys && !style.flow() && !keys.values().isEmpty()) {
            int inner = indent + style.step();
            out.append(lineBreak);
            for (Map.Entry<String, Spec> field : keys.values().entrySet()) {
                if (isUsual(field.getValue())) {
                    continue;
                }
                out.append(" ".repeat(inner));
                block(out, field.getKey(), field.getValue(), inner, inside(keys, field, style));
            }
            return;
        }
        out.append(' ');
        value(out, key, spec, style.flow() && spec instanceof Spec.Keys, style);
        out.append(lineBreak);
    }

    /** The style one level deeper: a record below a map of names is compact again. */
    private Style inside(Spec.Keys parent, Map.Entry<String, Spec> field, Style style) {
        boolean flow = field.getValue() instanceof Spec.Keys keys && keys.compact();
        Map<String, Character> quotes =
                parent.free() || field.getValue() instanceof Spec.Keys
                        ? Map.of()
                        : Map.of(field.getKey(), style.quoteOf(field.getKey()));
        return new Style(
                flow,
                style.padded(),
                style.step(),
                parent.free() ? YamlNode.PLAIN : style.fieldQuote(),
                style.fieldQuote(),
                quotes);
    }

    private void flow(StringBuilder out, String key, Spec spec, Style style) {
        String keyText = key(key, true, style.keyQuote());
        out.append(isLong(keyText) ? "? " : "").append(keyText);
        out.append(isLong(keyText) ? " : " : ": ");
        value(out, key, spec, true, style);
    }

    private void value(StringBuilder out, String key, Spec spec, boolean flow, Style style) {
        if (spec instanceof Spec.Scalar scalar) {
            out.append(Scalars.render(scalar.text(), scalar.meaning(), flow, style.quoteOf(key)));
        } else if (spec instanceof Spec.Items items) {
            out.append(items(items.texts(), style.fieldQuote()));
        } else if (spec instanceof Spec.Keys keys) {
            String separator = style.padded() ? "{ " : "{";
            String close = keys.values().isEmpty() ? "{}" : style.padded() ? " }" : "}";
            for (Map.Entry<String, Spec> field : keys.values().entrySet()) {
                if (!isUsual(field.getValue())) {
                    out.append(separator);
                    Style inner =
                            new Style(
                                    true,
                                    style.padded(),
                                    style.step(),
                                    style.fieldQuote(),
                                    style.fieldQuote(),
                                    style.quotes());
                    flow(out, field.getKey(), field.getValue(), inner);
                    separator = ", ";
                }
            }
            out.append(separator.startsWith("{") ? "{}" : close);
        }
    }

    /** A list in brackets. */
    static String items(List<String> texts, char quote) {
        StringBuilder out = new StringBuilder("[");
        for (String text : texts) {
            out.append(out.length() > 1 ? ", " : "");
            out.append(Scalars.render(text, Meaning.TEXT, true, quote));
        }
        return out.append(']').toString();
    }

    private static String key(String key, boolean flow, char quote) {
        char usable = quote == '\'' || quote == '"' ? quote : YamlNode.PLAIN;
        return Scalars.render(key, Meaning.TEXT, flow, usable);
    }

    private static boolean isLong(String keyText) {
        return keyText.codePointCount(0, keyText.length()) > Scalars.LONGEST_SIMPLE_KEY;
    }

    private static boolean isUsual(Spec spec) {
        return spec instanceof Spec.Scalar scalar && scalar.usual();
    }
}
