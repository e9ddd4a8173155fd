package io.fieldloom.domain.tag;

/**
 * What a server is asked to do with one monitored item besides sampling it (OPC UA Part 4, 5.13.1.5
 * and 7.22.2). What is null is left to the driver.
 *
 * @param queue how many values wait at the server between two publishings
 * @param discard which one gives way in a full queue
 * @param deadband how far a number has to move before it counts as another one
 * @param trigger what makes a report
 */
public record Monitoring(Integer queue, Discard discard, Deadband deadband, Trigger trigger) {
    /** Everything as the driver does it. */
    public static final Monitoring USUAL = new Monitoring(null, null, null, null);

    /** The queue alone. */
    public static Monitoring queued(int size) {
        return new Monitoring(size, null, null, null);
    }

    /** These wishes, and the other's where there are none here. */
    public Monitoring over(Monitoring other) {
        return new Monitoring(
                queue == null ? other.queue : queue,
                discard == null ? other.discard : discard,
                deadband == null ? other.deadband : deadband,
                trigger == null ? other.trigger : trigger);
    }

    /** Which value of a full queue is lost. */
    public enum Discard {
        OLDEST("oldest"),
        NEWEST("newest");

        private final String word;

        Discard(String word) {
            this.word = word;
        }

        /** The word in the project file. */
        public String word() {
            return word;
        }
    }

    /** What has to change for a report; each includes the one before. */
    public enum Trigger {
        STATUS("status"),
        VALUE("value"),
        TIMESTAMP("timestamp");

        private final String word;

        Trigger(String word) {
            this.word = word;
        }

        /** The word in the project file. */
        public String word() {
            return word;
        }
    }
}
