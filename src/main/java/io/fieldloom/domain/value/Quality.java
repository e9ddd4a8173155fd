package io.fieldloom.domain.value;

/** How far a value may be trusted (OPC UA Part 8, 5.4.2: the severity of a status code). */
public enum Quality {
    GOOD("good"),
    UNCERTAIN("uncertain"),
    BAD("bad");

    private final String word;

    Quality(String word) {
        this.word = word;
    }

    /** The word that a published payload carries. */
    public String word() {
        return word;
    }
}
