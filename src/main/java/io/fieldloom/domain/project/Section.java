package io.fieldloom.domain.project;

/** The parts of a project that hold entries by key. */
public enum Section {
    BROKERS("brokers"),
    DEVICES("devices"),
    SIMULATORS("simulators"),
    /** Levels by topic; {@code topics} below {@code namespace} in the file. */
    LEVELS("topics"),
    MAPPINGS("mappings"),
    WATCH("watch");

    private final String word;

    Section(String word) {
        this.word = word;
    }

    /** The key of the section in the project file. */
    public String word() {
        return word;
    }
}
