package io.fieldloom.engine.project;

import java.util.HashMap;
import java.util.Map;

/**
 * How an entry is written, to write another one alike.
 *
 * @param flow whether its keys stand in braces
 * @param padded whether there is a space inside the braces
 * @param step how much deeper its keys stand, in a block map
 * @param keyQuote quote of its key
 * @param fieldQuote quote of the keys in it
 * @param quotes quotes of its values by key
 */
record Style(
        boolean flow,
        boolean padded,
        int step,
        char keyQuote,
        char fieldQuote,
        Map<String, Character> quotes) {
    static final int USUAL_STEP = 2;

    /** Where there is nothing to copy. */
    static Style usual(boolean flow) {
        return new Style(flow, false, USUAL_STEP, YamlNode.PLAIN, YamlNode.PLAIN, Map.of());
    }

    /** The style of a member of a map. */
    static Style of(Member member, boolean inFlow, int indent) {
        String text = member.text();
        String whole = inFlow ? "{" + text + "}" : " ".repeat(indent) + text;
        YamlNode root;
        try {
            root = YamlText.parse(whole, new FaultList()).orElseThrow();
        } catch (YamlText.SyntaxException e) {
            throw new IllegalStateException("text of the file is not YAML: " + text, e);
        }
        YamlNode value = root.valueOf(0);
        char keyQuote = root.key(0).style();
        if (!value.isMap() || value.size() == 0) {
            return new Style(
                    inFlow, false, USUAL_STEP, keyQuote, inFlow ? keyQuote : ' ', Map.of());
        }
        boolean padded = value.isFlow() && whole.charAt(value.start() + 1) == ' ';
        int step = value.isFlow() ? USUAL_STEP : Math.max(1, value.column() - 1 - indent);
        Map<String, Character> quotes = new HashMap<>();
        for (int at = 0; at < value.size(); at++) {
            if (value.valueOf(at).isScalar()) {
                quotes.put(value.key(at).value(), value.valueOf(at).style());
            }
        }
        return new Style(
                value.isFlow(), padded, step, keyQuote, value.key(0).style(), Map.copyOf(quotes));
    }

    /** The quote for the value of a key: a sibling's, else that of the keys. */
    char quoteOf(String key) {
        return quotes.getOrDefault(key, fieldQuote);
    }
}
