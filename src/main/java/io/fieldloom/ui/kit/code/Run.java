package io.fieldloom.ui.kit.code;

/**
 * A stretch of text in one colour.
 *
 * @param text what it says
 * @param ink its colour
 */
public record Run(String text, Ink ink) {
    /** What colours stand for. */
    public enum Ink {
        PLAIN("ink-plain"),
        KEY("ink-key"),
        STRING("ink-string"),
        NUMBER("ink-number"),
        WORD("ink-word"),
        DIM("ink-dim"),
        /** What was there before. */
        BEFORE("ink-before"),
        BAD("ink-bad");

        private final String styleClass;

        Ink(String styleClass) {
            this.styleClass = styleClass;
        }

        public String styleClass() {
            return styleClass;
        }
    }
}
