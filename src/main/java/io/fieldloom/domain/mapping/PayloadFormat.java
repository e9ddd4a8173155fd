package io.fieldloom.domain.mapping;

/** How a published value is written. */
public enum PayloadFormat {
    /** One compact object: value, quality, timestamp, unit. */
    JSON("json"),
    /** The value alone. */
    PLAIN("plain");

    private final String word;

    PayloadFormat(String word) {
        this.word = word;
    }

    /** The word in the project file. */
    public String word() {
        return word;
    }
}
