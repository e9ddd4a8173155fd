package io.fieldloom.domain.project;

import java.util.List;

/**
 * A value that an entry of a project must not have.
 *
 * @param path keys from the entry down to the value ({@code tags}, {@code SteamPressure}, {@code
 *     address}); empty for the entry's own key
 * @param message a sentence that names the value and what would be accepted
 */
public record Misfit(List<String> path, String message) {
    public Misfit {
        path = List.copyOf(path);
    }
}
