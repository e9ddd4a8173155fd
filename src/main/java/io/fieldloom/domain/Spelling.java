package io.fieldloom.domain;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
public final class Spelling {
    private static final int MOST_SLIPS = 2;

    private Spelling() {}

    /** The candidate nearest to a word, if it is at most two slips of the finger away. */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        String best = null;
        int least = Math.min(MOST_SLIPS, word.length() / 2) + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - word.length()) < least) {
                int slips = candidate.equalsIgnoreCase(word) ? 0 : slips(word, candidate);
                if (slips < least) {
                    least = slips;
                    best = candidate;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
    private static int slips(String one, String two) {
        int[] before = new int[two.length() + 1];
        int[] last = new int[two.length() + 1];
        int[] row = new int[two.length() + 1];
        for (int j = 0; j <= two.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= two.length(); j++) {
                boolean same = one.charAt(i - 1) == two.charAt(j - 1);
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == two.charAt(j - 2)
                        && one.charAt(i - 2) == two.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[two.length()];
    }
}
