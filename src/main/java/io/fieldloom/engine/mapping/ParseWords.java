package io.fieldloom.engine.mapping;

/** Why an expression cannot be read, as its author would say it. Pure. */
final class ParseWords {
    private static final String OPERATORS = "+-*/%<>=!&|,(?:.";
    private static final int SHOWN = 16;

    private ParseWords() {}

    /**
     * @param parsed the expression as the parser saw it
     * @param column where it stopped, from 1
     */
    static String of(String parsed, int column) {
        String text = parsed.strip();
        char last = text.charAt(text.length() - 1);
        if (OPERATORS.indexOf(last) >= 0) {
            return "something is missing behind the '" + last + "' at its end";
        }
        int open = openBrackets(text);
        if (open > 0) {
            return open == 1 ? "a ')' is missing" : open + " of ')' are missing";
        }
        if (open < 0) {
            return "there is a ')' without its '('";
        }
        int from = Math.min(Math.max(0, column - 1), parsed.length());
        String rest = parsed.substring(from).replace("choose", "if");
        return rest.isBlank()
                ? "it ends too early"
                : "it cannot be read from '"
                        + (rest.length() > SHOWN ? rest.substring(0, SHOWN) + "…" : rest)
                        + "' on";
    }

    /** How many brackets are not closed, quoted ones aside; below 0 where too many are. */
    private static int openBrackets(String text) {
        int open = 0;
        char quote = 0;
        for (char each : text.toCharArray()) {
            if (quote != 0) {
                quote = each == quote ? 0 : quote;
            } else if (each == '\'' || each == '"') {
                quote = each;
            } else if (each == '(') {
                open++;
            } else if (each == ')' && --open < 0) {
                return open;
            }
        }
        return open;
    }
}
